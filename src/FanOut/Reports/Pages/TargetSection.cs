using System.Xml.Linq;
using static FanOut.Reports.Html;

namespace FanOut.Reports.Pages;

/// <summary>All targets, a table for each source, those in trouble first. Which of them are shown can be chosen without a script.</summary>
internal static class TargetSection
{
    /// <summary>The section.</summary>
    public static XElement Of(Report report, IReadOnlyList<ReportedTarget>? targets) => Section("targets", "Targets", targets switch
    {
        null => Tag("p.nothing", "The targets could not be read, so they are not shown. The error that Export-FanOutReport wrote says why."),
        [] => Tag("p.nothing", "No target is registered: there is nowhere for records to go yet."),
        _ => new object?[] { Choice(targets), targets.GroupBy(static t => t.Target.SourceArn).Select(g => TargetTable.Of(report, g.Key, [.. g])) },
    });

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
