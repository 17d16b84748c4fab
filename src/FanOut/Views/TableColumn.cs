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
        string shown = Width is { } width && Cells(line) > width ? $"{Start(line, width - 1)}…" : line;
        return decorate(shown) + new string(' ', Math.Max(0, (Width ?? 0) - Cells(shown)));
    }

    private static int Cells(string text) => text.Sum(Cells);

    private static string Start(string text, int most)
    {
        int cells = 0;
        return string.Concat(text.TakeWhile(c => (cells += Cells(c)) <= most));
    }

    // As PowerShell's console counts: characters of East Asian scripts are two cells wide. https://www.unicode.org/reports/tr11/
    private static int Cells(char c) => c is (>= '\u1100' and <= '\u115F') or (>= '\u2E80' and <= '\uA4CF' and not '\u303F') or (>= '\uAC00' and <= '\uD7A3')
        or (>= '\uF900' and <= '\uFAFF') or (>= '\uFE30' and <= '\uFE6F') or (>= '\uFF00' and <= '\uFF60') or (>= '\uFFE0' and <= '\uFFE6') ? 2 : 1;
}
