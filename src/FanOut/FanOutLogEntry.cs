namespace FanOut;

/// <summary>What a function's log says of a batch at one of its targets, or in general.</summary>
public sealed class FanOutLogEntry
{
    /// <summary>When it was written; local time.</summary>
    public required DateTime Time { get; init; }

    /// <summary>debug, info, warn or error; platform: a line that is not the function's own, such as that of a time-out.</summary>
    public required string Level { get; init; }

    /// <summary>What happened: batch, or another constant text; of the platform the whole line.</summary>
    public required string Message { get; init; }

    /// <summary>The source; null: it does not concern one.</summary>
    public string? SourceArn { get; init; }

    /// <summary>The target's id; null: it does not concern one.</summary>
    public string? Id { get; init; }

    /// <summary>The target's destination.</summary>
    public string? Destination { get; init; }

    /// <summary>Records that came in; null: it is not about a batch.</summary>
    public int? Records { get; init; }

    /// <summary>Records that the target took.</summary>
    public long? Delivered { get; init; }

    /// <summary>Records that the target's filter left out.</summary>
    public long? Filtered { get; init; }

    /// <summary>Records that were sent again.</summary>
    public long? Retried { get; init; }

    /// <summary>Records that went to the target's dead letter.</summary>
    public long? DeadLettered { get; init; }

    /// <summary>Records that the target did not take for this reason, those that went to its dead letter included; a target with several reasons has an entry for each. As long as some of them failed, which come again, the level is error; where all are in the dead letter it is warn.</summary>
    public int? NotTaken { get; init; }

    /// <summary>Of an entry that is about a source as a whole: the records of the batch that Lambda was told of as failed, which come again. Null of a target; how many failed there, Get-FanOutMetric counts.</summary>
    public int? Failed { get; init; }

    /// <summary>The class of the failure: Oversize, PermanentTarget, Ambiguous …; null: nothing failed.</summary>
    public string? Class { get; init; }

    /// <summary>The service's error code, or one of FanOut's own.</summary>
    public string? Code { get; init; }

    /// <summary>Why; a sentence.</summary>
    public string? Reason { get; init; }

    /// <summary>The role that sent; null: the function's own.</summary>
    public string? Role { get; init; }

    /// <summary>How long it took: the target, or else the batch.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The id of the invocation, which all lines of a batch share.</summary>
    public string? RequestId { get; init; }

    /// <summary>The function's name.</summary>
    public required string FunctionName { get; init; }

    /// <summary>Its region.</summary>
    public required string Region { get; init; }

    /// <summary>Time, level and what happened.</summary>
    public override string ToString() => $"{Time:s} {Level} {Id ?? SourceArn} {Reason ?? Message}";
}
