using Amazon.Runtime;

namespace FanOut.Aws.EventBridge;

/// <summary>The result of each event of a PutEvents call.</summary>
public sealed class PutEventsResponse : AmazonWebServiceResponse
{
    /// <summary>How many events were refused; null: the answer does not say so.</summary>
    public int? FailedEntryCount { get; internal set; }

    /// <summary>How many events the answer speaks of; if it is not the number that was sent, the answer cannot be trusted.</summary>
    public int EntryCount { get; internal set; }

    /// <summary>Those that were refused or are not confirmed, by their position in the request.</summary>
    public IReadOnlyList<BatchResultErrorEntry> Failed { get; internal set; } = [];
}
