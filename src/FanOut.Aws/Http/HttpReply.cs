namespace FanOut.Aws.Http;

/// <summary>What an endpoint answered.</summary>
/// <param name="Status">The status.</param>
public sealed record HttpReply(int Status)
{
    /// <summary>Of one without success: how long to wait before asking again (<c>Retry-After</c>); null: it does not say so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Of a redirection: where to (<c>Location</c>), at most 128 characters; null: it does not say so.</summary>
    public string? Location { get; init; }

    /// <summary>Of one without success: how its text begins, on one line, at most 256 characters; may be empty.</summary>
    public string Excerpt { get; init; } = "";

    /// <summary>Whether the status is one of success.</summary>
    public bool IsSuccess => Status is >= 200 and <= 299;
}
