namespace FanOut;

/// <summary>A dead letter that was not delivered when it was sent again, or not removed.</summary>
public sealed class FanOutFailedLetter
{
    /// <summary>The sequence number of its record, or of the first of a batch; null: it says none.</summary>
    public string? SequenceNumber { get; init; }

    /// <summary>The partition key, or the keys of the item in DynamoDB's JSON; null: it says none.</summary>
    public string? Key { get; init; }

    /// <summary>In a queue: the message's id.</summary>
    public string? MessageId { get; init; }

    /// <summary>In a bucket: the key of the object.</summary>
    public string? ObjectKey { get; init; }

    /// <summary>In a file of several letters: the line, from 1.</summary>
    public int? Line { get; init; }

    /// <summary>Why: the class of the failure (Oversize, PermanentTarget …), Unreadable, or NotRemoved: it was delivered, but is still there.</summary>
    public required string Class { get; init; }

    /// <summary>The error code of the target, or one of FanOut's own; null: there is none.</summary>
    public string? Code { get; init; }

    /// <summary>Why; a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>What happened to what.</summary>
    public override string ToString() => $"{SequenceNumber ?? MessageId ?? ObjectKey} {Class} {Code}".Trim();
}
