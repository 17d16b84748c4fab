namespace FanOut.LocalCloud.Lambda;

/// <summary>One invocation that a <see cref="RecordingFunction"/> got.</summary>
/// <param name="Payload">The event, byte for byte.</param>
/// <param name="InvocationType"><c>RequestResponse</c> or <c>Event</c>.</param>
/// <param name="Qualifier">The alias or version that was named; null: none.</param>
public sealed record RecordedInvocation(ReadOnlyMemory<byte> Payload, string InvocationType, string? Qualifier);
