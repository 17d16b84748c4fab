using Amazon.Runtime;

namespace FanOut.Aws.EventBridge;

/// <summary>A page of event buses.</summary>
public sealed class ListEventBusesResponse : AmazonWebServiceResponse
{
    /// <summary>The event buses.</summary>
    public List<EventBus>? EventBuses { get; set; }

    /// <summary>What the next page begins with; null: there is none.</summary>
    public string? NextToken { get; set; }
}
