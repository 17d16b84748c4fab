using Amazon.Runtime;

namespace FanOut.Aws.Protocols;

/// <summary>A request as it goes over the wire: method, path, headers and a body that is already written.</summary>
/// <param name="operation">The operation's name, for the user agent and the SDK's logs.</param>
/// <param name="body">The body; stays the caller's, who disposes it after the answer.</param>
internal sealed class WireRequest(string operation, RequestBody body) : AmazonWebServiceRequest
{
    /// <summary>The operation's name.</summary>
    public string Operation => operation;

    /// <summary>The body.</summary>
    public RequestBody Body => body;

    /// <summary>Path below the endpoint; may hold a place for <see cref="PathParameter"/>: <c>{x}</c>, or <c>{x+}</c> that keeps slashes.</summary>
    public string Path { get; init; } = "/";

    /// <summary>The place in the path and what stands there, not encoded.</summary>
    public KeyValuePair<string, string>? PathParameter { get; init; }

    /// <summary>Query parameters, not encoded.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    /// <summary>The body's content type.</summary>
    public required string ContentType { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; set; } = [];

    /// <summary>The bodies are sent at once; waiting for "100 Continue" would cost a round trip.</summary>
    protected override bool Expect100Continue => false;
}
