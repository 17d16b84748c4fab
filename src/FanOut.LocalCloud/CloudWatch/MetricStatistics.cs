namespace FanOut.LocalCloud.CloudWatch;

/// <summary>A statistic set.</summary>
/// <param name="SampleCount">How many samples it sums up.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Minimum">The least.</param>
/// <param name="Maximum">The greatest.</param>
public sealed record MetricStatistics(double SampleCount, double Sum, double Minimum, double Maximum);
