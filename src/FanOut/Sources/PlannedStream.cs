using FanOut.Engine.Mappings;

namespace FanOut.Sources;

/// <summary>A stream that is to be connected, and what that takes.</summary>
/// <param name="Function">The function, or the alias that reads it.</param>
/// <param name="EventSourceArn">The stream, or its consumer.</param>
/// <param name="Settings">The wanted settings.</param>
/// <param name="Connect">Carries the plan out.</param>
/// <param name="Connection">The plan.</param>
/// <param name="Patience">How long to wait for each change.</param>
internal sealed record PlannedStream(
    FunctionDestination Function, string EventSourceArn, ConnectionSettings Settings, ConnectSource Connect, Connection Connection, TimeSpan Patience);
