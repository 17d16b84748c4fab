using System.Text.Json;
using FanOut.Aws.CloudWatch;
using FanOut.Engine.Logging;

namespace FanOut.Engine.Metrics;

/// <summary>Publishes through the log, in CloudWatch's embedded metric format: no call, no permission.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html</remarks>
public sealed class EmfPublisher(JsonLog log, TimeProvider time) : IMetricPublisher
{
    /// <inheritdoc/>
    /// <remarks>Metrics that follow each other with the same list of dimensions share a line. Each metric is in a line once.</remarks>
    public Task PublishAsync(IReadOnlyList<MetricDatum> data, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        for (int first = 0, end; first < data.Count; first = end)
        {
            IReadOnlyList<KeyValuePair<string, string>> dimensions = data[first].Dimensions;
            for (end = first + 1; end < data.Count && ReferenceEquals(data[end].Dimensions, dimensions); end++)
            {
            }

            (int from, int to) = (first, end);
            log.Write(LogLevel.Metric, "metrics", json => Write(json, data, from, to));
        }

        return Task.CompletedTask;
    }

    private void Write(Utf8JsonWriter json, IReadOnlyList<MetricDatum> data, int first, int end)
    {
        IReadOnlyList<KeyValuePair<string, string>> dimensions = data[first].Dimensions;
        json.WriteStartObject("_aws"u8);
        json.WriteNumber("Timestamp"u8, time.GetUtcNow().ToUnixTimeMilliseconds());
        json.WriteStartArray("CloudWatchMetrics"u8);
        json.WriteStartObject();
        json.WriteString("Namespace"u8, MeasureBatch.Namespace);
        json.WriteStartArray("Dimensions"u8);
        json.WriteStartArray();
        foreach ((string name, _) in dimensions)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteStartArray("Metrics"u8);
        for (int i = first; i < end; i++)
        {
            json.WriteStartObject();
            json.WriteString("Name"u8, data[i].MetricName);
            json.WriteString("Unit"u8, data[i].Unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        foreach ((string name, string value) in dimensions)
        {
            json.WriteString(name, value);
        }

        for (int i = first; i < end; i++)
        {
            json.WriteNumber(data[i].MetricName, data[i].Sum);
        }
    }
}
