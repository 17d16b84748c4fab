namespace FanOut.Engine.Batching;

/// <summary>Why a payload was not delivered.</summary>
/// <param name="Class">The class.</param>
/// <param name="Code">The target's code, or ours.</param>
/// <param name="Reason">What happened, for people; never data.</param>
public sealed record Failure(FailureClass Class, string Code, string Reason)
{
    /// <summary>The id of the request that was answered so; <see langword="null"/>: none is known.</summary>
    public string? RequestId { get; init; }
}
