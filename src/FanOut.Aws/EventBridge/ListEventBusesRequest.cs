namespace FanOut.Aws.EventBridge;

/// <summary>Asks for a page of the region's event buses.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListEventBuses.html</remarks>
public sealed class ListEventBusesRequest
{
    /// <summary>How many a page may have, 1 to 100.</summary>
    public int? Limit { get; set; }

    /// <summary>Where the page begins, from the page before; null: the first.</summary>
    public string? NextToken { get; set; }
}
