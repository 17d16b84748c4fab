namespace FanOut.Aws.Streams;

/// <summary>Asks for a place in a shard to read from.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html and
/// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html
/// </remarks>
public sealed class GetShardIteratorRequest
{
    /// <summary>The stream.</summary>
    public string? StreamARN { get; set; }

    /// <summary>Kinesis: the stream's name, instead of its ARN or beside it.</summary>
    public string? StreamName { get; set; }

    /// <summary>The shard.</summary>
    public string? ShardId { get; set; }

    /// <summary><c>TRIM_HORIZON</c>, <c>LATEST</c>, <c>AT_SEQUENCE_NUMBER</c>, <c>AFTER_SEQUENCE_NUMBER</c> or, only of Kinesis, <c>AT_TIMESTAMP</c>.</summary>
    public string? ShardIteratorType { get; set; }

    /// <summary>Where a sequence number is named: which one. DynamoDB Streams calls it <c>SequenceNumber</c>, Kinesis <c>StartingSequenceNumber</c>.</summary>
    public string? SequenceNumber { get; set; }

    /// <summary>Where a time is named: which one.</summary>
    public DateTime? Timestamp { get; set; }
}
