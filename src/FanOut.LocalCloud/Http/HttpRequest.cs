using System.Text;

namespace FanOut.LocalCloud.Http;

/// <summary>One request as it came over the wire, its body complete.</summary>
/// <param name="Method">The method, in capitals, for example <c>POST</c>.</param>
/// <param name="Path">The path as sent, still percent-encoded, without the query.</param>
/// <param name="Query">What follows the question mark, still percent-encoded; empty when there is none.</param>
/// <param name="Headers">The headers; names are compared without regard to case, repeated headers are joined by a comma.</param>
/// <param name="Body">The body's bytes, chunks put together; empty when there is none.</param>
public sealed record HttpRequest(
    string Method,
    string Path,
    string Query,
    IReadOnlyDictionary<string, string> Headers,
    ReadOnlyMemory<byte> Body)
{
    /// <summary>The body read as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span);

    /// <summary>The value of a header, or null when it was not sent.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>The decoded value of a query parameter, or null when it was not sent; empty when it has no value.</summary>
    public string? QueryValue(string name)
    {
        foreach (string pair in Query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string key = equals < 0 ? pair : pair[..equals];
            if (Uri.UnescapeDataString(key) == name)
            {
                return equals < 0 ? "" : Uri.UnescapeDataString(pair[(equals + 1)..].Replace('+', ' '));
            }
        }

        return null;
    }
}
