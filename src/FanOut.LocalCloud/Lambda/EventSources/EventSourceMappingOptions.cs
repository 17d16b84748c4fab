namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>
/// The settings of an event source mapping for streams, with Lambda's names, bounds and defaults
/// (https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html).
/// </summary>
public sealed record EventSourceMappingOptions
{
    /// <summary>The most records of one event, 1 to 10,000.</summary>
    /// <value>100</value>
    public int BatchSize { get; init; } = 100;

    /// <summary>How long to wait until a batch is full, up to 300 s; zero: not at all.</summary>
    /// <value>Zero</value>
    public TimeSpan MaximumBatchingWindow { get; init; }

    /// <summary>Where to begin.</summary>
    /// <value><see cref="StartingPosition.TrimHorizon"/></value>
    public StartingPosition StartingPosition { get; init; }

    /// <summary>The time for <see cref="StartingPosition.AtTimestamp"/>, and only for it.</summary>
    public DateTimeOffset? StartingPositionTimestamp { get; init; }

    /// <summary>How many batches of one shard are processed at a time, 1 to 10; records of one partition key stay in order.</summary>
    /// <value>1</value>
    public int ParallelizationFactor { get; init; } = 1;

    /// <summary>Whether a failed batch is split before it is sent again. Splitting does not consume the retry quota.</summary>
    public bool BisectBatchOnFunctionError { get; init; }

    /// <summary>How often the same batch is sent again before its records are discarded, 0 to 10,000; -1 is for ever.</summary>
    /// <value>-1</value>
    public int MaximumRetryAttempts { get; init; } = -1;

    /// <summary>Records older than this, 60 s to 7 days, are discarded; null keeps them whatever their age.</summary>
    /// <value>null</value>
    public TimeSpan? MaximumRecordAge { get; init; }

    /// <summary>Whether the function's answer may name failed records (<c>FunctionResponseTypes</c>: <c>ReportBatchItemFailures</c>).</summary>
    public bool ReportBatchItemFailures { get; init; }

    /// <summary>The on-failure destination, which gets the description of each discarded batch; null: none.</summary>
    public Func<DiscardedBatch, Task>? OnFailure { get; init; }

    /// <summary>Gets the metric IteratorAge after each invocation: the age of its last record when that was sent; null: it is not published.</summary>
    public Action<TimeSpan>? OnIteratorAge { get; init; }

    /// <summary>The wait before the first retry; it doubles with each failure in a row. Lambda's own is not documented.</summary>
    /// <value>1 s</value>
    public TimeSpan RetryBaseDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between retries.</summary>
    /// <value>1 minute</value>
    public TimeSpan RetryMaximumDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Checks all bounds.</summary>
    /// <exception cref="ArgumentException">A setting is out of bounds; the message names it and its bounds.</exception>
    public void Validate()
    {
        Within(BatchSize, 1, 10_000, nameof(BatchSize));
        Within(MaximumBatchingWindow.TotalSeconds, 0, 300, nameof(MaximumBatchingWindow) + " (seconds)");
        Within(ParallelizationFactor, 1, 10, nameof(ParallelizationFactor));
        Within(MaximumRetryAttempts, -1, 10_000, nameof(MaximumRetryAttempts));
        Within((MaximumRecordAge ?? TimeSpan.FromSeconds(60)).TotalSeconds, 60, 604_800, nameof(MaximumRecordAge) + " (seconds)");
        if (StartingPosition == StartingPosition.AtTimestamp != StartingPositionTimestamp.HasValue)
        {
            throw new ArgumentException("StartingPositionTimestamp goes with StartingPosition AT_TIMESTAMP: give both or neither.");
        }
    }

    private static void Within(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most))
        {
            throw new ArgumentException(FormattableString.Invariant($"{name} is {value}; it must be from {least} to {most}."));
        }
    }
}
