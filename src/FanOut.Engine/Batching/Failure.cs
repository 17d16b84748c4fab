using FanOut.Aws;

namespace FanOut.Engine.Batching;

/// <summary>Why a payload was not delivered.</summary>
/// <param name="Class">What kind of failure it is, which decides what happens next.</param>
/// <param name="Code">The target's error code, or one of FanOut's own.</param>
/// <param name="Reason">What happened, for people to read; it never holds data.</param>
public sealed record Failure(FailureClass Class, string Code, string Reason)
{
    // Text from other servers is cut when it arrives. The limit here leaves room for what FanOut writes around it.
    private const int MostCharacters = 2 * OutsideText.MostCharacters;

    private readonly string? _requestId;

    /// <summary>How long to wait at least before it is sent again, as the target said; null: it said nothing.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The target's error code, or one of FanOut's own; at most 128 characters.</summary>
    public string Code { get; init; } = OutsideText.Cut(Code, OutsideText.MostOfWord);

    /// <summary>What happened, for people to read; it never holds data. At most 2,048 characters, then it says how many are left out.</summary>
    public string Reason { get; init; } = OutsideText.Cut(Reason, MostCharacters);

    /// <summary>The id of the request that failed, at most 128 characters; null: it is not known.</summary>
    public string? RequestId
    {
        get => _requestId;
        init => _requestId = value is null ? null : OutsideText.Cut(value, OutsideText.MostOfWord);
    }
}
