namespace FanOut.Aws.Lambda;

/// <summary>The new event source mapping; it reads when its state is <c>Enabled</c>.</summary>
public sealed class CreateEventSourceMappingResponse : EventSourceMappingConfiguration;
