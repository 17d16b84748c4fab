using FanOut.Aws.Protocols;

namespace FanOut.Aws.Http;

/// <summary>A POST to an endpoint that is no service of AWS's.</summary>
/// <param name="Url">The endpoint.</param>
/// <param name="Body">The body; it is not disposed of.</param>
/// <param name="ContentType">The header <c>Content-Type</c>.</param>
/// <param name="Headers">All other headers of the caller's. One of a name replaces what stands here otherwise.</param>
public sealed record HttpPost(Uri Url, RequestBody Body, string ContentType, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    /// <summary>What is not to be told of what is answered, should it quote it, the longest first. Default: nothing.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    /// <summary>The endpoint, and nothing that may be a secret.</summary>
    public override string ToString() => $"POST {Url}";
}
