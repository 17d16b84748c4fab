using FanOut.Engine.Batching;

namespace FanOut.Local.Checks;

/// <summary>A call of a test that was not taken.</summary>
/// <param name="After">How long after the beginning it was answered.</param>
/// <param name="Failure">What the answer means.</param>
/// <param name="IsTrusted">Whether the server's certificate was accepted, as far as it came to that.</param>
internal sealed record TrialCall(TimeSpan After, Failure Failure, bool IsTrusted);
