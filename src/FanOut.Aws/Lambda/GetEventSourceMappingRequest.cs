namespace FanOut.Aws.Lambda;

/// <summary>Asks for an event source mapping.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_GetEventSourceMapping.html</remarks>
public sealed class GetEventSourceMappingRequest
{
    /// <summary>The id of the event source mapping.</summary>
    public required string UUID { get; set; }
}
