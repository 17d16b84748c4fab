using System.ComponentModel;
using System.Management.Automation;
using FanOut.Views;

namespace FanOut;

/// <summary>A source of a fan-out function and the chain behind it: source, event source mapping, function, targets. Its properties have the names of the parameters that they bind to in a pipeline.</summary>
public sealed class FanOutSource
{
    /// <summary>The ARN of the stream or topic, without a consumer; the targets are registered under it.</summary>
    public required string SourceArn { get; init; }

    /// <summary>The ARN of the stream's consumer, if the function reads with enhanced fan-out; else null.</summary>
    public string? ConsumerArn { get; init; }

    /// <summary>The name of the stream, of the table whose stream it is, or of the topic.</summary>
    public required string Name { get; init; }

    /// <summary>Kinesis, DynamoDB or SNS; null: the function reads something else, of which FanOut can make nothing.</summary>
    public string? SourceType { get; init; }

    /// <summary>The id of the event source mapping; null: there is none, as for a topic.</summary>
    public string? Uuid { get; init; }

    /// <summary>The function's subscription to a topic; null: there is none.</summary>
    public string? SubscriptionArn { get; init; }

    /// <summary>The function that the event source mapping or the topic calls, with its alias or version; null: there is no connection.</summary>
    public string? FunctionArn { get; init; }

    /// <summary>Creating, Enabling, Enabled, Disabling, Disabled, Updating or Deleting; NotConnected if there is no event source mapping. Of a topic: Enabled, Disabled or NotConnected; Unknown if the function's policy or the topic's subscriptions may not be read.</summary>
    public required string State { get; init; }

    /// <summary>Who or what brought the event source mapping into its state.</summary>
    public string? StateTransitionReason { get; init; }

    /// <summary>The result of the last invocation, in Lambda's words: OK, No records processed, PROBLEM: …</summary>
    public string? LastProcessingResult { get; init; }

    /// <summary>When the event source mapping or its state last changed; UTC.</summary>
    public DateTime? LastModified { get; init; }

    /// <summary>The most records that an invocation gets.</summary>
    public int? BatchSize { get; init; }

    /// <summary>How long Lambda waits for a full batch.</summary>
    public TimeSpan? BatchingWindow { get; init; }

    /// <summary>How many batches of a shard are processed at the same time.</summary>
    public int? ParallelizationFactor { get; init; }

    /// <summary>Where reading starts.</summary>
    public StreamPosition? StartingPosition { get; init; }

    /// <summary>The time where reading starts, for AtTimestamp; UTC.</summary>
    public DateTime? StartingPositionTimestamp { get; init; }

    /// <summary>Whether Lambda asks the function which records of a batch failed.</summary>
    public bool? ReportBatchItemFailures { get; init; }

    /// <summary>Whether a batch that failed is cut in two.</summary>
    public bool? BisectBatchOnFunctionError { get; init; }

    /// <summary>How often a batch is sent again before it is dropped; -1: for ever. Of a topic, as the next two: how Lambda treats messages of all topics of the function.</summary>
    public int? MaximumRetryAttempts { get; init; }

    /// <summary>The age at which a record is dropped; -1 second: never.</summary>
    public TimeSpan? MaximumRecordAge { get; init; }

    /// <summary>The queue, topic or bucket to which Lambda reports dropped records; null: they are dropped silently.</summary>
    public string? OnFailureDestination { get; init; }

    /// <summary>How many targets get the records; null: the table was not read.</summary>
    public int? EnabledTargets { get; init; }

    /// <summary>How many targets are registered; null: the table was not read.</summary>
    public int? AllTargets { get; init; }

    /// <summary>How far the function is behind: the greatest age that the last record of a batch had in the last minutes, over all sources of this function or alias together; null: CloudWatch has no value, or was not asked.</summary>
    public TimeSpan? IteratorAge { get; init; }

    /// <summary>What is missing or wrong, the worst first; each with the command that repairs it.</summary>
    public string[] Problems { get; init; } = [];

    /// <summary>OK, or the first problem in short and how many there are, without the commands that repair them; "Targets not known" where nothing is wrong but they could not be read.</summary>
    public string Status => ProblemText.Status(Problems, AllTargets is not null);

    /// <summary>The earlier name of <see cref="EnabledTargets"/>, for scripts that have it.</summary>
    [Hidden]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public int? ActiveTargets => EnabledTargets;

    /// <summary>Enabled targets of all targets, for the table view.</summary>
    public string Targets => AllTargets is { } all ? $"{EnabledTargets} of {all}" : "";

    /// <summary>The region of the function and its table.</summary>
    public required string Region { get; init; }

    /// <summary>The function's name.</summary>
    public required string FunctionName { get; init; }

    /// <summary>The table of mappings, name or ARN.</summary>
    public required string TableName { get; init; }

    /// <summary>The source and its function.</summary>
    public override string ToString() => $"{SourceArn} of {FunctionName}";
}
