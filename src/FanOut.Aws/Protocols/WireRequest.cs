using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace FanOut.Aws.Protocols;

/// <summary>A request as it goes over the wire: method, path, headers and a body that is already written.</summary>
/// <param name="operation">The operation's name, for the user agent and the SDK's logs.</param>
/// <param name="body">The body; stays the caller's, who disposes it after the answer. None: the request has no content at all.</param>
internal sealed class WireRequest(string operation, RequestBody? body = null) : AmazonWebServiceRequest
{
    /// <summary>The operation's name.</summary>
    public string Operation => operation;

    /// <summary>The body, or <see langword="null"/>.</summary>
    public RequestBody? Body => body;

    /// <summary>The HTTP method. Default: <c>POST</c>, which is all that AWS JSON and Query know.</summary>
    public string Method { get; init; } = "POST";

    /// <summary>What stands before the endpoint's host, its dot included; <see langword="null"/>: nothing.</summary>
    public string? HostPrefix { get; init; }

    /// <summary>Path below the endpoint; may hold a place for <see cref="PathParameter"/>: <c>{x}</c>, or <c>{x+}</c> that keeps slashes.</summary>
    public string Path { get; init; } = "/";

    /// <summary>The place in the path and what stands there, not encoded.</summary>
    public KeyValuePair<string, string>? PathParameter { get; init; }

    /// <summary>A second place in the path, and what stands there: the name of something that <see cref="PathParameter"/> has.</summary>
    public KeyValuePair<string, string>? Subresource { get; set; }

    /// <summary>Query parameters, not encoded.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    /// <summary>A last change to the SDK's request, for what few operations need: the function, which has none of them, does not carry it.</summary>
    public Action<IRequest>? Amend { get; set; }

    /// <summary>The body's content type; <see langword="null"/> where there is no body.</summary>
    public string? ContentType { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; set; } = [];

    /// <summary>Query parameters of those that are set.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Parameters(params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        List<KeyValuePair<string, string>> set = [];
        foreach ((string name, string? value) in parameters)
        {
            if (value is not null)
            {
                set.Add(new(name, value));
            }
        }

        return set;
    }

    /// <summary>The bodies are sent at once; waiting for "100 Continue" would cost a round trip.</summary>
    protected override bool Expect100Continue => false;
}
