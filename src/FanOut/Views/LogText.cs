using System.Globalization;
using System.Management.Automation;

namespace FanOut.Views;

/// <summary>What an entry of a function's log says, in one line: the reason where something failed, else the counts.</summary>
internal static class LogText
{
    private static readonly (string Property, string Word)[] Counts =
    [
        (nameof(FanOutLogEntry.Delivered), "delivered"),
        (nameof(FanOutLogEntry.Filtered), "filtered"),
        (nameof(FanOutLogEntry.Retried), "retried"),
        (nameof(FanOutLogEntry.DeadLettered), "dead-lettered"),
        (nameof(FanOutLogEntry.NotTaken), "not taken"),
        (nameof(FanOutLogEntry.Failed), "failed"),
    ];

    /// <summary>The line.</summary>
    public static string Of(PSObject entry)
    {
        string counts = string.Join(", ", Counts.Select(c => (c.Word, Count: Number(entry, c.Property))).Where(static c => c.Count > 0)
            .Select(static c => string.Create(CultureInfo.InvariantCulture, $"{c.Count} {c.Word}")));
        string reason = TableLayout.Read(entry, nameof(FanOutLogEntry.Reason)), code = TableLayout.Read(entry, nameof(FanOutLogEntry.Code));
        string why = (code.Length > 0 ? $"{code}: {reason}" : reason).TrimEnd('.');

        // The screen cuts a line at its end: the reason is what is looked for.
        return why.Length > 0 && counts.Length > 0 ? $"{why} ({counts})"
            : why.Length + counts.Length > 0 ? why + counts
            : TableLayout.Read(entry, nameof(FanOutLogEntry.Message));
    }

    private static long Number(PSObject entry, string property) => entry.Properties[property]?.Value is { } value ? LanguagePrimitives.ConvertTo<long>(value) : 0;
}
