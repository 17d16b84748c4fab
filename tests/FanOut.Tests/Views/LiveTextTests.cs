using System.Text.RegularExpressions;
using FanOut.Views;

namespace FanOut.Tests.Views;

/// <summary>What -Watch writes, seen on a small screen.</summary>
public sealed partial class LiveTextTests
{
    [Fact]
    public void Lines_take_the_place_of_those_before_and_nothing_is_left_of_them()
    {
        var screen = new Screen();
        screen.Write("PS> Get-FanOutMetric -Watch\n");
        var text = new LiveText(isScreen: true);

        screen.Write(text.Next(["first", "a long line", "third"], 25));
        Assert.Equal(["PS> Get-FanOutMetric -Watch", "first", "a long line", "third", ""], screen.Lines);
        screen.Write(text.Next(["second", "short"], 25));
        Assert.Equal(["PS> Get-FanOutMetric -Watch", "second", "short", ""], screen.Lines);
        screen.Write(text.Next(["1", "2", "3", "4"], 25));
        Assert.Equal(["PS> Get-FanOutMetric -Watch", "1", "2", "3", "4", ""], screen.Lines);
        Assert.Equal(5, screen.Row);
    }

    [Fact]
    public void Nothing_is_erased_before_it_is_written_over()
    {
        var text = new LiveText(isScreen: true);
        text.Next(["one", "two"], null);

        string again = text.Next(["one", "two"], null);

        Assert.DoesNotContain("\u001b[2J", again, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[H", again, StringComparison.Ordinal);
        Assert.True(again.IndexOf("one", StringComparison.Ordinal) < again.IndexOf("\u001b[K", StringComparison.Ordinal));
    }

    [Fact]
    public void What_has_no_room_is_counted_and_a_window_that_has_become_smaller_is_not_left()
    {
        var screen = new Screen();
        var text = new LiveText(isScreen: true);
        string[] lines = [.. Enumerable.Range(1, 10).Select(static i => $"line {i}")];

        screen.Write(text.Next(lines, 6));
        Assert.Equal(["line 1", "line 2", "line 3", "line 4", "… and 6 lines more, for which the window is too small.", ""], screen.Lines);
        Assert.Contains("\u001b[3A", text.Next(lines, 4), StringComparison.Ordinal);
    }

    [Fact]
    public void After_something_else_was_written_it_begins_below()
    {
        var screen = new Screen();
        var text = new LiveText(isScreen: true);
        screen.Write(text.Next(["table"], 25));
        screen.Write("an error\n");

        text.StartBelow();
        screen.Write(text.Next(["table again"], 25));

        Assert.Equal(["table", "an error", "table again", ""], screen.Lines);
    }

    [Fact]
    public void What_is_no_screen_gets_no_escape_codes_and_the_lines_follow_each_other()
    {
        var text = new LiveText(isScreen: false);

        string all = text.Next(["1", "2"], 2) + text.Next(["3"], 2);

        Assert.Equal("1\n2\n\n3\n", all.ReplaceLineEndings("\n"));
    }

    /// <summary>As much of a terminal as is used.</summary>
    private sealed partial class Screen
    {
        private readonly List<string> _lines = [""];
        private int _column;

        public int Row { get; private set; }

        public IReadOnlyList<string> Lines => [.. _lines.Select(static l => l.TrimEnd())];

        public void Write(string text)
        {
            foreach (Match part in Part().Matches(text))
            {
                switch (part.Value)
                {
                    case "\r":
                        _column = 0;
                        break;
                    case "\n":
                        (Row, _column) = (Row + 1, 0);
                        if (Row == _lines.Count)
                        {
                            _lines.Add("");
                        }

                        break;
                    case "\u001b[K":
                        _lines[Row] = _lines[Row][..Math.Min(_column, _lines[Row].Length)];
                        break;
                    case "\u001b[J":
                        _lines[Row] = _lines[Row][..Math.Min(_column, _lines[Row].Length)];
                        _lines.RemoveRange(Row + 1, _lines.Count - Row - 1);
                        break;
                    case "\u001b[?7l" or "\u001b[?7h":
                        break;
                    default:
                        if (part.Value[0] == '\u001b')
                        {
                            Row -= int.Parse(part.Groups["up"].Value, System.Globalization.CultureInfo.InvariantCulture);
                            break;
                        }

                        string line = _lines[Row].PadRight(_column);
                        _lines[Row] = line[.._column] + part.Value + (line.Length > _column + part.Value.Length ? line[(_column + part.Value.Length)..] : "");
                        _column += part.Value.Length;
                        break;
                }
            }
        }

        [GeneratedRegex(@"\x1b\[(?<up>\d+)A|\x1b\[[?0-9]*[A-Za-z]|\r|\n|[^\x1b\r\n]+")]
        private static partial Regex Part();
    }
}
