namespace FanOut.Aws.EventBridge;

/// <summary>An event bus of a list.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EventBus.html</remarks>
public sealed class EventBus
{
    /// <summary>Its name.</summary>
    public string? Name { get; set; }

    /// <summary>Its ARN.</summary>
    public string? Arn { get; set; }
}
