using Amazon.Runtime;

namespace FanOut.Aws.Firehose;

/// <summary>What became of each record of a PutRecordBatch call.</summary>
public sealed class PutRecordBatchResponse : AmazonWebServiceResponse
{
    /// <summary>How many records were refused.</summary>
    public int FailedPutCount { get; internal set; }

    /// <summary>How many records the answer speaks of; as many as were sent, or the answer is not to be trusted.</summary>
    public int RecordCount { get; internal set; }

    /// <summary>The refused ones, by their position in the request.</summary>
    public IReadOnlyList<BatchResultErrorEntry> Failed { get; internal set; } = [];
}
