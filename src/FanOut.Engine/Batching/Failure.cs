namespace FanOut.Engine.Batching;

/// <summary>Why a payload was not delivered.</summary>
/// <param name="Class">What kind of failure it is, which decides what happens next.</param>
/// <param name="Code">The target's error code, or one of FanOut's own.</param>
/// <param name="Reason">What happened, for people to read; it never holds data.</param>
public sealed record Failure(FailureClass Class, string Code, string Reason)
{
    /// <summary>The id of the request that failed; <see langword="null"/>: it is not known.</summary>
    public string? RequestId { get; init; }
}
