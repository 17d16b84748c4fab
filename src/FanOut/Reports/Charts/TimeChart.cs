using System.Xml.Linq;
using static FanOut.Reports.Html;

namespace FanOut.Reports.Charts;

/// <summary>A chart over the period of a report: a picture for the eye, a sentence for screen readers, and a table of the same values for everybody.</summary>
internal sealed class TimeChart
{
    private const double Height = 100;

    /// <summary>The report, for its period and its time zone.</summary>
    public required Report Report { get; init; }

    /// <summary>What the chart shows.</summary>
    public required string Title { get; init; }

    /// <summary>The most important figure of it, in a few words.</summary>
    public required string Figure { get; init; }

    /// <summary>The series; bars stand on each other in this order.</summary>
    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>Whether the values are durations, in milliseconds: they are shown as a line.</summary>
    public bool AreTimes { get; init; }

    /// <summary>What is said instead of a picture when there is nothing to show.</summary>
    public required string Nothing { get; init; }

    private ReportPeriod Period => Report.Period;

    /// <summary>The chart.</summary>
    public XElement Draw() => Series.All(static s => s.Series.Total == 0)
        ? Tag("figure.chart", Caption(), Tag("p.nothing", Nothing))
        : Tag("figure.chart", Caption(), Picture(), Table());

    private XElement Caption() => Tag("figcaption", Tag("span.title", Title), Tag("span.figure", Figure));

    private object[] Picture()
    {
        Scale scale = AreTimes ? Scale.OfTimes(Peak()) : Scale.OfCounts(Peak());
        return
        [
            Tag(
                "div.plot",
                Tag("div.axis", Attr("aria-hidden", "true"), Tag("span", Axis(scale.Top)), Tag("span", Axis(scale.Top / 2)), Tag("span", Axis(0))),
                Tag(
                    "svg",
                    Attr("viewBox", $"0 0 {Period.Count} {Height}"),
                    Attr("preserveAspectRatio", "none"),
                    Attr("role", "img"),
                    Attr("aria-label", Sentence()),
                    Tag("path.grid", Attr("d", $"M0 0H{Period.Count}M0 50H{Period.Count}M0 100H{Period.Count}")),
                    Drawn(scale))),
            Tag("div.times", Attr("aria-hidden", "true"), Times().Select(static t => Tag("span", t))),
            Series.Count > 1 ? Tag("ul.legend", Series.Select(static s => Tag("li", Tag($"span.key.{s.Class}"), $"{s.Name} {Figures.Count(s.Series.Total)}"))) : Array.Empty<object>(),
        ];
    }

    private IEnumerable<XElement> Drawn(Scale scale)
    {
        IReadOnlyList<double?>? below = null;
        foreach (ChartSeries series in Series)
        {
            IReadOnlyList<double?> values = series.Series.Values;
            if (AreTimes)
            {
                yield return Tag($"path.line.{series.Class}", Attr("d", ChartPaths.Line(values, scale.Top, Height)));
                continue;
            }

            yield return Tag($"path.bar.{series.Class}", Attr("d", ChartPaths.Bars(values, below, scale.Top, Height)));
            below = below is null ? values : [.. below.Zip(values, static (b, v) => (double?)((b ?? 0) + (v ?? 0)))];
        }
    }

    // Bars stand on each other, so their sums must have room; lines do not.
    private double Peak() => AreTimes
        ? Series.Max(static s => s.Series.Peak ?? 0)
        : Reports.Series.Sum(Series.Select(static s => s.Series), Period.Count).Peak ?? 0;

    private IEnumerable<string> Times()
    {
        bool isDays = Period.End - Period.Start > TimeSpan.FromDays(2);
        return new[] { Period.Start, Period.Start + ((Period.End - Period.Start) / 2), Period.Until }
            .Select(t => isDays ? Figures.Day(Report.Local(t)) : Figures.Clock(Report.Local(t)));
    }

    private string Sentence() => $"{Title}, from {Figures.Day(Report.Local(Period.Start))} to {Figures.Day(Report.Local(Period.Until))}. "
        + string.Join(". ", Series.Select(s => $"{s.Name}: {(AreTimes ? "" : $"{Text(s.Series.Total)} in all, ")}at most {Text(s.Series.Peak ?? 0)}{When(s.Series)}, {Text(s.Series.Last ?? 0)} at the end"))
        + ". The table below has all values.";

    private string When(Series series)
    {
        int peak = series.Values.ToList().FindIndex(v => v == series.Peak);
        return series.Peak > 0 ? $" at {Figures.Day(Report.Local(Period.StartOf(peak)))}" : "";
    }

    private XElement Table() => Tag(
        "details",
        Tag("summary", "All values", Unseen($" of {Title}")),
        Tag(
            "div.scroll",
            Attr("tabindex", "0"),
            Attr("role", "region"),
            Attr("aria-label", $"All values of {Title}"),
            Tag(
                "table.values",
                Tag("caption.unseen", Title),
                Tag("thead", Tag("tr", Tag("th", Attr("scope", "col"), $"From ({Figures.Offset(Report.Local(Period.Start))})"), Series.Select(static s => Tag("th.num", Attr("scope", "col"), s.Name)))),
                Tag("tbody", Enumerable.Range(0, Period.Count).Select(Row)))));

    private XElement Row(int index) => Tag(
        "tr",
        Tag("th", Attr("scope", "row"), Figures.Day(Report.Local(Period.StartOf(index)))),
        Series.Select(s => Tag("td.num", s.Series.Values[index] is { } value ? Text(value) : AreTimes ? "–" : "0")));

    private string Text(double value) => AreTimes ? Time(value) : Figures.Count(value);

    private string Axis(double value) => value == 0 ? "0" : AreTimes ? Time(value) : Figures.Short(value);

    private static string Time(double milliseconds) => Figures.Duration(TimeSpan.FromMilliseconds(milliseconds));
}
