namespace FanOut.Aws.Lambda;

/// <summary>Deletes an event source mapping.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_DeleteEventSourceMapping.html</remarks>
public sealed class DeleteEventSourceMappingRequest
{
    /// <summary>The id of the event source mapping.</summary>
    public required string UUID { get; set; }
}
