namespace FanOut.Aws.Lambda;

/// <summary>The event source mapping; the change is in effect when its state is no longer <c>Updating</c>, <c>Enabling</c> or <c>Disabling</c>.</summary>
public sealed class UpdateEventSourceMappingResponse : EventSourceMappingConfiguration;
