using System.Management.Automation;

namespace FanOut.Views;

/// <summary>A column of a table.</summary>
/// <param name="Label">What stands above it: the name of its property.</param>
/// <param name="Width">Its width in characters; null: what is left of the line.</param>
internal sealed record TableColumn(string Label, int? Width = null)
{
    /// <summary>The text of an object; by default the property's.</summary>
    public Func<PSObject, string> Text { get; init; } = item => TableLayout.Read(item, Label);

    /// <summary>A text as wide as the column. One that is too long is cut, as PowerShell cuts it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="decorate">Adds what takes no room.</param>
    public string Fit(string text, Func<string, string> decorate)
    {
        string line = string.Concat(text.Select(static c => char.IsControl(c) ? ' ' : c));
        string shown = Width is { } width && line.Length > width ? $"{line[..(width - 1)]}…" : line;
        return decorate(shown) + new string(' ', Math.Max(0, (Width ?? 0) - shown.Length));
    }
}
