using FanOut.Engine.Batching;

namespace FanOut.Engine.Targets;

/// <summary>An HTTPS endpoint answered with another status than success.</summary>
/// <param name="failure">What it said.</param>
public sealed class HttpAnswerException(Failure failure) : Exception($"{failure.Code}: {failure.Reason}")
{
    /// <summary>What it said.</summary>
    public Failure Failure { get; } = failure;
}
