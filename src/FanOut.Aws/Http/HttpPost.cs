using FanOut.Aws.Protocols;

namespace FanOut.Aws.Http;

/// <summary>A POST to an endpoint that is no service of AWS's.</summary>
/// <param name="Url">The endpoint.</param>
/// <param name="Body">The body; it is not disposed of.</param>
/// <param name="ContentType">The header <c>Content-Type</c>.</param>
/// <param name="Headers">All other headers of the caller's. One of a name replaces what stands here otherwise.</param>
public sealed record HttpPost(Uri Url, RequestBody Body, string ContentType, IReadOnlyList<KeyValuePair<string, string>> Headers);
