namespace FanOut;

/// <summary>How many dead letters of a target have the same reason.</summary>
public sealed class FanOutDeadLetterGroup
{
    /// <summary>The target's id; null: Lambda gave up, so that it is not known which targets lack the records.</summary>
    public string? Id { get; init; }

    /// <summary>The source; null: the letters could not be read.</summary>
    public string? SourceArn { get; init; }

    /// <summary>How many letters.</summary>
    public required int Count { get; init; }

    /// <summary>How many records they are, as far as that is known.</summary>
    public required int Records { get; init; }

    /// <summary>The class of the failure, or Lambda's condition; Unreadable: the letters could not be read.</summary>
    public required string Class { get; init; }

    /// <summary>The error code.</summary>
    public string? Code { get; init; }

    /// <summary>Why, as the latest letter says it.</summary>
    public string? Reason { get; init; }

    /// <summary>The time of the earliest letter; local time.</summary>
    public DateTime? First { get; init; }

    /// <summary>The time of the latest letter; local time.</summary>
    public DateTime? Last { get; init; }

    /// <summary>Where they lie: the queue's URL, or s3://bucket/prefix.</summary>
    public required string DeadLetter { get; init; }

    /// <summary>The region of the queue or bucket.</summary>
    public required string Region { get; init; }

    /// <summary>How many, of which target, and why.</summary>
    public override string ToString() => $"{Count} {Id ?? SourceArn} {Class} {Code}".TrimEnd();
}
