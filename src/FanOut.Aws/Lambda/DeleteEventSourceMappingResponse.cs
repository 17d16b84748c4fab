namespace FanOut.Aws.Lambda;

/// <summary>The event source mapping that is being deleted.</summary>
public sealed class DeleteEventSourceMappingResponse : EventSourceMappingConfiguration;
