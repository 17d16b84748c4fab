using Amazon.Runtime;

namespace FanOut.Aws.Sqs;

/// <summary>What became of each message of a SendMessageBatch call.</summary>
public sealed class SendMessageBatchResponse : AmazonWebServiceResponse
{
    /// <summary>How many messages the answer speaks of; as many as were sent, or the answer is not to be trusted.</summary>
    public int EntryCount { get; internal set; }

    /// <summary>The refused ones, by their position in the request.</summary>
    public IReadOnlyList<BatchResultErrorEntry> Failed { get; internal set; } = [];
}
