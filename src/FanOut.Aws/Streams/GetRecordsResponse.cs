using Amazon.Runtime;

namespace FanOut.Aws.Streams;

/// <summary>Records of a shard.</summary>
/// <typeparam name="TRecord">What a record is.</typeparam>
public sealed class GetRecordsResponse<TRecord> : AmazonWebServiceResponse
{
    /// <summary>The records. That there are none does not mean that there are none behind them.</summary>
    public List<TRecord>? Records { get; set; }

    /// <summary>The place behind them; null: the shard is closed, and they were its last.</summary>
    public string? NextShardIterator { get; set; }

    /// <summary>Kinesis: how many milliseconds the place is behind the newest record; 0: it is at the end. Null for DynamoDB Streams, which does not tell.</summary>
    public long? MillisBehindLatest { get; set; }
}
