using Amazon.Runtime;

namespace FanOut.Aws.Sns;

/// <summary>The result of each message of a PublishBatch call.</summary>
public sealed class PublishBatchResponse : AmazonWebServiceResponse
{
    /// <summary>How many messages the answer speaks of; if it is not the number that was sent, the answer cannot be trusted.</summary>
    public int EntryCount { get; internal set; }

    /// <summary>The refused ones, by their position in the request.</summary>
    public IReadOnlyList<BatchResultErrorEntry> Failed { get; internal set; } = [];
}
