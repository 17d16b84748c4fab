namespace FanOut.Aws.Lambda;

/// <summary>An event source mapping.</summary>
public sealed class GetEventSourceMappingResponse : EventSourceMappingConfiguration;
