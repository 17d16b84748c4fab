using System.Management.Automation;
using System.Xml.Linq;
using FanOut.Reports.Charts;
using FanOut.Views;
using static FanOut.Reports.Html;

namespace FanOut.Reports.Pages;

/// <summary>The targets of a source. On a phone each row becomes a card; the roles keep it a table for screen readers, which styles would else take from it.</summary>
internal static class TargetTable
{
    private const string Unknown = "–";

    /// <summary>The table.</summary>
    /// <param name="report">The report.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="targets">Its rows, in their order.</param>
    public static XElement Of(Report report, string name, IReadOnlyList<ReportedTarget> targets) => Tag(
        "table.targets",
        Attr("role", "table"),
        Attr("aria-label", name),
        Tag(
            "thead",
            Attr("role", "rowgroup"),
            Tag(
                "tr",
                Attr("role", "row"),
                Head("Target", ""),
                Head("State", ""),
                Columns(report).Select(static c => Head(c.Label, ".num")),
                report.CountsRecords ? Head("Over time", ".trend") : null)),
        Tag("tbody", Attr("role", "rowgroup"), targets.Select(t => Row(report, t))));

    private static XElement Head(string label, string classes) => Tag($"th{classes}", Attr("role", "columnheader"), Attr("scope", "col"), label);

    private static XElement Row(Report report, ReportedTarget reported)
    {
        FanOutTarget target = reported.Target;
        return Tag(
            $"tr.{(reported.IsInTrouble ? "trouble" : reported.Health == Health.Idle ? "resting" : "calm")}.{Mark.NameOf(reported.Health)}",
            Attr("role", "row"),
            Tag(
                "th.target",
                Attr("role", "rowheader"),
                Attr("scope", "row"),
                Tag("span.id", target.Id.Length == 0 ? "(no id)" : target.Id),
                " ",
                Tag("span.note", Tag("span.type", target.Type ?? "unknown type"), " ", DestinationText.Of(PSObject.AsPSObject(target))),
                target.Problem is { } problem ? Tag("span.note", problem) : null,
                reported.Traffic?.SharedWith is [_, ..] others ? Tag("span.note", $"counted together with {string.Join(", ", others)}: they have one destination") : null),
            Tag("td.state", Attr("role", "cell"), Mark.Of(reported.Health), Tag("span", reported.State)),
            Columns(report).Select(c => Tag(c.IsBad && c.Series(reported.Traffic)?.Total > 0 ? "td.num.bad" : "td.num", Attr("role", "cell"), Attr("data-label", c.Label), c.Text(reported.Traffic))),
            !report.CountsRecords ? null : Tag("td.trend", Attr("role", "cell"), reported.Traffic is { IsSilent: false } traffic ? Sparkline.Of(traffic, report.Period) : Tag("span.note", "nothing")));
    }

    private static IEnumerable<Column> Columns(Report report) => !report.CountsRecords ? [] :
    [
        new("Delivered", static t => t?.Delivered),
        new("Rate", static t => t?.Delivered) { Format = s => Figures.Rate(s.Total, report.Period.Elapsed) },
        new("Failed", static t => t?.Failed) { IsBad = true },
        new("Dead letters", static t => t?.DeadLettered) { IsBad = true },
        new("Sent again", static t => t?.Retried),
        new("Filtered out", static t => t?.Filtered),
    ];

    private sealed record Column(string Label, Func<TargetTraffic?, Series?> Series)
    {
        public bool IsBad { get; init; }

        public Func<Series, string> Format { get; init; } = static s => Figures.Count(s.Total);

        public string Text(TargetTraffic? traffic) => Series(traffic) is { } series ? Format(series) : Unknown;
    }
}
