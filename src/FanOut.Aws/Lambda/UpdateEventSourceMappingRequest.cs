namespace FanOut.Aws.Lambda;

/// <summary>Changes an event source mapping: only what is set.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html</remarks>
public sealed class UpdateEventSourceMappingRequest : EventSourceMappingSettings
{
    /// <summary>The id of the event source mapping.</summary>
    public required string UUID { get; set; }
}
