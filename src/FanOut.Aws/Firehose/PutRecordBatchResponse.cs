using Amazon.Runtime;

namespace FanOut.Aws.Firehose;

/// <summary>The result of each record of a PutRecordBatch call.</summary>
public sealed class PutRecordBatchResponse : AmazonWebServiceResponse
{
    /// <summary>How many records were refused; null: the answer does not say so.</summary>
    public int? FailedPutCount { get; internal set; }

    /// <summary>How many records the answer speaks of; if it is not the number that was sent, the answer cannot be trusted.</summary>
    public int RecordCount { get; internal set; }

    /// <summary>Those that were refused or are not confirmed, by their position in the request.</summary>
    public IReadOnlyList<BatchResultErrorEntry> Failed { get; internal set; } = [];
}
