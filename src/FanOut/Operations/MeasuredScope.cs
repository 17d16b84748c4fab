using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Registry;

namespace FanOut.Operations;

/// <summary>A target, a source or a function whose metrics are asked for.</summary>
internal sealed record MeasuredScope
{
    private const string Sum = nameof(Sum), SampleCount = nameof(SampleCount), Maximum = nameof(Maximum);

    /// <summary>Which of the three it is.</summary>
    public required MetricScope Kind { get; init; }

    /// <summary>The source; null: it is the function.</summary>
    public string? SourceArn { get; init; }

    /// <summary>The target's id; null: it is none.</summary>
    public string? Id { get; init; }

    /// <summary>Sources and destinations that its records go from and to, each pair once.</summary>
    public IReadOnlyList<(string SourceArn, string Destination)> Ways { get; init; } = [];

    /// <summary>Other targets with the same way.</summary>
    public string[] SharedWith { get; init; } = [];

    /// <summary>Whether there is something of the kind now: a target, or what has or reads one. What there is no more is told of only where something was counted.</summary>
    public bool IsRegistered { get; init; } = true;

    /// <summary>The alias or version that reads the source; null: the function itself.</summary>
    public string? Qualifier { get; init; }

    /// <summary>A target.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="all">The rows of its source, or all of the function.</param>
    public static MeasuredScope Target(TargetRow row, IEnumerable<TargetRow> all) => new()
    {
        Kind = MetricScope.Target,
        SourceArn = row.SourceArn,
        Id = row.Id,
        Ways = WaysOf([row]),
        SharedWith = row.Mapping is not { } mapping ? [] :
            [.. all.Where(r => r.Id != row.Id && r.SourceArn == row.SourceArn && r.Mapping?.Destination.Display == mapping.Destination.Display).Select(static r => r.Id)],
    };

    /// <summary>Targets of the past with one way: what was counted of them together. Their ids are not known; no target has the one that stands for them.</summary>
    /// <param name="way">Their source and destination, which no target has any more.</param>
    public static MeasuredScope Past((string SourceArn, string Destination) way) => new()
    {
        Kind = MetricScope.Target,
        SourceArn = way.SourceArn,
        Id = $"({NameOf(way.Destination)})",
        Ways = [way],
        IsRegistered = false,
    };

    /// <summary>A source.</summary>
    /// <param name="sourceArn">Its ARN.</param>
    /// <param name="rows">The rows of its targets; others are passed over.</param>
    /// <param name="past">Ways that no target has any more; those of other sources are passed over.</param>
    /// <param name="qualifier">The alias or version that reads it; null: the function itself.</param>
    public static MeasuredScope Source(string sourceArn, IEnumerable<TargetRow> rows, IEnumerable<(string SourceArn, string Destination)> past, string? qualifier) => new()
    {
        Kind = MetricScope.Source,
        SourceArn = sourceArn,
        Ways = [.. WaysOf(rows.Where(r => r.SourceArn == sourceArn)), .. past.Where(w => w.SourceArn == sourceArn)],
        Qualifier = qualifier,
    };

    /// <summary>The whole function.</summary>
    /// <param name="rows">The rows of all its targets.</param>
    /// <param name="past">Ways that no target has any more.</param>
    public static MeasuredScope Function(IEnumerable<TargetRow> rows, IEnumerable<(string SourceArn, string Destination)> past) => new() { Kind = MetricScope.Function, Ways = [.. WaysOf(rows), .. past] };

    /// <summary>The ways of rows, each once.</summary>
    /// <param name="rows">The rows; those that are not valid have none.</param>
    public static (string SourceArn, string Destination)[] WaysOf(IEnumerable<TargetRow> rows) =>
        [.. rows.Where(static r => r.Mapping is not null).Select(static r => (r.SourceArn, r.Mapping!.Destination.Display)).Distinct()];

    /// <summary>The metrics that tell what is wanted of it.</summary>
    /// <param name="function">The function's name.</param>
    public IEnumerable<WantedMetric> Metrics(string function) => Ways.SelectMany(w => OfWay(w, function)).Concat(Kind switch
    {
        MetricScope.Source => OfSource(function),
        MetricScope.Function => OfFunction(function),
        _ => [],
    });

    private static string NameOf(string destination) => Arn.TryParse(destination, out Arn? arn) ? arn.ResourceName
        : QueueDestination.TryParse(destination, out QueueDestination? queue, out _) ? queue.Name
        : destination.Split('#')[^1];

    private IEnumerable<WantedMetric> OfWay((string SourceArn, string Destination) way, string function)
    {
        (string, string)[] dimensions = [("Source", way.SourceArn), ("Destination", way.Destination), ("Function", function)];
        foreach (CountedValue value in new[] { CountedValue.Delivered, CountedValue.Failed, CountedValue.Retried, CountedValue.DeadLettered, CountedValue.Filtered })
        {
            yield return WantedMetric.Own(value, value.ToString(), Sum, dimensions);
        }

        if (Kind == MetricScope.Target)
        {
            yield return WantedMetric.Own(CountedValue.Records, "Records", Sum, dimensions);
            yield return WantedMetric.Own(CountedValue.Batches, "Records", SampleCount, dimensions);
            yield return WantedMetric.Own(CountedValue.TotalDuration, "Duration", Sum, dimensions);
        }
    }

    private IEnumerable<WantedMetric> OfSource(string function)
    {
        (string, string)[] dimensions = [("Source", SourceArn!), ("Function", function)];
        yield return WantedMetric.Own(CountedValue.Records, "Records", Sum, dimensions);
        yield return WantedMetric.Own(CountedValue.Batches, "Records", SampleCount, dimensions);
        yield return WantedMetric.Own(CountedValue.Unmapped, "Unmapped", Sum, dimensions);
        yield return WantedMetric.Own(CountedValue.InvalidMappings, "InvalidMappings", Sum, dimensions);
        if (!Engine.Events.SourceArn.IsOf(SourceKind.Sns, SourceArn!))
        {
            yield return WantedMetric.OfLambda(CountedValue.IteratorAge, "IteratorAge", Maximum, function, Qualifier);
        }
    }

    private static IEnumerable<WantedMetric> OfFunction(string function)
    {
        (string, string) dimension = ("Function", function);
        yield return WantedMetric.Own(CountedValue.Records, "Records", Sum, dimension);
        yield return WantedMetric.Own(CountedValue.Batches, "Records", SampleCount, dimension);
        yield return WantedMetric.OfLambda(CountedValue.Invocations, "Invocations", Sum, function);
        yield return WantedMetric.OfLambda(CountedValue.Errors, "Errors", Sum, function);
        yield return WantedMetric.OfLambda(CountedValue.Throttles, "Throttles", Sum, function);
        yield return WantedMetric.OfLambda(CountedValue.TotalDuration, "Duration", Sum, function);
        yield return WantedMetric.OfLambda(CountedValue.IteratorAge, "IteratorAge", Maximum, function);
    }
}
