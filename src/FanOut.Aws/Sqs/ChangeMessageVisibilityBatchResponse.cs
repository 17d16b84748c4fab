using Amazon.Runtime;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Sqs;

/// <summary>Which messages are hidden as long as before.</summary>
public sealed class ChangeMessageVisibilityBatchResponse : AmazonWebServiceResponse
{
    /// <summary>Those that were refused or are not confirmed, by their position in the request.</summary>
    public IReadOnlyList<BatchResultErrorEntry> Failed { get; internal set; } = [];

    /// <summary>What the answer says of each id.</summary>
    internal NamedResults Results { get; set; }
}
