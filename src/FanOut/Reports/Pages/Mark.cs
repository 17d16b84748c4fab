using System.Xml.Linq;
using static FanOut.Reports.Html;

namespace FanOut.Reports.Pages;

/// <summary>The sign of a state, told by its shape as well as by its colour. What it means stands beside it in words.</summary>
internal static class Mark
{
    /// <summary>The sign.</summary>
    public static XElement Of(Health health) => Tag(
        $"svg.mark.{NameOf(health)}",
        Attr("viewBox", "0 0 12 12"),
        Attr("aria-hidden", "true"),
        health switch
        {
            Health.Good => Tag("circle", Attr("cx", 6), Attr("cy", 6), Attr("r", 4)),
            Health.Idle => Tag("circle.hollow", Attr("cx", 6), Attr("cy", 6), Attr("r", 3.5)),
            Health.Warning => Tag("path", Attr("d", "M6 1.2 11.4 11H.6Z")),
            _ => Tag("path", Attr("d", "M6 .6 11.4 6 6 11.4.6 6Z")),
        });

    /// <summary>The class of what is in that state.</summary>
    public static string NameOf(Health health) => health switch
    {
        Health.Good => "good",
        Health.Idle => "idle",
        Health.Warning => "warning",
        _ => "bad",
    };
}
