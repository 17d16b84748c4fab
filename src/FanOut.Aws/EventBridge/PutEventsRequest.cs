namespace FanOut.Aws.EventBridge;

/// <summary>Sends up to 10 events to one event bus.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html; there each entry has a bus and resources of its own, here they are the
/// same for all.
/// </remarks>
public sealed class PutEventsRequest
{
    /// <summary>The event bus, by its name or ARN.</summary>
    public required string EventBusName { get; init; }

    /// <summary>The ARN of the resource that the events are about.</summary>
    public required string Resource { get; init; }

    /// <summary>The events, in order.</summary>
    public ReadOnlyMemory<PutEventsRequestEntry> Entries { get; init; }
}
