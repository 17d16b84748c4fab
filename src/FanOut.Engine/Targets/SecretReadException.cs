using FanOut.Engine.Batching;

namespace FanOut.Engine.Targets;

/// <summary>The headers of an http target could not be had of its secret. Nothing was sent.</summary>
/// <param name="failure">Why; it names the secret, and nothing that is in it.</param>
public sealed class SecretReadException(Failure failure) : Exception($"{failure.Code}: {failure.Reason}")
{
    /// <summary>Why.</summary>
    public Failure Failure { get; } = failure;
}
