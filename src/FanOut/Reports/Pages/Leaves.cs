namespace FanOut.Reports.Pages;

/// <summary>Chooses the lines on the right side of the picture of flows: each target where there is room, else those in trouble, and the others by type.</summary>
internal static class Leaves
{
    // More lines than this nobody follows with the eye.
    private const int Most = 40, MostInTrouble = 15;

    /// <summary>The lines.</summary>
    public static IReadOnlyList<Leaf> Of(Report report, IReadOnlyList<ReportedTarget> targets)
    {
        bool hasRoom = targets.Count <= Most;
        IGrouping<string, ReportedTarget>[] groups = [.. SourceNames.InOrder(report, targets)];
        return [.. groups.SelectMany(g => Heading(report, g.Key, groups.Length).Concat(hasRoom ? g.Select(t => One(report, t)) : InShort(report, [.. g])))];
    }

    private static IEnumerable<Leaf> Heading(Report report, string sourceArn, int sources) =>
        sources == 1 ? [] : [new Leaf($"of {SourceNames.Of(report, sourceArn)}", "", null, 0, "")];

    private static IEnumerable<Leaf> InShort(Report report, ReportedTarget[] targets)
    {
        ReportedTarget[] shown = [.. targets.Where(static t => t.IsInTrouble).OrderByDescending(static t => t.Health).Take(MostInTrouble)];
        return shown.Select(t => One(report, t)).Concat(targets.Except(shown)
            .GroupBy(static t => (Type: t.Target.Type ?? "unknown", t.Health))
            .OrderByDescending(static g => g.Key.Health).ThenBy(static g => g.Key.Type, StringComparer.Ordinal)
            .Select(g => Many(report, [.. g])));
    }

    private static Leaf One(Report report, ReportedTarget target)
    {
        double delivered = target.Traffic?.Delivered.Total ?? 0;
        string figure = target.Health == Health.Good && report.CountsRecords ? Figures.Rate(delivered, report.Period.Elapsed) : target.State;
        return new Leaf(target.Target.Id, target.Target.Type ?? "", target.Health, delivered, figure);
    }

    private static Leaf Many(Report report, ReportedTarget[] targets)
    {
        double delivered = targets.Sum(static t => t.Traffic?.Delivered.Total ?? 0);
        string state = targets.Select(static t => t.State).Distinct().Count() == 1 ? targets[0].State : "Resting";
        string figure = targets[0].Health == Health.Good && report.CountsRecords ? Figures.Rate(delivered, report.Period.Elapsed) : state;
        return new Leaf(Figures.Count(targets.Length, "target"), targets[0].Target.Type ?? "", targets[0].Health, delivered, figure, IsMany: true);
    }
}
