using System.Xml.Linq;
using static FanOut.Reports.Html;

namespace FanOut.Reports.Pages;

/// <summary>What stands above everything: whose report it is, of when, and the way to each section.</summary>
internal static class PageHeader
{
    /// <summary>The header.</summary>
    /// <param name="report">The report.</param>
    /// <param name="sections">The sections that follow.</param>
    public static XElement Of(Report report, IEnumerable<XElement> sections)
    {
        DateTimeOffset start = report.Local(report.Period.Start), end = report.Local(report.Period.Until);
        FanOutFunction function = report.Function;
        return Tag(
            "header.page",
            Tag("p.eyebrow", "FanOut report"),
            Tag("h1", report.Title ?? function.FunctionName),
            Tag(
                "p.meta",
                report.Title is null ? null : new object[] { Tag("span", function.FunctionName), " " },
                Tag("span", function.Region),
                " ",
                Tag("span", Time(start), " – ", Time(end), $" {Figures.Offset(end)}")),
            Tag("nav", Attr("aria-label", "Sections"), Tag("ul", sections.Select(static s => Tag("li", Tag("a", Attr("href", $"#{s.Attribute("id")!.Value}"), s.Element("h2")!.Value))))));
    }

    private static XElement Time(DateTimeOffset time) =>
        Tag("time", Attr("datetime", time.UtcDateTime.ToString("yyyy-MM-ddTHH:mmZ", System.Globalization.CultureInfo.InvariantCulture)), Figures.Date(time));
}
