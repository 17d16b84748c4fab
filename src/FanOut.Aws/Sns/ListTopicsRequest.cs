namespace FanOut.Aws.Sns;

/// <summary>Asks for a page of the region's topics, at most 100.</summary>
/// <remarks>https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html</remarks>
public sealed class ListTopicsRequest
{
    /// <summary>Where the page begins: the last page's <see cref="ListTopicsResponse.NextToken"/>.</summary>
    public string? NextToken { get; set; }
}
