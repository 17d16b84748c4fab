using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace FanOut.Engine.Mappings;

/// <summary>An index of Elasticsearch, OpenSearch or OpenSearch Serverless: <c>endpoint#index</c> or <c>endpoint#index/type</c>.</summary>
/// <param name="Text">The text as it stands in the table.</param>
/// <param name="Endpoint">Scheme, host and port. A host alone means HTTPS; <c>http://localhost:9200</c> is a local one.</param>
/// <param name="Path">
/// What goes between the host and <c>/_bulk</c>, literally: no slash around it, percent-encoded where a path needs it.
/// What is already percent-encoded stays so.
/// </param>
/// <param name="IsServerless">Whether it is OpenSearch Serverless, whose requests are signed for <c>aoss</c> instead of <c>es</c>.</param>
/// <param name="DomainRegion">The region that the host names; <see langword="null"/> for a host of one's own.</param>
public sealed record IndexDestination(string Text, Uri Endpoint, string Path, bool IsServerless, string? DomainRegion) : Destination(Text)
{
    /// <inheritdoc/>
    public override string? Region => DomainRegion;

    /// <summary>Parses an endpoint and an index.</summary>
    /// <inheritdoc cref="Destination.TryParse"/>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out IndexDestination? destination,
        [NotNullWhen(false)] out string? problem)
    {
        destination = null;
        if (HttpEndpoint.TrySplit(text, out Uri? endpoint, out string rest, out problem))
        {
            string path = rest.Trim('/');
            if (path.Length == 0)
            {
                problem = "no index follows the '#'";
            }
            else if (path.Split('/').Any(segment => segment is "" or "." or ".."))
            {
                problem = "the index has an empty part, or one that is only dots";
            }
            else
            {
                string host = endpoint.Host;
                string? region = AwsHost.Region(host, "es", "aos", "aoss");
                destination = new IndexDestination(text, endpoint, Encode(path), AwsHost.IsOf(host, "aoss"), region);
                return true;
            }
        }

        problem += "; es takes endpoint#index or endpoint#index/type, as in search-orders-abc.us-east-1.es.amazonaws.com#orders";
        return false;
    }

    private static string Encode(string path)
    {
        // RFC 3986: pchar = unreserved / pct-encoded / sub-delims / ":" / "@"
        const string Literal = "-._~!$&'()*+,;=:@/";
        var encoded = new StringBuilder(path.Length);
        Span<byte> utf8 = stackalloc byte[4];
        for (int i = 0; i < path.Length;)
        {
            char c = path[i];
            if (char.IsAsciiLetterOrDigit(c) || Literal.Contains(c, StringComparison.Ordinal) || IsEncoded(path.AsSpan(i)))
            {
                encoded.Append(c);
                i++;
                continue;
            }

            Rune.DecodeFromUtf16(path.AsSpan(i), out Rune rune, out int consumed);
            foreach (byte b in utf8[..rune.EncodeToUtf8(utf8)])
            {
                encoded.Append('%').Append(b.ToString("X2", null));
            }

            i += consumed;
        }

        return encoded.ToString();
    }

    private static bool IsEncoded(ReadOnlySpan<char> text) =>
        text.Length >= 3 && text[0] == '%' && char.IsAsciiHexDigit(text[1]) && char.IsAsciiHexDigit(text[2]);
}
