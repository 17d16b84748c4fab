using System.Text;

namespace FanOut.Views;

/// <summary>Lines that are shown again and again, each time in the place of those before.</summary>
/// <remarks>
/// Lines are written over, and only what is left of the old ones is erased, so that nothing flickers. The sequences are those of xterm, which Windows knows as well:
/// https://learn.microsoft.com/windows/console/console-virtual-terminal-sequences
/// </remarks>
/// <param name="isScreen">Whether the text goes to a screen; else the lines follow each other, with an empty one between, and no escape codes.</param>
internal sealed class LiveText(bool isScreen)
{
    private const string NoWrap = "\u001b[?7l", Wrap = "\u001b[?7h", EraseLine = "\u001b[K", EraseBelow = "\u001b[J";

    private int _shown;
    private bool _isFirst = true;

    /// <summary>What is to be written to show these lines now.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="height">How many lines the screen has; null: any number.</param>
    public string Next(IReadOnlyList<string> lines, int? height)
    {
        if (!isScreen)
        {
            string between = _isFirst ? "" : Environment.NewLine;
            _isFirst = false;
            return between + string.Concat(lines.Select(static l => l + Environment.NewLine));
        }

        string[] fitting = Fit(lines, height);
        var text = new StringBuilder(NoWrap);
        if (_shown > 0)
        {
            // On a screen that has become smaller the first of them are out of reach.
            text.Append("\u001b[").Append(Math.Min(_shown, (height ?? int.MaxValue) - 1)).Append('A');
        }

        foreach (string line in fitting)
        {
            text.Append('\r').Append(line).Append(EraseLine).Append('\n');
        }

        _shown = fitting.Length;
        return text.Append(EraseBelow).Append(Wrap).ToString();
    }

    /// <summary>Lets what comes next begin below what is shown, because something else was written in between.</summary>
    public void StartBelow() => _shown = 0;

    // The line below the last one must have room too, where the cursor waits.
    private static string[] Fit(IReadOnlyList<string> lines, int? height)
    {
        int room = Math.Max(2, (height ?? int.MaxValue) - 1);
        return lines.Count <= room ? [.. lines] : [.. lines.Take(room - 1), $"… and {lines.Count - room + 1} lines more, for which the window is too small."];
    }
}
