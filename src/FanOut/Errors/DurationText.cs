using System.Globalization;

namespace FanOut.Errors;

/// <summary>Durations as messages say them.</summary>
internal static class DurationText
{
    /// <summary>The duration in words: 6 hours, 1 minute 30 seconds.</summary>
    /// <param name="duration">Whole seconds, not negative.</param>
    public static string Of(TimeSpan duration)
    {
        (int Count, string Unit)[] parts = [(duration.Days, "day"), (duration.Hours, "hour"), (duration.Minutes, "minute"), (duration.Seconds, "second")];
        string text = string.Join(' ', parts.Where(static p => p.Count > 0).Select(static p => string.Create(CultureInfo.InvariantCulture, $"{p.Count} {p.Unit}{(p.Count == 1 ? "" : "s")}")));
        return text.Length > 0 ? text : "0 seconds";
    }
}
