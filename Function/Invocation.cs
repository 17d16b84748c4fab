namespace FanOut.Dispatch;

/// <summary>An event to be handled.</summary>
/// <param name="RequestId">The invocation's id.</param>
/// <param name="Deadline">When Lambda ends it.</param>
/// <param name="TraceId">The X-Ray header, to be handed on.</param>
/// <param name="Event">The event's JSON; in the runtime's buffer until the next one is taken.</param>
internal readonly record struct Invocation(string RequestId, DateTimeOffset Deadline, string? TraceId, ReadOnlyMemory<byte> Event);
