namespace FanOut.Aws.EventBridge;

/// <summary>Asks for an event bus.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeEventBus.html</remarks>
public sealed class DescribeEventBusRequest
{
    /// <summary>The event bus, by its name or ARN.</summary>
    public required string Name { get; set; }
}
