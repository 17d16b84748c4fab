using Amazon.Runtime;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Sqs;

/// <summary>The result of each message of a SendMessageBatch call.</summary>
public sealed class SendMessageBatchResponse : AmazonWebServiceResponse
{
    /// <summary>How many results the answer has; if it has none, it cannot be trusted.</summary>
    public int EntryCount { get; internal set; }

    /// <summary>Those that were refused or are not confirmed, by their position in the request.</summary>
    public IReadOnlyList<BatchResultErrorEntry> Failed { get; internal set; } = [];

    /// <summary>What the answer says of each id.</summary>
    internal NamedResults Results { get; set; }
}
