namespace FanOut.Aws.Lambda;

/// <summary>The settings with which an event source mapping is created or changed; null: not sent.</summary>
/// <remarks>In the AWSSDK both requests have these members themselves; here they inherit them.</remarks>
public abstract class EventSourceMappingSettings
{
    /// <summary>The function's name or ARN, with a version or alias if need be. Required for a new one.</summary>
    public string? FunctionName { get; set; }

    /// <summary>Whether the source is read. Default of a new one: true.</summary>
    public bool? Enabled { get; set; }

    /// <summary>The most records that an invocation gets, 1 to 10,000. Default of streams: 100.</summary>
    public int? BatchSize { get; set; }

    /// <summary>Seconds to wait for a full batch, 0 to 300. Default: 0.</summary>
    public int? MaximumBatchingWindowInSeconds { get; set; }

    /// <summary>Streams: how many batches of a shard are processed at the same time, 1 to 10. Default: 1.</summary>
    public int? ParallelizationFactor { get; set; }

    /// <summary>Streams: whether a failed batch is cut in two and tried again. Default: false.</summary>
    public bool? BisectBatchOnFunctionError { get; set; }

    /// <summary>Streams: seconds after which a record is dropped, 60 to 604,800. Default: -1, never.</summary>
    public int? MaximumRecordAgeInSeconds { get; set; }

    /// <summary>Streams: attempts after which a batch is dropped, 0 to 10,000. Default: -1, no bound.</summary>
    public int? MaximumRetryAttempts { get; set; }

    /// <summary>Streams: seconds of a tumbling window, 0 to 900. Default: 0, none.</summary>
    public int? TumblingWindowInSeconds { get; set; }

    /// <summary><c>ReportBatchItemFailures</c> if the function answers which records failed; empty: it does not.</summary>
    public List<string>? FunctionResponseTypes { get; set; }

    /// <summary>Where Lambda reports the records that it dropped.</summary>
    public DestinationConfig? DestinationConfig { get; set; }

    /// <summary>Which records the function gets. Default: all.</summary>
    public FilterCriteria? FilterCriteria { get; set; }
}
