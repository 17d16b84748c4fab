using System.Xml.Linq;
using static FanOut.Reports.Html;

namespace FanOut.Reports.Pages;

/// <summary>All targets by their sources, those in trouble first. Which of them are shown can be chosen without a script.</summary>
internal static class TargetSection
{
    // A source with more targets than this folds those that are well.
    private const int Most = 60;
    private const int MostPast = 5;

    /// <summary>The section.</summary>
    public static XElement Of(Report report, IReadOnlyList<ReportedTarget>? targets) => Section("targets", "Targets", targets switch
    {
        null => Tag("p.nothing", "The targets could not be read, so they are not shown. The error that Export-FanOutReport wrote says why."),
        [] => new object?[] { Tag("p.nothing", "No target is registered: there is nowhere for records to go yet."), Past(report) },
        _ => new object?[] { Choice(targets), SourceNames.InOrder(report, targets).Select(g => Source(report, g.Key, [.. g])), Past(report) },
    });

    // They are in the sums of the page, so the page says where they went.
    private static XElement? Past(Report report) => report.Traffic is not { Past: { Count: > 0 } past } ? null : Tag(
        "p.note",
        $"Targets that are registered no more got records too: {Figures.Count(past.Sum(static p => p.Traffic.Delivered.Total))} delivered, {Figures.Count(past.Sum(static p => p.Traffic.Failed.Total))} failed, "
            + $"{Figures.Count(past.Sum(static p => p.Traffic.DeadLettered.Total))} dead-lettered, at ",
        string.Join(", ", past.Take(MostPast).Select(static p => p.Destination)),
        past.Count > MostPast ? $" and {Figures.Count(past.Count - MostPast, "other destination")}." : ".");

    private static XElement Source(Report report, string sourceArn, ReportedTarget[] targets)
    {
        string name = SourceNames.Of(report, sourceArn);
        bool folds = targets.Length > Most;
        ReportedTarget[] shown = [.. targets.Where(t => !folds || t.Health != Health.Good).OrderByDescending(t => t.IsInTrouble || folds ? t.Health : Health.Good).ThenBy(static t => t.Target.Id, StringComparer.Ordinal)];
        ReportedTarget[] folded = [.. targets.Except(shown).OrderBy(static t => t.Target.Id, StringComparer.Ordinal)];
        return Tag(
            $"div.source{(targets.Any(static t => t.IsInTrouble) ? ".has-trouble" : "")}{(targets.Any(static t => t.Health == Health.Idle) ? ".has-idle" : "")}",
            Tag("h3", name, " ", Tag("span.note", Figures.Count(targets.Length, "target"))),
            sourceArn.Length == 0 ? null : Tag("p.arn", sourceArn),
            shown.Length == 0 ? null : TargetTable.Of(report, $"Targets of {name}", shown),
            folded.Length == 0 ? null : Tag("details.well", Tag("summary", $"{Figures.Count(folded.Length, "target")} that {(folded.Length == 1 ? "is" : "are")} well", Unseen($", of {name}")), TargetTable.Of(report, $"Targets of {name} that are well", folded)));
    }

    private static XElement? Choice(IReadOnlyList<ReportedTarget> targets)
    {
        int trouble = targets.Count(static t => t.IsInTrouble), idle = targets.Count(static t => t.Health == Health.Idle);
        return trouble + idle == 0 || trouble == targets.Count || idle == targets.Count ? null : Tag(
            "fieldset.choice",
            Tag("legend", "Show"),
            Option("show-all", $"All {Figures.Count(targets.Count)}", isChosen: true),
            trouble > 0 ? Option("show-trouble", $"{Figures.Count(trouble)} in trouble", isChosen: false) : null,
            idle > 0 ? Option("show-idle", $"{Figures.Count(idle)} at rest", isChosen: false) : null);
    }

    private static XElement Option(string id, string label, bool isChosen) => Tag(
        "label",
        Attr("for", id),
        Tag("input", Attr("type", "radio"), Attr("name", "show"), Attr("id", id), isChosen ? Attr("checked", "checked") : null),
        Tag("span", label));
}
