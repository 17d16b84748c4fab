namespace FanOut.Aws.DynamoDBStreams;

/// <summary>Asks for a stream with a page of its shards.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_DescribeStream.html</remarks>
public sealed class DescribeStreamRequest
{
    /// <summary>The stream.</summary>
    public string? StreamArn { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="StreamDescription.LastEvaluatedShardId"/>.</summary>
    public string? ExclusiveStartShardId { get; set; }

    /// <summary>How many shards a page may have, 1 to 100, which is the default.</summary>
    public int? Limit { get; set; }
}
