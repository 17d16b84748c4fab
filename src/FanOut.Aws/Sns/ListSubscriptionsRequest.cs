namespace FanOut.Aws.Sns;

/// <summary>Asks for a page of the caller's subscriptions in the region, at most 100.</summary>
/// <remarks>https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptions.html</remarks>
public sealed class ListSubscriptionsRequest
{
    /// <summary>Where the page begins: the last page's <see cref="ListSubscriptionsResponse.NextToken"/>.</summary>
    public string? NextToken { get; set; }
}
