using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace FanOut.Aws.Protocols;

/// <summary>A request as it is sent: method, path, headers, and a body that is already written.</summary>
/// <param name="operation">The operation's name, for the user agent and the SDK's logs.</param>
/// <param name="body">The body; the caller keeps it and disposes of it after the answer. Null: the request has no content.</param>
internal sealed class WireRequest(string operation, RequestBody? body = null) : AmazonWebServiceRequest
{
    /// <summary>The operation's name.</summary>
    public string Operation => operation;

    /// <summary>The body; null: none.</summary>
    public RequestBody? Body => body;

    /// <summary>The HTTP method. Default: <c>POST</c>, the only one of AWS JSON and AWS Query.</summary>
    public string Method { get; init; } = "POST";

    /// <summary>A prefix of the endpoint's host, with its dot; null: none.</summary>
    public string? HostPrefix { get; init; }

    /// <summary>Path below the endpoint; may have a placeholder for <see cref="PathParameter"/>: <c>{x}</c>, or <c>{x+}</c> to keep slashes.</summary>
    public string Path { get; init; } = "/";

    /// <summary>The placeholder in the path and its value, not encoded.</summary>
    public KeyValuePair<string, string>? PathParameter { get; init; }

    /// <summary>A second placeholder and its value: the name of something that belongs to <see cref="PathParameter"/>.</summary>
    public KeyValuePair<string, string>? Subresource { get; set; }

    /// <summary>Query parameters, not encoded.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    /// <summary>
    /// A last change to the SDK's request, for what only a few operations need. The function uses none of these, so their code is not in its program.
    /// </summary>
    public Action<IRequest>? Amend { get; set; }

    /// <summary>The body's content type; null if there is no body.</summary>
    public string? ContentType { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; set; } = [];

    /// <summary>The query parameters whose value is not null.</summary>
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

    /// <summary>Bodies are sent at once: waiting for "100 Continue" would cost a round trip.</summary>
    protected override bool Expect100Continue => false;
}
