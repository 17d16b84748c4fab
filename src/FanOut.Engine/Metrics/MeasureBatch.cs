using FanOut.Aws.CloudWatch;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;

namespace FanOut.Engine.Metrics;

/// <summary>Makes the metrics of a batch: those of the original tool under their old names, and FanOut's own by target.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>by Function</term><description>Sources, Records</description></item>
/// <item><term>by Source, Function</term><description>Records, Targets, Unmapped (records), InvalidMappings</description></item>
/// <item><term>by Source, Destination, Function</term><description>Records, Delivered, Retried, Failed, Filtered, Empty, Oversize, Undecodable, DeadLettered, CircuitOpened, Duration (ms)</description></item>
/// </list>
/// Unmapped, InvalidMappings, Empty, DeadLettered and CircuitOpened are sent only where there are any.
/// </remarks>
public static class MeasureBatch
{
    /// <summary>The namespace of all of them.</summary>
    public const string Namespace = "Custom/FanOut";

    /// <summary>The metrics of a batch.</summary>
    public static IReadOnlyList<MetricDatum> Of(DispatchResult result, string function)
    {
        ArgumentNullException.ThrowIfNull(result);
        KeyValuePair<string, string> ofFunction = new("Function", DimensionValue.Of(function));
        KeyValuePair<string, string>[] byFunction = [ofFunction];
        var data = new List<MetricDatum>
        {
            Count("Sources", byFunction, result.Groups.Count),
            Count("Records", byFunction, result.Groups.Sum(static g => g.Group.Records.Count)),
        };
        foreach (GroupResult group in result.Groups)
        {
            KeyValuePair<string, string> ofSource = new("Source", DimensionValue.Of(group.Group.SourceArn));
            KeyValuePair<string, string>[] bySource = [ofSource, ofFunction];
            data.Add(Count("Records", bySource, group.Group.Records.Count));
            data.Add(Count("Targets", bySource, group.Outcomes.Count));
            AddIfAny(data, "Unmapped", bySource, group.IsUnmapped ? group.Group.Records.Count : 0);
            AddIfAny(data, "InvalidMappings", bySource, group.Invalid.Count);
            foreach (Outcome outcome in group.Outcomes)
            {
                Add(data, outcome, [ofSource, new("Destination", DimensionValue.Of(outcome.Mapping.Destination.Display)), ofFunction]);
            }
        }

        return data;
    }

    private static void Add(List<MetricDatum> data, Outcome outcome, IReadOnlyList<KeyValuePair<string, string>> dimensions)
    {
        data.Add(Count("Records", dimensions, outcome.Records));
        data.Add(Count("Delivered", dimensions, outcome.Delivered));
        data.Add(Count("Retried", dimensions, outcome.Retried));
        data.Add(Count("Failed", dimensions, outcome.Undelivered.Count - outcome.DeadLettered));
        data.Add(Count("Filtered", dimensions, outcome.Filtered));
        data.Add(Count("Oversize", dimensions, outcome.CountOf(FailureClass.Oversize)));
        data.Add(Count("Undecodable", dimensions, outcome.CountOf(FailureClass.Undecodable)));
        AddIfAny(data, "Empty", dimensions, outcome.Empty);
        AddIfAny(data, "DeadLettered", dimensions, outcome.DeadLettered);
        AddIfAny(data, "CircuitOpened", dimensions, outcome.Opened is null ? 0 : 1);
        double milliseconds = Math.Round(outcome.Duration.TotalMilliseconds, 3);
        data.Add(new MetricDatum("Duration", dimensions, "Milliseconds", 1, milliseconds, milliseconds, milliseconds));
    }

    // CloudWatch charges by metric: these are sent only if there is something to count.
    private static void AddIfAny(List<MetricDatum> data, string name, IReadOnlyList<KeyValuePair<string, string>> dimensions, double value)
    {
        if (value > 0)
        {
            data.Add(Count(name, dimensions, value));
        }
    }

    private static MetricDatum Count(string name, IReadOnlyList<KeyValuePair<string, string>> dimensions, double value) =>
        new(name, dimensions, "Count", 1, value, value, value);
}
