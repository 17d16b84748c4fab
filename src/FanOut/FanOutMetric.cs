namespace FanOut;

/// <summary>What was counted of a target, of a source or of a whole function in some time: the sums, and the values period by period.</summary>
public sealed class FanOutMetric
{
    /// <summary>What it is of: Target, Source or Function.</summary>
    public required string Scope { get; init; }

    /// <summary>The source; null: it is of the function.</summary>
    public string? SourceArn { get; init; }

    /// <summary>The name of the source's stream, table or topic; null: it is of the function.</summary>
    public string? Source { get; init; }

    /// <summary>The target's id; null: it is not of a target. Of what is registered no more the destination's name in brackets, which is no target's id.</summary>
    public string? Id { get; init; }

    /// <summary>Where the target sends, by which CloudWatch has its metrics; null: it is not of a target, or the target's row is not valid.</summary>
    public string? Destination { get; init; }

    /// <summary>Whether there is a target that sends there; of a source, whether it is connected or has a target. False: CloudWatch has it from targets that were unregistered, or got another destination.</summary>
    public bool Registered { get; init; } = true;

    /// <summary>Ids of other targets of the same source with the same destination: CloudWatch counts them together, so that each of them shows what all have.</summary>
    public string[] SharedWith { get; init; } = [];

    /// <summary>Where the first period begins; local time.</summary>
    public required DateTime StartTime { get; init; }

    /// <summary>Where the time ends; local time. The last period may not be over.</summary>
    public required DateTime EndTime { get; init; }

    /// <summary>How long each of the periods is.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>The values period by period, oldest first; periods without any are there too.</summary>
    public required IReadOnlyList<FanOutMetricPoint> Points { get; init; }

    /// <summary>Records that came in: for a target those of its source, before its filter. A record that comes again counts again.</summary>
    public long Records => Sum(static p => p.Records);

    /// <summary>Batches in which they came.</summary>
    public long Batches => Sum(static p => p.Batches);

    /// <summary>Records that were delivered; of a source or function the sum over its targets.</summary>
    public long Delivered => Sum(static p => p.Delivered);

    /// <summary>Records that were neither delivered nor put into a dead letter: they come again, or Lambda gives them up.</summary>
    public long Failed => Sum(static p => p.Failed);

    /// <summary>Records that were sent again within a batch.</summary>
    public long Retried => Sum(static p => p.Retried);

    /// <summary>Records that went to the target's dead letter.</summary>
    public long DeadLettered => Sum(static p => p.DeadLettered);

    /// <summary>Records that the target's filter left out.</summary>
    public long Filtered => Sum(static p => p.Filtered);

    /// <summary>Records of a source for which no mapping was enabled; of a target always zero.</summary>
    public long Unmapped => Sum(static p => p.Unmapped);

    /// <summary>How often an enabled mapping of the source was not valid, one per batch; of a target always zero.</summary>
    public long InvalidMappings => Sum(static p => p.InvalidMappings);

    /// <summary>Invocations of the function; of targets and sources always zero.</summary>
    public long Invocations => Sum(static p => p.Invocations);

    /// <summary>Invocations that ended with an error, such as a time-out; records that failed are none.</summary>
    public long Errors => Sum(static p => p.Errors);

    /// <summary>Invocations that Lambda refused because the function's concurrency was used up.</summary>
    public long Throttles => Sum(static p => p.Throttles);

    /// <summary>How long all batches took together: at a target the sending, of the function its invocations; of a source always zero.</summary>
    public TimeSpan TotalDuration => TimeSpan.FromTicks(Sum(static p => p.TotalDuration.Ticks));

    /// <summary>How long a batch took at the target, or an invocation of the function, on average; null: there was none.</summary>
    public TimeSpan? Duration => TotalDuration > TimeSpan.Zero && Math.Max(Invocations, Batches) is > 0 and long count ? TotalDuration / count : null;

    /// <summary>How far the function was behind at most: the greatest age that the last record of a batch had; null: of a target, or not known. It is counted for a function or alias, over all its sources.</summary>
    public TimeSpan? IteratorAge => Points.Max(static p => p.IteratorAge);

    /// <summary>The function's name.</summary>
    public required string FunctionName { get; init; }

    /// <summary>The table of mappings, name or ARN.</summary>
    public required string TableName { get; init; }

    /// <summary>The function's region.</summary>
    public required string Region { get; init; }

    /// <summary>What it is of, and what was delivered and failed.</summary>
    public override string ToString() => $"{Id ?? SourceArn ?? FunctionName}: {Delivered} delivered, {Failed} failed";

    private long Sum(Func<FanOutMetricPoint, long> value) => Points.Sum(value);
}
