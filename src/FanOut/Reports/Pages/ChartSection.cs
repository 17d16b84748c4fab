using System.Xml.Linq;
using FanOut.Reports.Charts;
using static FanOut.Reports.Html;

namespace FanOut.Reports.Pages;

/// <summary>What happened over time.</summary>
internal static class ChartSection
{
    /// <summary>The section.</summary>
    public static XElement Of(Report report) => Section(
        "time",
        "Over time",
        Content(report),
        report.Traffic is { CountsRecords: false } ? Tag("p.hint", "The function counts no records: its setting FANOUT_METRICS is none. Publish-FanOutFunction -Metrics emf has it count them through its log.") : null);

    private static XElement Content(Report report)
    {
        if (report.Traffic is not { } traffic)
        {
            return Tag("p.nothing", $"How much flowed is not known. {report.TrafficProblem}");
        }

        if (traffic.Invocations.Total == 0 && traffic.Records.Values.All(static s => s.Total == 0))
        {
            return Tag("p.nothing", $"The function was not invoked in the last {Figures.Length(report.Period.End - report.Period.Start)}, so there is nothing to show. ", "Records that come from now on are counted here.");
        }

        return Tag("div.charts", (traffic.CountsRecords ? OfRecords(report, traffic) : []).Concat(OfInvocations(report, traffic)).Select(static c => c.Draw()));
    }

    private static IEnumerable<TimeChart> OfRecords(Report report, Traffic traffic)
    {
        Series delivered = traffic.All.Delivered, failed = traffic.All.Failed, dead = traffic.All.DeadLettered;
        yield return new TimeChart
        {
            Report = report,
            Title = "Records delivered",
            Figure = Figures.Count(delivered.Total),
            Series = [new("Delivered", "accent", delivered)],
            Nothing = "No record was delivered in this time.",
        };
        yield return new TimeChart
        {
            Report = report,
            Title = "Records not taken",
            Figure = failed.Total + dead.Total == 0 ? "none" : Figures.Count(failed.Total + dead.Total),
            Series = [new("Failed", "bad", failed), new("In dead letters", "warning", dead)],
            Nothing = "Targets took every record that was sent to them.",
        };
        Series came = Series.Sum(traffic.Records.Values, report.Period.Count);
        yield return new TimeChart
        {
            Report = report,
            Title = "Records that came",
            Figure = Figures.Count(came.Total),
            Series = [new("Records", "neutral", came)],
            Nothing = "No record came in this time.",
        };
    }

    private static IEnumerable<TimeChart> OfInvocations(Report report, Traffic traffic)
    {
        yield return new TimeChart
        {
            Report = report,
            Title = "How far behind",
            Figure = traffic.IteratorAge.Peak is { } age ? $"at most {Figures.Duration(TimeSpan.FromMilliseconds(age))}" : "not known",
            Series = [new("Age of a batch’s last record", "accent", traffic.IteratorAge)],
            AreTimes = true,
            Nothing = "CloudWatch has no ages: they are measured where streams are read, not for topics.",
        };
        Series average = Series.Of(traffic.Duration, traffic.Invocations, static (d, n) => n > 0 ? d / n : null);
        yield return new TimeChart
        {
            Report = report,
            Title = "Average invocation",
            Figure = traffic.Invocations.Total > 0 ? $"{Figures.Duration(TimeSpan.FromMilliseconds(traffic.Duration.Total / traffic.Invocations.Total))}" : "none",
            Series = [new("Average", "accent", average)],
            AreTimes = true,
            Nothing = "The function was not invoked in this time.",
        };
        yield return new TimeChart
        {
            Report = report,
            Title = "Invocations",
            Figure = traffic.Errors.Total > 0 ? $"{Figures.Count(traffic.Errors.Total)} failed" : "none failed",
            Series = [new("Succeeded", "neutral", Succeeded(traffic)), new("Failed as a whole", "bad", traffic.Errors)],
            Nothing = "The function was not invoked in this time.",
        };
    }

    private static Series Succeeded(Traffic traffic) => new([.. traffic.Invocations.Values.Zip(traffic.Errors.Values, static (n, e) => n is null ? null : (double?)Math.Max(0, n.Value - (e ?? 0)))]);
}
