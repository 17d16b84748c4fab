namespace FanOut.DeadLetters;

/// <summary>A letter as it lies in a queue or a bucket, not read yet.</summary>
/// <param name="Body">Its text.</param>
/// <param name="Stored">When it was stored; null: that is not known.</param>
internal sealed record StoredLetter(string Body, DateTimeOffset? Stored)
{
    /// <summary>What is wrong with an object that has no bytes.</summary>
    public const string Empty = "It is empty.";

    /// <summary>In a queue: the message's id.</summary>
    public string? MessageId { get; init; }

    /// <summary>In a queue: what deletes the message.</summary>
    public string? ReceiptHandle { get; init; }

    /// <summary>In a queue: how often it was received.</summary>
    public int? ReceiveCount { get; init; }

    /// <summary>In a bucket: the object's key.</summary>
    public string? ObjectKey { get; init; }

    /// <summary>In a bucket: the line, from 1.</summary>
    public int? Line { get; init; }

    /// <summary>Why its text could not be had; null: it could.</summary>
    public string? Problem { get; init; }
}
