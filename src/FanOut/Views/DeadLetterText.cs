using System.Globalization;
using System.Management.Automation;
using FanOut.Sources;

namespace FanOut.Views;

/// <summary>What the tables of dead letters show.</summary>
internal static class DeadLetterText
{
    /// <summary>The target's id; of what Lambda gave up, the source's name in brackets, because it is not known which targets lack it.</summary>
    public static string Target(PSObject letter) => TableLayout.Read(letter, nameof(FanOutDeadLetter.Id)) is { Length: > 0 } id ? id
        : TableLayout.Read(letter, nameof(FanOutDeadLetter.SourceArn)) is { Length: > 0 } source ? $"({EventSource.Describe(source).Name})"
        : "";

    /// <summary>The class, the code where it says more, and the reason.</summary>
    public static string Why(PSObject letter)
    {
        string kind = TableLayout.Read(letter, nameof(FanOutDeadLetter.Class)), code = TableLayout.Read(letter, nameof(FanOutDeadLetter.Code));
        string reason = TableLayout.Read(letter, nameof(FanOutDeadLetter.Problem)) is { Length: > 0 } problem ? problem : TableLayout.Read(letter, nameof(FanOutDeadLetter.Reason));
        string head = string.Join(' ', new[] { kind, code }.Where(static t => t.Length > 0).Distinct());
        return (head.Length > 0 && reason.Length > 0 ? $"{head}: {reason}" : head + reason).TrimEnd('.');
    }

    /// <summary>A time, to the second.</summary>
    public static string Time(PSObject letter, string property) =>
        letter.Properties[property]?.Value is DateTime time ? time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "";
}
