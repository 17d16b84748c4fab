using FanOut.Aws.CloudWatch;

namespace FanOut.Engine.Metrics;

/// <summary>Publishes metrics: to CloudWatch, or through the log.</summary>
public interface IMetricPublisher
{
    /// <summary>Publishes metrics; a failure is logged, never thrown.</summary>
    Task PublishAsync(IReadOnlyList<MetricDatum> data, CancellationToken cancellationToken);
}
