using FanOut.Aws.CloudWatch;
using FanOut.Engine.Logging;

namespace FanOut.Engine.Metrics;

/// <summary>Publishes through the log, in CloudWatch's embedded metric format: no call, no permission.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html</remarks>
public sealed class EmfPublisher(JsonLog log, TimeProvider time) : IMetricPublisher
{
    /// <inheritdoc/>
    public Task PublishAsync(IReadOnlyList<MetricDatum> data, CancellationToken cancellationToken)
    {
        foreach (IGrouping<string, MetricDatum> group in data.GroupBy(static d => string.Join('\n', d.Dimensions.Select(static x => x.Value))))
        {
            log.Write(LogLevel.Metric, "metrics", json =>
            {
                json.WriteStartObject("_aws"u8);
                json.WriteNumber("Timestamp"u8, time.GetUtcNow().ToUnixTimeMilliseconds());
                json.WriteStartArray("CloudWatchMetrics"u8);
                json.WriteStartObject();
                json.WriteString("Namespace"u8, MeasureBatch.Namespace);
                json.WriteStartArray("Dimensions"u8);
                json.WriteStartArray();
                foreach ((string name, _) in group.First().Dimensions)
                {
                    json.WriteStringValue(name);
                }

                json.WriteEndArray();
                json.WriteEndArray();
                json.WriteStartArray("Metrics"u8);
                foreach (MetricDatum datum in group)
                {
                    json.WriteStartObject();
                    json.WriteString("Name"u8, datum.MetricName);
                    json.WriteString("Unit"u8, datum.Unit);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteEndObject();
                foreach ((string name, string value) in group.First().Dimensions)
                {
                    json.WriteString(name, value);
                }

                foreach (MetricDatum datum in group)
                {
                    json.WriteNumber(datum.MetricName, datum.Sum);
                }
            });
        }

        return Task.CompletedTask;
    }
}
