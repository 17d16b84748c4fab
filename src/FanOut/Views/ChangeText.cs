using System.Management.Automation;
using FanOut.DesiredState.Plans;

namespace FanOut.Views;

/// <summary>A change of a plan, in a line: with a sign, which says the same as the colour.</summary>
internal static class ChangeText
{
    /// <summary>The sign and the word.</summary>
    public static string Sign(PSObject change)
    {
        string action = TableLayout.Read(change, nameof(FanOutChange.Action));
        return action switch
        {
            ChangeAction.Create => $"+ {action}",
            ChangeAction.Change => $"~ {action}",
            ChangeAction.Remove => $"- {action}",
            _ => $"= {action}",
        };
    }

    /// <summary>What became of it where that is told, and what it is about.</summary>
    public static string Of(PSObject change)
    {
        string result = TableLayout.Read(change, nameof(FanOutChange.Result));
        string failed = result is "Failed" or "Skipped" ? $"{result}: {TableLayout.Read(change, nameof(FanOutChange.Problem))}" : "";
        return failed.Length > 0 ? failed : string.Join("; ", new[] { Attributes(change), TableLayout.Read(change, nameof(FanOutChange.Detail)) }.Where(static p => p.Length > 0));
    }

    private static string Attributes(PSObject change) => string.Join(
        ", ", (LanguagePrimitives.ConvertTo<object[]>(change.Properties[nameof(FanOutChange.Attributes)]?.Value) ?? []).Select(static a => $"{a}"));
}
