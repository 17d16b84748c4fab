using FanOut.Engine.Metrics;

namespace FanOut.Deployment.Monitoring;

/// <summary>Alarms on what needs somebody: records that failed or went to a dead letter, mappings that are invalid, and a function that is behind.</summary>
/// <remarks>
/// The function's metrics are told by source and destination, and both come and go: so an alarm asks by a query of CloudWatch Metrics Insights for all of the
/// function's (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html).
/// </remarks>
internal static class FunctionAlarms
{
    /// <summary>The metric by which a function is behind. It is Lambda's own, over all sources of the function: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html</summary>
    public const string IteratorAge = "IteratorAge";

    // An hour behind at most, and never so much that records have been dropped already.
    private const int LongestAgeMilliseconds = 3_600_000;

    private const string BySource = "Source, Function", ByDestination = "Source, Destination, Function";

    /// <summary>The metrics of all alarms that there can be.</summary>
    public static IReadOnlyList<string> Metrics { get; } = ["Failed", "DeadLettered", "InvalidMappings", IteratorAge];

    /// <summary>The alarms; none on metrics that the function does not have.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="hasMetrics">Whether it tells metrics of its own.</param>
    /// <param name="hasStreams">Whether it reads streams.</param>
    public static IEnumerable<AlarmDefinition> Of(string function, bool hasMetrics, bool hasStreams)
    {
        if (hasMetrics)
        {
            yield return OnMetric(function, "Failed", ByDestination, "Records were not delivered, and not put into a dead letter: they come again, or are dropped");
            yield return OnMetric(function, "DeadLettered", ByDestination, "Records that could not be delivered were put into a dead letter");
            yield return OnMetric(function, "InvalidMappings", BySource, "An active mapping is not valid: the records of its source fail until it is mended");
        }

        if (hasStreams)
        {
            yield return new(function, IteratorAge, "The function is behind: the last record of a batch was old before it came") { EvaluationPeriods = 5 };
        }
    }

    /// <summary>The age of records, in milliseconds, over which an alarm goes off unless another is given: half of the age at which they are dropped, at most an hour.</summary>
    /// <param name="droppedAfter">The age at which records of each stream are dropped, in seconds; null or negative: never.</param>
    public static int DefaultAge(IEnumerable<int?> droppedAfter) =>
        droppedAfter.Where(static a => a > 0).Min() is { } least ? Math.Min(LongestAgeMilliseconds, (int)Math.Min(int.MaxValue, least * 500L)) : LongestAgeMilliseconds;

    private static AlarmDefinition OnMetric(string function, string metric, string dimensions, string what) => new(function, metric, what)
    {
        Query = $"SELECT SUM({metric}) FROM SCHEMA(\"{MeasureBatch.Namespace}\", {dimensions}) WHERE Function = '{function}'",
    };
}
