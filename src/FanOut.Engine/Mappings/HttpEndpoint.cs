using System.Diagnostics.CodeAnalysis;

namespace FanOut.Engine.Mappings;

/// <summary>Reads destinations of the form <c>endpoint#rest</c>, where the endpoint is a host, or a URL without a path.</summary>
internal static class HttpEndpoint
{
    /// <summary>Splits at the first <c>#</c> and parses what is before it. A host alone means HTTPS.</summary>
    /// <param name="text">The destination.</param>
    /// <param name="endpoint">Scheme, host and port.</param>
    /// <param name="rest">What follows the <c>#</c>; may be empty.</param>
    /// <param name="problem">What is wrong, without the text itself, which may hold a password.</param>
    public static bool TrySplit(
        string text,
        [NotNullWhen(true)] out Uri? endpoint,
        out string rest,
        [NotNullWhen(false)] out string? problem)
    {
        int hash = text.IndexOf('#', StringComparison.Ordinal);
        (string before, rest) = hash < 0 ? (text, "") : (text[..hash], text[(hash + 1)..]);
        (endpoint, problem) = (null, null);

        if (hash < 0)
        {
            problem = "it has no '#'";
        }
        else if (before.Length == 0)
        {
            problem = "nothing stands before the '#'";
        }
        else if (!Uri.TryCreate(before.Contains("://", StringComparison.Ordinal) ? before : "https://" + before, UriKind.Absolute, out Uri? uri)
            || uri.HostNameType == UriHostNameType.Unknown
            || uri.Host.Length == 0)
        {
            problem = "what stands before the '#' is neither a host nor a URL";
        }
        else if (uri.Scheme is not ("https" or "http"))
        {
            problem = "its URL is neither https:// nor http://";
        }
        else if (uri.UserInfo.Length > 0)
        {
            problem = "it holds a user or password; requests are signed with AWS credentials instead";
        }
        else if (uri.PathAndQuery != "/")
        {
            problem = "its endpoint has a path or a query; only a host and a port may stand before the '#'";
        }
        else
        {
            endpoint = uri;
        }

        return endpoint is not null;
    }
}
