namespace FanOut.Aws.OpenSearchServerless;

/// <summary>Asks for collections.</summary>
/// <remarks>https://docs.aws.amazon.com/opensearch-service/latest/ServerlessAPIReference/API_BatchGetCollection.html</remarks>
public sealed class BatchGetCollectionRequest
{
    /// <summary>Their ids.</summary>
    public required IReadOnlyList<string> Ids { get; set; }
}
