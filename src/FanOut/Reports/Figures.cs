using System.Globalization;

namespace FanOut.Reports;

/// <summary>Numbers, times and sums of money as a page shows them, the same in every culture.</summary>
internal static class Figures
{
    private static CultureInfo Culture => CultureInfo.InvariantCulture;

    /// <summary>A count: 12,345.</summary>
    public static string Count(double count) => count.ToString("N0", Culture);

    /// <summary>A count and what is counted: 1 target, 12 targets.</summary>
    public static string Count(double count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>A count in short, for the axis of a chart: 12k, 1.5M.</summary>
    public static string Short(double count) => count switch
    {
        >= 1_000_000_000 => $"{(count / 1_000_000_000).ToString("0.##", Culture)}G",
        >= 1_000_000 => $"{(count / 1_000_000).ToString("0.##", Culture)}M",
        >= 1_000 => $"{(count / 1_000).ToString("0.##", Culture)}k",
        _ => count.ToString("0.##", Culture),
    };

    /// <summary>How much there is a minute, or an hour where that is less than one.</summary>
    public static string Rate(double count, TimeSpan period)
    {
        double perMinute = count / period.TotalMinutes, perHour = count / period.TotalHours;
        return count == 0 ? "0/min"
            : perMinute >= 10 ? $"{perMinute.ToString("N0", Culture)}/min"
            : perMinute >= 1 ? $"{perMinute.ToString("0.#", Culture)}/min"
            : perHour >= 1 ? $"{perHour.ToString("0.#", Culture)}/h"
            : "< 1/h";
    }

    /// <summary>A duration in the largest unit that tells it well: 45 ms, 1.2 s, 3 min, 2 h 5 min, 1 d 3 h.</summary>
    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalMilliseconds: < 1000 } => $"{duration.TotalMilliseconds.ToString("0", Culture)} ms",
        { TotalSeconds: < 60 } => $"{duration.TotalSeconds.ToString("0.#", Culture)} s",
        { TotalMinutes: < 60 } => Parts((int)duration.TotalMinutes, "min", duration.Seconds, "s"),
        { TotalHours: < 24 } => Parts(duration.Hours, "h", duration.Minutes, "min"),
        _ => Parts(duration.Days, "d", duration.Hours, "h"),
    };

    /// <summary>A length of time in words, as in "the last 30 minutes".</summary>
    public static string Length(TimeSpan length) => length switch
    {
        { TotalDays: >= 1 } when length.TotalHours % 24 == 0 => length.TotalDays == 1 ? "24 hours" : $"{Count(length.TotalDays)} days",
        { TotalHours: >= 1 } when length.TotalMinutes % 60 == 0 => length.TotalHours == 1 ? "hour" : $"{Count(length.TotalHours)} hours",
        _ => length.TotalMinutes == 1 ? "minute" : $"{Count(length.TotalMinutes)} minutes",
    };

    /// <summary>US dollars: to the cent, and small sums to two digits that count.</summary>
    public static string Money(decimal dollars) => dollars switch
    {
        0 => "$0",
        >= 1m => $"${dollars.ToString("N2", Culture)}",
        >= 0.1m => $"${dollars.ToString("0.00", Culture)}",
        >= 0.01m => $"${dollars.ToString("0.000", Culture)}",
        >= 0.001m => $"${dollars.ToString("0.0000", Culture)}",
        _ => "less than $0.001",
    };

    /// <summary>A date with its time: 28 Nov 2026, 10:40.</summary>
    public static string Date(DateTimeOffset time) => time.ToString("d MMM yyyy, HH:mm", Culture);

    /// <summary>A day and a time, without the year.</summary>
    public static string Day(DateTimeOffset time) => time.ToString("d MMM, HH:mm", Culture);

    /// <summary>A time of the day.</summary>
    public static string Clock(DateTimeOffset time) => time.ToString("HH:mm", Culture);

    /// <summary>The distance to UTC, as times are labelled with: UTC, UTC+01:00.</summary>
    public static string Offset(DateTimeOffset time) => time.Offset == TimeSpan.Zero
        ? "UTC"
        : $"UTC{(time.Offset < TimeSpan.Zero ? '−' : '+')}{time.Offset.ToString(@"hh\:mm", Culture)}";

    private static string Parts(int large, string largeUnit, int small, string smallUnit) =>
        string.Create(Culture, $"{large} {largeUnit}{(small > 0 ? $" {small} {smallUnit}" : "")}");
}
