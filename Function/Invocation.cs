namespace FanOut.Dispatch;

/// <summary>One invocation of the function, with the event to handle.</summary>
/// <param name="RequestId">The invocation's id.</param>
/// <param name="Deadline">When Lambda ends it.</param>
/// <param name="TraceId">The X-Ray header, to be handed on.</param>
/// <param name="Event">The event's JSON; it lies in the client's buffer, and is valid until the next event is taken.</param>
internal readonly record struct Invocation(string RequestId, DateTimeOffset Deadline, string? TraceId, ReadOnlyMemory<byte> Event);
