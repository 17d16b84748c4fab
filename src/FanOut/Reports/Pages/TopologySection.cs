using System.Xml.Linq;
using static FanOut.Reports.Html;

namespace FanOut.Reports.Pages;

/// <summary>Where records go: sources on the left, the function in the middle, targets on the right, and the lines between them as wide as what flows.</summary>
internal static class TopologySection
{
    /// <summary>The section.</summary>
    public static XElement Of(Report report, IReadOnlyList<ReportedTarget>? targets)
    {
        IReadOnlyList<Leaf> leaves = Leaves.Of(report, targets ?? []);
        FlowLink[] left = [.. report.Sources.Select((s, i) => new FlowLink((i + 0.5) / report.Sources.Count, JudgeSources.Of(s), Came(report, s)))];
        FlowLink[] right = [.. leaves.Select((l, i) => (l, i)).Where(static e => e.l.Health is not null).Select(e => new FlowLink((e.i + 0.5) / leaves.Count, e.l.Health!.Value, e.l.Delivered))];
        return Section(
            "flow",
            "Where records go",
            Tag(
                "div.flow",
                Tag("div.column", Tag("h3", "Sources"), report.Sources.Count == 0 ? Nothing("No source is connected.") : Tag("ul.nodes", report.Sources.Select(s => Source(report, s)))),
                FlowLinks.Draw(left, isFromLeft: true),
                Tag("div.column", Tag("h3", "Function"), Tag("ul.nodes", Function(report))),
                FlowLinks.Draw(right, isFromLeft: false),
                Tag("div.column.targets", Tag("h3", "Targets"), leaves.Count == 0 ? Nothing(targets is null ? "The targets could not be read." : "No target is registered.") : Tag("ul.leaves", leaves.Select(Row)))),
            leaves.Any(static l => l.IsMany) ? Tag("p.hint", "Targets of one type that are well stand together here. ", Tag("a", Attr("href", "#targets"), "All of them"), " are listed below.") : null);
    }

    private static XElement Nothing(string text) => Tag("p.nothing", text);

    private static XElement Source(Report report, FanOutSource source) => Tag(
        $"li.node.{Mark.NameOf(JudgeSources.Of(source))}",
        Tag("span.name", Mark.Of(JudgeSources.Of(source)), source.Name),
        Tag("span.note", $"{source.SourceType ?? "Other"} · {StateOf(source)}"),
        !report.CountsRecords ? null : Tag("span.note", Figures.Rate(Came(report, source), report.Period.Elapsed)));

    private static XElement Function(Report report)
    {
        Health health = report.Function.Problems.Length > 0 && report.Function.State == "Failed" ? Health.Bad : Health.Good;
        return Tag(
            $"li.node.hub.{Mark.NameOf(health)}",
            Tag("span.name", Mark.Of(health), report.Function.FunctionName),
            Tag("span.note", $"{report.Function.State ?? "State unknown"} · {report.Function.MemorySize} MB"),
            report.Traffic is { } traffic
                ? Tag("span.note", traffic.Invocations.Total == 0 ? "not invoked" : Figures.Count(traffic.Invocations.Total, "invocation"))
                : null);
    }

    private static XElement Row(Leaf leaf) => leaf.Health is { } health
        ? Tag($"li.leaf.{Mark.NameOf(health)}", Mark.Of(health), Tag("span.name", leaf.Name), Tag("span.note", leaf.Note), Unseen(", "), Tag("span.num", leaf.Figure))
        : Tag("li.group", leaf.Name);

    private static double Came(Report report, FanOutSource source) => report.Traffic?.Records.GetValueOrDefault(source.SourceArn)?.Total ?? 0;

    private static string StateOf(FanOutSource source) => source.State switch
    {
        "Disabled" => "Suspended",
        "NotConnected" => "Not connected",
        var state => state,
    };
}
