using System.Globalization;
using System.Management.Automation;

namespace FanOut.Views;

/// <summary>The texts of a metric's columns.</summary>
internal static class MetricText
{
    // Windows consoles with a code page of their own, and LANG=C, have no blocks.
    private static readonly bool HasBlocks = Console.OutputEncoding.WebName.StartsWith("utf-", StringComparison.OrdinalIgnoreCase);

    /// <summary>What it is of.</summary>
    public static string Name(PSObject metric) => FirstOf(metric, nameof(FanOutMetric.Id), nameof(FanOutMetric.Source), nameof(FanOutMetric.FunctionName));

    /// <summary>What a table of them is headed by: the function, the source, and which time.</summary>
    public static string Heading(PSObject metric)
    {
        string source = TableLayout.Read(metric, nameof(FanOutMetric.Scope)) == nameof(MetricScope.Target) ? $"Source: {TableLayout.Read(metric, nameof(FanOutMetric.Source))}, " : "";
        DateTime start = Value<DateTime>(metric, nameof(FanOutMetric.StartTime)), end = Value<DateTime>(metric, nameof(FanOutMetric.EndTime));
        string format = start.Date == end.Date ? "HH:mm" : "d MMM HH:mm";
        return string.Create(CultureInfo.InvariantCulture, $"Function: {TableLayout.Read(metric, nameof(FanOutMetric.FunctionName))}, {source}{start.ToString(format, CultureInfo.InvariantCulture)} to {end.ToString(format, CultureInfo.InvariantCulture)}");
    }

    /// <summary>What a group has in common.</summary>
    public static string Group(PSObject metric) =>
        $"{TableLayout.Read(metric, nameof(FanOutMetric.Scope))} {Heading(metric)} {(TableLayout.Read(metric, nameof(FanOutMetric.Scope)) == nameof(MetricScope.Target) ? TableLayout.Read(metric, nameof(FanOutMetric.SourceArn)) : "")}";

    /// <summary>A count at the right edge of its column; millions and more are rounded.</summary>
    public static Func<PSObject, string> Count(string property, int width) => metric => Number(Value<long>(metric, property)).PadLeft(width);

    /// <summary>A duration at the right edge of its column.</summary>
    public static Func<PSObject, string> Duration(string property, int width) =>
        metric => (metric.Properties[property]?.Value is null ? "" : Duration(Value<TimeSpan>(metric, property))).PadLeft(width);

    /// <summary>The threshold of an alarm: a number, or of an age a duration.</summary>
    public static string Threshold(PSObject alarm) => TableLayout.Read(alarm, nameof(FanOutAlarm.ThresholdAge)).Length == 0
        ? TableLayout.Read(alarm, nameof(FanOutAlarm.Threshold)) : Duration(Value<TimeSpan>(alarm, nameof(FanOutAlarm.ThresholdAge)));

    /// <summary>The delivered records period by period, as a line of signs.</summary>
    public static string Trend(PSObject metric) => new TrendLine(HasBlocks).Of(
        [.. (LanguagePrimitives.ConvertTo<object[]>(metric.Properties[nameof(FanOutMetric.Points)]?.Value) ?? [])
            .Select(static p => (double)Value<long>(PSObject.AsPSObject(p), nameof(FanOutMetricPoint.Delivered)))]);

    /// <summary>A number of at most eight characters.</summary>
    internal static string Number(long number) => number switch
    {
        < 10_000_000 => number.ToString(CultureInfo.InvariantCulture),
        < 10_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{number / 1e6:0.0}M"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{number / 1e9:0.0}G"),
    };

    /// <summary>A duration of at most six characters.</summary>
    internal static string Duration(TimeSpan duration) => duration switch
    {
        { TotalMilliseconds: < 999.5 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0}ms"),
        { TotalSeconds: < 99.95 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0}s"),
        { TotalMinutes: < 99.5 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMinutes:0}min"),
        { TotalHours: < 99.5 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalHours:0}h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalDays:0}d"),
    };

    /// <summary>A duration in words, in the largest unit of which it is a whole number: 90 minutes, 1 hour.</summary>
    internal static string Words(TimeSpan duration)
    {
        (double count, string unit) = new[] { (duration.TotalDays, "day"), (duration.TotalHours, "hour"), (duration.TotalMinutes, "minute") }
            .Append((duration.TotalSeconds, "second")).First(static p => p.Item2 == "second" || (p.Item1 >= 1 && double.IsInteger(p.Item1)));
        return string.Create(CultureInfo.InvariantCulture, $"{count:0.##} {unit}{(count == 1 ? "" : "s")}");
    }

    private static string FirstOf(PSObject metric, params string[] properties) => properties.Select(p => TableLayout.Read(metric, p)).FirstOrDefault(static t => t.Length > 0) ?? "";

    private static T? Value<T>(PSObject of, string property) => of.Properties[property]?.Value is { } value ? LanguagePrimitives.ConvertTo<T>(value) : default;
}
