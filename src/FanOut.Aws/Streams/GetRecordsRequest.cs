namespace FanOut.Aws.Streams;

/// <summary>Asks for the records from a place in a shard on.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html and
/// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html
/// </remarks>
public sealed class GetRecordsRequest
{
    /// <summary>The stream; DynamoDB Streams is not told.</summary>
    public string? StreamARN { get; set; }

    /// <summary>The place.</summary>
    public string? ShardIterator { get; set; }

    /// <summary>How many records there may be: at most 10,000 of Kinesis, 1,000 of DynamoDB Streams, which are also the defaults.</summary>
    public int? Limit { get; set; }
}
