using FanOut.Aws;
using FanOut.Aws.CloudWatch;
using FanOut.Engine.Logging;

namespace FanOut.Engine.Metrics;

/// <summary>Publishes with PutMetricData, up to 1,000 metrics a call.</summary>
public sealed class CloudWatchPublisher(AmazonCloudWatchClient client, JsonLog log, TimeProvider time) : IMetricPublisher
{
    private const int MostPerCall = 1_000;

    /// <inheritdoc/>
    public async Task PublishAsync(IReadOnlyList<MetricDatum> data, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        try
        {
            for (int i = 0; i < data.Count; i += MostPerCall)
            {
                IReadOnlyList<MetricDatum> some = data.Count <= MostPerCall ? data : [.. data.Skip(i).Take(MostPerCall)];
                var request = new PutMetricDataRequest { Namespace = MeasureBatch.Namespace, Timestamp = time.GetUtcNow(), MetricData = some };
                await client.PutMetricDataAsync(request, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A batch must not fail because of its metrics.
            log.Write(LogLevel.Warn, "metrics not published", json =>
            {
                json.WriteString("error"u8, e.GetType().Name);
                json.WriteString("reason"u8, OutsideText.Cut(e.Message));
                json.WriteString("todo"u8, "Allow cloudwatch:PutMetricData to the function's role, or set FANOUT_METRICS to emf or none.");
            });
        }
    }
}
