using System.Text.Json;
using FanOut.LocalCloud.CloudWatch;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Logs;

/// <summary>Finds the metrics in lines of a log, as CloudWatch Logs does with those in the embedded metric format.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html</remarks>
internal static class EmbeddedMetrics
{
    private const int MostDimensions = 30;

    /// <summary>The metrics of a line; a line that is not in the format has none.</summary>
    /// <param name="line">The line.</param>
    /// <param name="region">The region of its log group.</param>
    /// <param name="accountId">The account of its log group.</param>
    public static IReadOnlyList<PublishedMetric> In(string line, string region, string accountId)
    {
        if (!line.Contains("\"CloudWatchMetrics\"", StringComparison.Ordinal))
        {
            return [];
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return document.RootElement.Field("_aws") is { ValueKind: JsonValueKind.Object } metadata && metadata.Field("Timestamp") is { } time
                ? [.. metadata.Items("CloudWatchMetrics").SelectMany(directive => Of(document.RootElement, directive, DateTimeOffset.FromUnixTimeMilliseconds(time.GetInt64()), region, accountId))]
                : [];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ServiceException)
        {
            // What does not follow the specification stays a line of the log.
            return [];
        }
    }

    private static IEnumerable<PublishedMetric> Of(JsonElement root, JsonElement directive, DateTimeOffset time, string region, string accountId) =>
        from names in directive.Items("Dimensions")
        where names.GetArrayLength() <= MostDimensions
        from metric in directive.Items("Metrics")
        let name = metric.RequiredText("Name")
        where root.Field(name) is { ValueKind: JsonValueKind.Number or JsonValueKind.Array }
        select new PublishedMetric(directive.Text("Namespace") ?? "", name, names.EnumerateArray().ToDictionary(n => n.GetString()!, n => root.RequiredText(n.GetString()!)), 0)
        {
            Values = root.Field(name) is { ValueKind: JsonValueKind.Array } all ? [.. all.EnumerateArray().Select(value => value.GetDouble())] : [root.Field(name)!.Value.GetDouble()],
            Unit = metric.Text("Unit"),
            Time = time,
            Region = region,
            AccountId = accountId,
        };
}
