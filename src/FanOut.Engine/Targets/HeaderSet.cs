using System.Buffers;
using System.Text;
using System.Text.Json;

namespace FanOut.Engine.Targets;

/// <summary>Headers out of a secret: a JSON object of names and values.</summary>
/// <param name="Headers">The headers.</param>
/// <param name="Hidden">What must be shown to nobody: the values, their parts, and the forms in which an answer may quote them.</param>
internal sealed record HeaderSet(IReadOnlyList<KeyValuePair<string, string>> Headers, IReadOnlyList<string> Hidden)
{
    // What web servers usually take of all headers together, half of it for one.
    private const int MostHeaders = 50, LongestValue = 8_192;

    // Shorter parts are words of everyday, such as Basic and Bearer.
    private const int ShortestHidden = 6;

    // What a connection or the body's length decides, what FanOut says itself, and what would be said of the body without being true.
    private static readonly string[] Reserved =
    [
        "Host", "Content-Length", "Content-Encoding", "Transfer-Encoding", "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "Proxy-Authenticate", "TE", "Trailer", "Upgrade",
        "Expect", "HTTP2-Settings", "Idempotency-Key",
    ];

    private const string OwnPrefix = "X-FanOut-";

    // https://www.rfc-editor.org/rfc/rfc9110#name-tokens
    private static readonly SearchValues<char> TokenLetters = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>No headers.</summary>
    public static HeaderSet Empty { get; } = new([], []);

    /// <summary>Reads the value of a secret.</summary>
    /// <param name="text">The value; null: it is binary.</param>
    /// <param name="problem">What is wrong with it, without anything that is in it; null: nothing.</param>
    public static HeaderSet Read(string? text, out string? problem)
    {
        List<KeyValuePair<string, string>> headers = [];
        try
        {
            problem = text is null ? "is binary" : ReadObject(Encoding.UTF8.GetBytes(text), headers);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            problem = "is not JSON";
        }

        return problem is null ? new HeaderSet(headers, [.. headers.SelectMany(static h => Forms(h.Value)).Distinct(StringComparer.Ordinal).OrderByDescending(static f => f.Length)]) : Empty;
    }

    /// <summary>Whether both send the same.</summary>
    public bool IsSame(HeaderSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Headers.SequenceEqual(other.Headers);
    }

    /// <summary>How many headers, and nothing else: they must not get into a log by accident.</summary>
    public override string ToString() => $"{Headers.Count} headers";

    private static string? ReadObject(byte[] json, List<KeyValuePair<string, string>> headers)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return "is no JSON object";
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            string? value = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            if (Problem(name, value, headers) is { } problem)
            {
                return problem;
            }

            headers.Add(new(name, value!));
        }

        // Anything that follows is an error of the reader's.
        return reader.Read() ? "is no JSON object" : null;
    }

    // A name that is none may be a secret that stands at the wrong place.
    private static string? Problem(string name, string? value, List<KeyValuePair<string, string>> headers) =>
        name.Length is 0 or > 256 || name.AsSpan().ContainsAnyExcept(TokenLetters) ? "has a name that no header can have"
        : Reserved.Contains(name, StringComparer.OrdinalIgnoreCase) || name.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase) ? $"has the header {name}, which is not for a user to set"
        : headers.Exists(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) ? $"has the header {name} twice"
        : value is null ? $"has a value of {name} that is no text"
        : value.Length > LongestValue ? $"has a value of {name} with more than {LongestValue} characters"
        : value.AsSpan().ContainsAnyExceptInRange(' ', '~') ? $"has a value of {name} with line breaks or other characters than printable ASCII"
        : headers.Count == MostHeaders ? $"has more than {MostHeaders} headers"
        : null;

    private static IEnumerable<string> Forms(string value)
    {
        string[] parts = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> all = [value, .. parts, .. parts is ["Basic", var pair] ? UserAndPassword(pair) : []];
        return all.SelectMany(static v => new[] { v, Uri.EscapeDataString(v), v.Replace("/", "\\/", StringComparison.Ordinal), JsonEncodedText.Encode(v).ToString() })
            .Where(static v => v.Length >= ShortestHidden);
    }

    private static IEnumerable<string> UserAndPassword(string pair)
    {
        byte[] decoded = new byte[pair.Length];
        return Convert.TryFromBase64String(pair, decoded, out int length)
            ? Encoding.UTF8.GetString(decoded, 0, length) is var text && text.IndexOf(':', StringComparison.Ordinal) is > -1 and var colon ? [text, text[(colon + 1)..]] : [text]
            : [];
    }
}
