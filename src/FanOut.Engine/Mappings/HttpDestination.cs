using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using FanOut.Aws.Http;

namespace FanOut.Engine.Mappings;

/// <summary>An HTTPS endpoint to which records are posted: <c>https://host[:port]/path?query</c>.</summary>
/// <remarks>There are no secrets in it: it is shown in logs, metrics and dead letters.</remarks>
/// <param name="Text">The text as it stands in the table.</param>
/// <param name="Url">The endpoint.</param>
public sealed record HttpDestination(string Text, Uri Url) : Destination(Text)
{
    // What web servers and proxies take at least of the first line of a request: https://www.rfc-editor.org/rfc/rfc9110#section-4.1
    private const int LongestUrl = 8_000;

    // Those of US-ASCII that no URL has, and that .NET would write in another way: https://www.rfc-editor.org/rfc/rfc3986#section-2
    private static readonly SearchValues<char> NotInUrls = SearchValues.Create([.. Enumerable.Range(0, 33).Select(static c => (char)c), '"', '<', '>', '\\', '^', '`', '{', '|', '}', '\x7f']);

    /// <summary>Parses an endpoint.</summary>
    /// <inheritdoc cref="Destination.TryParse"/>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out HttpDestination? destination,
        [NotNullWhen(false)] out string? problem)
    {
        destination = null;
        problem = !Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.HostNameType == UriHostNameType.Unknown || url.Host.Length == 0 ? "it is not a URL"
            : url.Scheme != Uri.UriSchemeHttps ? "its URL does not begin with https://; records and headers are sent over TLS only"
            : text.AsSpan().IndexOfAny(NotInUrls) is var at and >= 0 ? Stray(text[at])
            : url.UserInfo.Length > 0 ? "it holds a user or password, which would be shown in logs"
            : text.Contains('#', StringComparison.Ordinal) ? "it has a fragment, '#…', which is never sent to a server"
            : IPAddress.TryParse(url.Host, out IPAddress? address) && AddressRules.PublicAndPrivate.WhyNot(address) is { } why ? $"{url.Host} is {why}"
            : text.Length > LongestUrl ? $"it has more than {LongestUrl} characters"
            : null;
        if (problem is null)
        {
            destination = new HttpDestination(text, url!);
            return true;
        }

        problem += "; http takes https://host/path, with a port and a query where they are needed, as in https://api.example.com/orders?version=2";
        return false;
    }

    private static string Stray(char found) => found is '<' or '>' ? "it has values of the record in it, or at least a '<' or '>', and an endpoint is the same for all records"
        : found <= ' ' || found == '\x7f' ? "it has a blank, a line break or another character that is not shown"
        : $"it has a '{found}', which no URL has; %{(int)found:X2} stands for it";
}
