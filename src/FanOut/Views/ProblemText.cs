using System.Text.RegularExpressions;

namespace FanOut.Views;

/// <summary>What is left of problems where there is no room for the commands that repair them.</summary>
internal static partial class ProblemText
{
    /// <summary>OK, or the first sentence of the first problem, and how many there are.</summary>
    /// <param name="problems">The problems.</param>
    /// <param name="isWhole">Whether the targets were looked at too: else nothing is wrong as far as it is known.</param>
    public static string Status(string[] problems, bool isWhole = true) => problems switch
    {
        [] => isWhole ? "OK" : "Targets not known",
        [var only] => FirstSentence(only),
        [var first, ..] => $"({problems.Length}) {FirstSentence(first)}",
    };

    /// <summary>A problem without the command at its end.</summary>
    public static string WithoutCommand(string problem) => Command().Replace(problem, ".", 1);

    /// <summary>A problem in two parts: what is wrong, and the command at its end; null: it has none.</summary>
    public static (string Text, string? Command) Split(string problem) => Command().Match(problem) is { Success: true } match
        ? (problem[..(match.Index + 1)], match.Value[2..])
        : (problem, null);

    private static string FirstSentence(string problem)
    {
        string text = WithoutCommand(problem);
        return SentenceEnd().Match(text) is { Success: true } end ? text[..(end.Index + 1)] : text;
    }

    // "The topic is suspended. What is published …"
    [GeneratedRegex(@"\.\s[A-Z]", RegexOptions.CultureInvariant)]
    private static partial Regex SentenceEnd();

    // "… is not connected. Connect-FanOutSource -SourceArn …", "… The function's log says why: Get-FanOutLog -Level error …"
    [GeneratedRegex(@"[.:]\s(?:[A-Z][a-z]+-FanOut[A-Z][a-z]+|aws [a-z0-9]+)\s.*\z", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Command();
}
