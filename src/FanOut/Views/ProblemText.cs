using System.Text.RegularExpressions;

namespace FanOut.Views;

/// <summary>What is left of problems where there is no room for the commands that repair them.</summary>
internal static partial class ProblemText
{
    /// <summary>OK, or the first problem and how many there are, without commands.</summary>
    public static string Status(string[] problems) => problems switch
    {
        [] => "OK",
        [var only] => WithoutCommand(only),
        [var first, ..] => $"({problems.Length}) {WithoutCommand(first)}",
    };

    /// <summary>A problem without the command at its end.</summary>
    public static string WithoutCommand(string problem) => Command().Replace(problem, ".", 1);

    // "… is not connected. Connect-FanOutSource -SourceArn …", "… The function's log says why: Get-FanOutLog -Level error …"
    [GeneratedRegex(@"[.:]\s(?:[A-Z][a-z]+-FanOut[A-Z][a-z]+|aws [a-z0-9]+)\s.*\z", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Command();
}
