using FanOut.Aws.Lambda;

namespace FanOut.Deployment.Policies;

/// <summary>A stream that the function reads, or is about to read.</summary>
/// <param name="EventSourceArn">The stream's ARN, or that of its consumer.</param>
/// <param name="OnFailure">ARN of the queue, topic or bucket to which Lambda reports dropped records; null: none.</param>
internal sealed record ConnectedSource(string EventSourceArn, string? OnFailure = null)
{
    /// <summary>The source of an event source mapping.</summary>
    public static ConnectedSource Of(EventSourceMappingConfiguration eventSourceMapping) =>
        new(
            eventSourceMapping.EventSourceArn ?? "",
            eventSourceMapping.DestinationConfig?.OnFailure?.Destination is { Length: > 0 } destination ? destination : null);
}
