using System.Xml.Linq;
using static FanOut.Reports.Html;

namespace FanOut.Reports.Pages;

/// <summary>What is wrong, each with the command that mends it.</summary>
internal static class TroubleSection
{
    // What is more than this is folded: somebody whose 200 rows are invalid needs to read the rest of the page too.
    private const int Shown = 12;

    /// <summary>The section; null: nothing is wrong.</summary>
    /// <param name="troubles">What is wrong.</param>
    /// <param name="isNew">Whether nothing is set up yet: then it is what comes next.</param>
    public static XElement? Of(IReadOnlyList<Trouble> troubles, bool isNew) => troubles.Count == 0
        ? null
        : Section(
            "wrong",
            isNew ? "What comes next" : "What is wrong",
            Tag("p.hint", "Each command names function, source and region, so it can be pasted into any PowerShell session with the FanOut module."),
            Tag("ol.troubles", troubles.Take(Shown).Select(Item)),
            troubles.Count > Shown
                ? Tag("details", Tag("summary", $"{Figures.Count(troubles.Count - Shown)} more"), Tag("ol.troubles", Attr("start", Shown + 1), troubles.Skip(Shown).Select(Item)))
                : null);

    private static XElement Item(Trouble trouble) => Tag(
        $"li.{Mark.NameOf(trouble.Health)}",
        Tag("h3", Mark.Of(trouble.Health), Tag("span", Tag("span.kind", trouble.Kind), " ", Tag("span.name", trouble.Name))),
        Tag("p", trouble.Text),
        trouble.Command is null ? null : Tag("pre", Tag("code", trouble.Command)));
}
