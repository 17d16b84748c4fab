using FanOut.Sources;

namespace FanOut.Reports.Pages;

/// <summary>What a source is called.</summary>
internal static class SourceNames
{
    /// <summary>The targets by their sources, in the order in which the report has these.</summary>
    public static IEnumerable<IGrouping<string, ReportedTarget>> InOrder(Report report, IReadOnlyList<ReportedTarget> targets)
    {
        List<string> order = [.. report.Sources.Select(static s => s.SourceArn)];
        return targets.GroupBy(static t => t.Target.SourceArn).OrderBy(g => order.IndexOf(g.Key) is >= 0 and var place ? place : int.MaxValue);
    }

    /// <summary>Its name, with its type.</summary>
    public static string Of(Report report, string sourceArn)
    {
        FanOutSource? source = report.Sources.FirstOrDefault(s => s.SourceArn == sourceArn);
        (string kind, string name) = EventSource.Describe(sourceArn);
        return name.Length == 0 ? "no source" : $"{source?.Name ?? name} ({(kind.Length == 0 ? "unknown" : kind)})";
    }
}
