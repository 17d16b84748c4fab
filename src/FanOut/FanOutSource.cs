namespace FanOut;

/// <summary>A source of a fan-out function and the chain behind it: source, event source mapping, function, targets. Its properties are named as the parameters that take them.</summary>
public sealed class FanOutSource
{
    /// <summary>The stream or topic, without a consumer; it is the key of its targets.</summary>
    public required string SourceArn { get; init; }

    /// <summary>The consumer of the stream that the function reads through, where it uses enhanced fan-out.</summary>
    public string? ConsumerArn { get; init; }

    /// <summary>The name of the stream, of the table whose stream it is, or of the topic.</summary>
    public required string Name { get; init; }

    /// <summary>Kinesis, DynamoDB or SNS; of anything else the name of the service.</summary>
    public required string Kind { get; init; }

    /// <summary>The id of the event source mapping; none: there is no mapping.</summary>
    public string? Uuid { get; init; }

    /// <summary>The function that the mapping calls, with its alias or version; none: there is no mapping.</summary>
    public string? FunctionArn { get; init; }

    /// <summary>Creating, Enabling, Enabled, Disabling, Disabled, Updating or Deleting; NotConnected where there is no event source mapping; Unknown for a topic, whose subscriptions Lambda does not tell.</summary>
    public required string State { get; init; }

    /// <summary>Who or what brought the mapping into its state.</summary>
    public string? StateTransitionReason { get; init; }

    /// <summary>How the last invocation went, in Lambda's words: OK, No records processed, PROBLEM: …</summary>
    public string? LastProcessingResult { get; init; }

    /// <summary>When the mapping or its state last changed; UTC.</summary>
    public DateTime? LastModified { get; init; }

    /// <summary>Records an invocation gets at most.</summary>
    public int? BatchSize { get; init; }

    /// <summary>How long is waited for a full batch.</summary>
    public TimeSpan? BatchingWindow { get; init; }

    /// <summary>Batches of a shard at the same time.</summary>
    public int? ParallelizationFactor { get; init; }

    /// <summary>Where reading began.</summary>
    public StreamPosition? StartingPosition { get; init; }

    /// <summary>The time where reading began, for AtTimestamp; UTC.</summary>
    public DateTime? StartingPositionTimestamp { get; init; }

    /// <summary>Whether the function says which records of a batch failed.</summary>
    public bool? ReportBatchItemFailures { get; init; }

    /// <summary>Whether a batch that failed is cut in two.</summary>
    public bool? BisectBatchOnFunctionError { get; init; }

    /// <summary>How often a batch is sent again before it is dropped; -1: for ever.</summary>
    public int? MaximumRetryAttempts { get; init; }

    /// <summary>The age at which a record is dropped; -1 second: never.</summary>
    public TimeSpan? MaximumRecordAge { get; init; }

    /// <summary>The queue, topic or bucket that is told of dropped records; none: they are dropped silently.</summary>
    public string? OnFailureDestination { get; init; }

    /// <summary>How many targets get the records; none: the table was not read.</summary>
    public int? ActiveTargets { get; init; }

    /// <summary>How many targets are registered; none: the table was not read.</summary>
    public int? AllTargets { get; init; }

    /// <summary>How far the function is behind: the oldest age of a last record in the last minutes, of all sources of this function or alias together; none: CloudWatch has no value, or was not asked.</summary>
    public TimeSpan? IteratorAge { get; init; }

    /// <summary>What is missing or wrong, the worst first; each with the command that mends it.</summary>
    public string[] Problems { get; init; } = [];

    /// <summary>OK, or the first problem and how many there are.</summary>
    public string Status => Problems switch
    {
        [] => "OK",
        [var only] => only,
        [var first, ..] => $"({Problems.Length}) {first}",
    };

    /// <summary>Active targets of all targets, for the table view.</summary>
    public string Targets => AllTargets is { } all ? $"{ActiveTargets} of {all}" : "";

    /// <summary>The region of the function and its table.</summary>
    public required string Region { get; init; }

    /// <summary>The function's name.</summary>
    public required string FunctionName { get; init; }

    /// <summary>The table of mappings, name or ARN.</summary>
    public required string TableName { get; init; }

    /// <summary>The source and its function.</summary>
    public override string ToString() => $"{SourceArn} of {FunctionName}";
}
