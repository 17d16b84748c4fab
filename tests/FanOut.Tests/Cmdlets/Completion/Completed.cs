using System.Management.Automation;

namespace FanOut.Tests.Cmdlets.Completion;

/// <summary>What the tab key offers, asked through the engine.</summary>
internal static class Completed
{
    /// <summary>Presses the tab key.</summary>
    /// <param name="session">Where somebody types.</param>
    /// <param name="typed">What is typed; the cursor is at <c>|&lt;</c>, which is taken out, or at the end.</param>
    /// <returns>Text and tool tip of each offer.</returns>
    public static IReadOnlyList<(string Text, string ToolTip)> At(PowerShellSession session, string typed)
    {
        int cursor = typed.IndexOf("|<", StringComparison.Ordinal);
        string script = typed.Replace("|<", "", StringComparison.Ordinal);
        PowerShellResult result = session.Run(
            $"(TabExpansion2 -inputScript {Quoted(script)} -cursorColumn {(cursor < 0 ? script.Length : cursor)}).CompletionMatches").ThrowIfFailed();
        return [.. result.Output.Select(static o => (CompletionResult)o.BaseObject).Select(static c => (c.CompletionText, c.ToolTip))];
    }

    /// <summary>The texts alone.</summary>
    public static IReadOnlyList<string> Texts(PowerShellSession session, string typed) => [.. At(session, typed).Select(static c => c.Text)];

    private static string Quoted(string script) => $"'{script.Replace("'", "''", StringComparison.Ordinal)}'";
}
