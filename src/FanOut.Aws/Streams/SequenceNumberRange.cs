namespace FanOut.Aws.Streams;

/// <summary>From which to which sequence number a shard has records.</summary>
public sealed class SequenceNumberRange
{
    /// <summary>The first number that it may have.</summary>
    public string? StartingSequenceNumber { get; set; }

    /// <summary>The last one; null: the shard is open, and gets more.</summary>
    public string? EndingSequenceNumber { get; set; }
}
