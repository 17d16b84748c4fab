using System.Xml.Linq;
using static FanOut.Reports.Html;

namespace FanOut.Reports.Charts;

/// <summary>A chart as small as a word: what a target took over time, and when it did not.</summary>
internal static class Sparkline
{
    private const double Height = 20;

    /// <summary>The chart.</summary>
    /// <param name="traffic">What became of the target's records.</param>
    /// <param name="period">The period.</param>
    public static XElement Of(TargetTraffic traffic, ReportPeriod period)
    {
        Series lost = Series.Sum([traffic.Failed, traffic.DeadLettered], period.Count);
        double top = Math.Max(1, Math.Max(traffic.Delivered.Peak ?? 0, lost.Peak ?? 0));
        string trend = $"Delivered in each {Figures.Length(period.Step)}: at most {Figures.Count(traffic.Delivered.Peak ?? 0)}, at the end {Figures.Count(traffic.Delivered.Values[^1] ?? 0)}."
            + (lost.Total > 0 ? $" Not taken: at most {Figures.Count(lost.Peak ?? 0)}, at the end {Figures.Count(lost.Values[^1] ?? 0)}." : "");
        return Tag(
            "svg.spark",
            Attr("viewBox", $"0 0 {period.Count} {Height}"),
            Attr("preserveAspectRatio", "none"),
            Attr("role", "img"),
            Attr("aria-label", trend),
            Tag("path.area", Attr("d", ChartPaths.Area(traffic.Delivered.Values, top, Height))),
            lost.Total > 0 ? Tag("path.bar.bad", Attr("d", ChartPaths.Bars(lost.Values, null, top, Height))) : null);
    }
}
