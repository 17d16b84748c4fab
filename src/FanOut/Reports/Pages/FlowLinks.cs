using System.Globalization;
using System.Xml.Linq;
using static FanOut.Reports.Html;

namespace FanOut.Reports.Pages;

/// <summary>Draws the lines between two columns. The lists beside them say the same, so screen readers leave them out.</summary>
internal static class FlowLinks
{
    /// <summary>The lines.</summary>
    /// <param name="links">Each of them; those in trouble are drawn last, so that nothing hides them.</param>
    /// <param name="isFromLeft">Whether they come together on the right.</param>
    public static XElement Draw(IReadOnlyList<FlowLink> links, bool isFromLeft)
    {
        double most = links.Count == 0 ? 0 : links.Max(static l => l.Flow);
        return Tag("div.links", Attr("aria-hidden", "true"), Tag(
            "svg",
            Attr("viewBox", "0 0 100 1000"),
            Attr("preserveAspectRatio", "none"),
            links.OrderBy(static l => l.Health).Select(l => Tag($"path.{Mark.NameOf(l.Health)}", Attr("d", Path(l.Place * 1000, isFromLeft)), Attr("stroke-width", Width(l.Flow, most))))));
    }

    private static string Path(double y, bool isFromLeft) => isFromLeft
        ? string.Create(CultureInfo.InvariantCulture, $"M0 {y:0.#}C60 {y:0.#} 40 500 100 500")
        : string.Create(CultureInfo.InvariantCulture, $"M0 500C60 500 40 {y:0.#} 100 {y:0.#}");

    // A hundredth of the greatest flow is still to be seen, so widths grow as the logarithm does.
    private static string Width(double flow, double most) =>
        (flow <= 0 || most <= 0 ? 1 : 1 + (4 * Math.Log(1 + (99 * flow / most), 100))).ToString("0.#", CultureInfo.InvariantCulture);
}
