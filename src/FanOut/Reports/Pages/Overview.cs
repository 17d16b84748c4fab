using System.Xml.Linq;
using static FanOut.Reports.Html;

namespace FanOut.Reports.Pages;

/// <summary>The answer to the first question, whether all is well, in one sentence; and the few figures that matter most.</summary>
internal static class Overview
{
    /// <summary>The section.</summary>
    public static XElement Of(Report report, IReadOnlyList<ReportedTarget>? targets, IReadOnlyList<Trouble> troubles)
    {
        (Health health, string verdict, string? more) = Verdict.Of(report, targets, troubles);
        return Tag(
            $"section.overview.{Mark.NameOf(health)}",
            Attr("aria-labelledby", "verdict"),
            Tag("h2.verdict", Attr("id", "verdict"), Mark.Of(health), Tag("span", verdict)),
            more is null ? null : Tag("p.lead", more),
            Tag("dl.figures", Figure(report, targets)));
    }

    private static IEnumerable<XElement> Figure(Report report, IReadOnlyList<ReportedTarget>? targets)
    {
        string period = Figures.Length(report.Period.End - report.Period.Start);
        if (targets is not null)
        {
            yield return Card("Targets", Figures.Count(targets.Count), targets.Count == 0 ? "none registered" : $"{Figures.Count(targets.Count(static t => t.Target.Enabled))} enabled", false);
        }

        if (report.Traffic is { CountsRecords: true } counted)
        {
            TargetTraffic all = counted.All;
            double came = counted.Records.Values.Sum(static s => s.Total), failed = all.Failed.Total, dead = all.DeadLettered.Total;
            yield return Card("Records in", Figures.Short(came), Figures.Rate(came, report.Period.Elapsed), false);
            yield return Card("Delivered", Figures.Short(all.Delivered.Total), "to all targets", false);
            yield return Card("Not taken", Figures.Short(failed + dead), Lost(failed, dead) ?? $"in {period}", failed + dead > 0);
        }

        if (report.Traffic is { IteratorAge: { Last: { } age } ages })
        {
            yield return Card("Behind", Figures.Duration(TimeSpan.FromMilliseconds(age)), $"at most {Figures.Duration(TimeSpan.FromMilliseconds(ages.Peak ?? age))}", false);
        }

        if (report.Cost is { } cost)
        {
            yield return Card("Lambda, last day", Figures.Money(cost.Time + cost.Requests), "at list prices", false);
        }
    }

    // In the words of the table's columns.
    private static string? Lost(double failed, double dead) => (failed, dead) switch
    {
        (0, 0) => null,
        (_, 0) => "failed, counting every attempt",
        (0, _) => "all in dead letters",
        _ => $"{Figures.Count(failed)} failed, {Figures.Count(dead)} in dead letters",
    };

    private static XElement Card(string name, string value, string note, bool isBad) =>
        Tag("div", Tag("dt", name), Tag(isBad ? "dd.value.bad" : "dd.value", value), Tag("dd.note", note));
}
