namespace FanOut.Aws.CloudWatch;

/// <summary>Values of one metric, as statistics.</summary>
/// <param name="MetricName">The metric's name.</param>
/// <param name="Dimensions">Names and values.</param>
/// <param name="Unit">CloudWatch's unit: <c>Count</c>, <c>Milliseconds</c> …</param>
/// <param name="SampleCount">How many values.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Minimum">The least.</param>
/// <param name="Maximum">The greatest.</param>
public readonly record struct MetricDatum(
    string MetricName, IReadOnlyList<KeyValuePair<string, string>> Dimensions, string Unit, long SampleCount, double Sum, double Minimum, double Maximum);
