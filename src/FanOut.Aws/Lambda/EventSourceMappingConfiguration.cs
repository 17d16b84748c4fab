using Amazon.Runtime;

namespace FanOut.Aws.Lambda;

/// <summary>An event source mapping; members that the answer does not have are null.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html. In the AWSSDK each response has these members
/// itself; here the responses inherit them. Settings mean what they mean in <see cref="EventSourceMappingSettings"/>.
/// </remarks>
public class EventSourceMappingConfiguration : AmazonWebServiceResponse
{
    /// <summary>Its id.</summary>
    public string? UUID { get; set; }

    /// <summary>Its ARN.</summary>
    public string? EventSourceMappingArn { get; set; }

    /// <summary>ARN of the source.</summary>
    public string? EventSourceArn { get; set; }

    /// <summary>ARN of the function.</summary>
    public string? FunctionArn { get; set; }

    /// <summary><c>Creating</c>, <c>Enabling</c>, <c>Enabled</c>, <c>Disabling</c>, <c>Disabled</c>, <c>Updating</c> or <c>Deleting</c>.</summary>
    public string? State { get; set; }

    /// <summary>Who or what brought it into its state.</summary>
    public string? StateTransitionReason { get; set; }

    /// <summary>The result of the last invocation: <c>OK</c>, <c>No records processed</c>, <c>PROBLEM: …</c></summary>
    public string? LastProcessingResult { get; set; }

    /// <summary>When it, or its state, last changed; UTC.</summary>
    public DateTime? LastModified { get; set; }

    /// <summary>The most records that an invocation gets.</summary>
    public int? BatchSize { get; set; }

    /// <summary>Seconds to wait for a full batch.</summary>
    public int? MaximumBatchingWindowInSeconds { get; set; }

    /// <summary>How many batches of a shard are processed at the same time.</summary>
    public int? ParallelizationFactor { get; set; }

    /// <summary><c>TRIM_HORIZON</c>, <c>LATEST</c> or <c>AT_TIMESTAMP</c>.</summary>
    public string? StartingPosition { get; set; }

    /// <summary>The time of <c>AT_TIMESTAMP</c>; UTC.</summary>
    public DateTime? StartingPositionTimestamp { get; set; }

    /// <summary>Whether a failed batch is cut in two and tried again.</summary>
    public bool? BisectBatchOnFunctionError { get; set; }

    /// <summary>Seconds after which a record is dropped; -1: never.</summary>
    public int? MaximumRecordAgeInSeconds { get; set; }

    /// <summary>Attempts after which a batch is dropped; -1: no bound.</summary>
    public int? MaximumRetryAttempts { get; set; }

    /// <summary>Seconds of a tumbling window; 0: none.</summary>
    public int? TumblingWindowInSeconds { get; set; }

    /// <summary><c>ReportBatchItemFailures</c> if the function answers which records failed.</summary>
    public List<string>? FunctionResponseTypes { get; set; }

    /// <summary>Where Lambda reports the records that it dropped.</summary>
    public DestinationConfig? DestinationConfig { get; set; }

    /// <summary>Which records the function gets.</summary>
    public FilterCriteria? FilterCriteria { get; set; }
}
