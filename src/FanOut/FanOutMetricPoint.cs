namespace FanOut;

/// <summary>What was counted in one period: of a target, of a source, or of the whole function. What was not counted is zero.</summary>
public sealed class FanOutMetricPoint
{
    /// <summary>When the period begins; local time.</summary>
    public required DateTime Time { get; init; }

    /// <summary>Records that came in: for a target those of its source, before its filter. A record that comes again counts again.</summary>
    public long Records { get; init; }

    /// <summary>Batches in which they came.</summary>
    public long Batches { get; init; }

    /// <summary>Records that were delivered; of a source or function the sum over its targets.</summary>
    public long Delivered { get; init; }

    /// <summary>Records that were neither delivered nor put into a dead letter: they come again, or Lambda gives them up.</summary>
    public long Failed { get; init; }

    /// <summary>Records that were sent again within a batch.</summary>
    public long Retried { get; init; }

    /// <summary>Records that went to the target's dead letter.</summary>
    public long DeadLettered { get; init; }

    /// <summary>Records that the target's filter left out.</summary>
    public long Filtered { get; init; }

    /// <summary>Records of a source for which no mapping was enabled; of a target always zero.</summary>
    public long Unmapped { get; init; }

    /// <summary>How often an enabled mapping of the source was not valid, one per batch; of a target always zero.</summary>
    public long InvalidMappings { get; init; }

    /// <summary>Invocations of the function; of targets and sources always zero.</summary>
    public long Invocations { get; init; }

    /// <summary>Invocations that ended with an error, such as a time-out; records that failed are none.</summary>
    public long Errors { get; init; }

    /// <summary>Invocations that Lambda refused because the function's concurrency was used up.</summary>
    public long Throttles { get; init; }

    /// <summary>How long all batches took together: at a target the sending, of the function its invocations; of a source always zero.</summary>
    public TimeSpan TotalDuration { get; init; }

    /// <summary>How long a batch took at the target, or an invocation of the function, on average; null: there was none.</summary>
    public TimeSpan? Duration => TotalDuration > TimeSpan.Zero && Math.Max(Invocations, Batches) is > 0 and long count ? TotalDuration / count : null;

    /// <summary>How far the function was behind: the greatest age that the last record of a batch had; null: of a target, or not known. It is counted for a function or alias, over all its sources.</summary>
    public TimeSpan? IteratorAge { get; init; }

    /// <summary>The time and what was delivered and failed.</summary>
    public override string ToString() => $"{Time:s} {Delivered} delivered, {Failed} failed";
}
