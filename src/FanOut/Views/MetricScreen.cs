using System.Globalization;
using System.Management.Automation;

namespace FanOut.Views;

/// <summary>The lines that -Watch shows of metrics: what is in trouble first.</summary>
internal static class MetricScreen
{
    /// <summary>The lines.</summary>
    /// <param name="metrics">The metrics.</param>
    /// <param name="now">The time at present.</param>
    /// <param name="interval">After what time they are read again.</param>
    /// <param name="style">PowerShell's <c>$PSStyle</c>; null: no colours.</param>
    public static IReadOnlyList<string> Lines(IReadOnlyList<FanOutMetric> metrics, DateTimeOffset now, TimeSpan interval, PSObject? style)
    {
        string region = metrics.Count > 0 ? $" {metrics[0].Region}" : "";
        string period = metrics.Count > 0 ? $", by {(MetricText.Words(metrics[0].Period) is var words && words.StartsWith("1 ", StringComparison.Ordinal) ? $"the {words[2..]}" : words)}" : "";
        List<string> lines = [string.Create(CultureInfo.InvariantCulture, $"{now.ToLocalTime():HH:mm:ss}{region}{period}, again in {MetricText.Words(interval)}. Ctrl+C ends it.")];
        foreach (IGrouping<string, PSObject> group in metrics.Select(static m => PSObject.AsPSObject(m)).GroupBy(ViewText.Group))
        {
            lines.AddRange(["", ViewText.Heading(group.First()), "", .. ViewText.Labels(group.First(), style).Split('\n')]);
            lines.AddRange(group.OrderByDescending(static m => IsInTrouble((FanOutMetric)m.BaseObject)).Select(m => ViewText.Row(m, style)));
        }

        return lines;
    }

    // Not by how much: rows that change their places each time cannot be read.
    private static bool IsInTrouble(FanOutMetric metric) => metric.Failed + metric.DeadLettered + metric.InvalidMappings + metric.Errors > 0;
}
