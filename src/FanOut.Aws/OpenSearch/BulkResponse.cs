using Amazon.Runtime;

namespace FanOut.Aws.OpenSearch;

/// <summary>The result of each action of a <c>_bulk</c> call.</summary>
public sealed class BulkResponse : AmazonWebServiceResponse
{
    /// <summary>How many actions the answer speaks of; if it is not the number that was sent, the answer cannot be trusted.</summary>
    public int ItemCount { get; internal set; }

    /// <summary>The actions whose status is not 2xx, or that have an error beside it.</summary>
    public IReadOnlyList<BulkItem> NotDone { get; internal set; } = [];
}
