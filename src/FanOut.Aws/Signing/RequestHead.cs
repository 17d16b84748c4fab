using System.Text;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Signing;

/// <summary>
/// What all requests of one kind have in common, made once: where they go, their headers, and all of the canonical request that does not change
/// with the body, the time and the credentials.
/// </summary>
/// <remarks>
/// The canonical request: <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html"/>. Paths are signed
/// as they are sent, without taking out <c>//</c>, <c>.</c> and <c>..</c>: what comes from outside is escaped, slashes and all, but for the keys of S3,
/// whose paths are never normalized. Thread-safe.
/// </remarks>
internal sealed class RequestHead
{
    // Their places among the signed headers, which are in the order of their names.
    private const string BodyHashHeader = "x-amz-content-sha256", DateHeader = "x-amz-date", TokenHeader = "x-amz-security-token";

    private readonly byte[] _beforeBodyHash, _beforeDate, _beforeToken, _afterToken;
    private readonly string _signedHeaders, _signedHeadersWithToken;

    /// <summary>The head of such requests.</summary>
    /// <param name="service">The service, which says how a path is signed and whether the body's hash is sent.</param>
    /// <param name="endpoint">The service's endpoint.</param>
    /// <param name="wire">A request, without its body.</param>
    public RequestHead(AwsService service, Uri endpoint, WireRequest wire)
    {
        Method = new HttpMethod(wire.Method);
        Url = UrlOf(endpoint, wire);
        ContentType = wire.ContentType;
        Headers = wire.Headers;
        SendsBodyHash = service.SendsBodyHash;

        List<string> lines = [Line("host", HostOf(Url))];
        if (wire.ContentType is { } contentType)
        {
            lines.Add(Line("content-type", contentType));
        }

        foreach ((string name, string value) in wire.Headers)
        {
            lines.Add(Line(name, value));
        }

        string path = Url.AbsolutePath;
        string start = $"{wire.Method}\n{(service.SignsEncodedPath ? EscapeParts(path) : path)}\n{Url.Query.TrimStart('?')}\n";
        _beforeBodyHash = Encoding.UTF8.GetBytes(start + Between(lines, null, BodyHashHeader));
        _beforeDate = Encoding.UTF8.GetBytes(Between(lines, BodyHashHeader, DateHeader));
        _beforeToken = Encoding.UTF8.GetBytes(Between(lines, DateHeader, TokenHeader));
        _afterToken = Encoding.UTF8.GetBytes(Between(lines, TokenHeader, null));

        lines.Add(DateHeader);
        if (SendsBodyHash)
        {
            lines.Add(BodyHashHeader);
        }

        _signedHeaders = NamesOf(lines);
        lines.Add(TokenHeader);
        _signedHeadersWithToken = NamesOf(lines);
    }

    /// <summary>The method.</summary>
    public HttpMethod Method { get; }

    /// <summary>Where the requests go, with path and query as they are sent.</summary>
    public Uri Url { get; }

    /// <summary>The body's content type; null if there is no body.</summary>
    public string? ContentType { get; }

    /// <summary>Further headers that are always the same.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>Whether the body's SHA-256 is sent as a header.</summary>
    public bool SendsBodyHash { get; }

    /// <summary>The names of the signed headers.</summary>
    /// <param name="hasToken">Whether the credentials have a session token.</param>
    public string SignedHeaders(bool hasToken) => hasToken ? _signedHeadersWithToken : _signedHeaders;

    /// <summary>How many bytes the canonical request has at most.</summary>
    /// <param name="token">The session token; empty: none.</param>
    public int CanonicalLength(string token) =>
        _beforeBodyHash.Length + _beforeDate.Length + _beforeToken.Length + _afterToken.Length + _signedHeadersWithToken.Length
        + Encoding.UTF8.GetMaxByteCount(token.Length) + 256;

    /// <summary>Writes the canonical request.</summary>
    /// <param name="canonical">At least <see cref="CanonicalLength"/> bytes.</param>
    /// <param name="bodyHash">The body's SHA-256 in lower-case hex.</param>
    /// <param name="date">The time, as <c>x-amz-date</c> has it.</param>
    /// <param name="token">The session token; empty: none.</param>
    /// <returns>The number of bytes written.</returns>
    public int WriteCanonical(Span<byte> canonical, string bodyHash, string date, string token)
    {
        int length = 0;
        Append(canonical, _beforeBodyHash);
        if (SendsBodyHash)
        {
            AppendHeader(canonical, BodyHashHeader, bodyHash);
        }

        Append(canonical, _beforeDate);
        AppendHeader(canonical, DateHeader, date);
        Append(canonical, _beforeToken);
        if (token.Length > 0)
        {
            AppendHeader(canonical, TokenHeader, token);
        }

        Append(canonical, _afterToken);
        Append(canonical, "\n"u8);
        AppendText(canonical, SignedHeaders(token.Length > 0));
        Append(canonical, "\n"u8);
        AppendText(canonical, bodyHash);
        return length;

        void Append(Span<byte> to, ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(to[length..]);
            length += bytes.Length;
        }

        void AppendText(Span<byte> to, string text) => length += Encoding.UTF8.GetBytes(text, to[length..]);

        void AppendHeader(Span<byte> to, string name, string value)
        {
            AppendText(to, name);
            Append(to, ":"u8);
            AppendText(to, value);
            Append(to, "\n"u8);
        }
    }

    private static string Line(string name, string value) => $"{name.ToLowerInvariant()}:{string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries))}\n";

    private static string NameOf(string line) => line.IndexOf(':', StringComparison.Ordinal) is var end && end < 0 ? line : line[..end];

    private static int CompareNames(string one, string other) => string.CompareOrdinal(NameOf(one), NameOf(other));

    private static string NamesOf(List<string> lines)
    {
        lines.Sort(CompareNames);
        return string.Join(';', lines.Select(NameOf));
    }

    private static string Between(List<string> lines, string? after, string? before)
    {
        List<string> some = lines.FindAll(line => (after is null || CompareNames(line, after) > 0) && (before is null || CompareNames(line, before) < 0));
        some.Sort(CompareNames);
        return string.Concat(some);
    }

    private static Uri UrlOf(Uri endpoint, WireRequest wire)
    {
        string root = (wire.HostPrefix is { } prefix ? new UriBuilder(endpoint) { Host = prefix + endpoint.Host }.Uri : endpoint).AbsoluteUri;
        string path = string.Join('/', wire.Path.Split('/').Select(segment => Fill(segment, wire)));
        List<string> query = [];
        foreach ((string name, string value) in wire.Query)
        {
            query.Add($"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}");
        }

        // By their names, as they are signed.
        query.Sort(static (one, other) => string.CompareOrdinal(one.Replace('=', '\0'), other.Replace('=', '\0')));

        // As written: what is escaped stays so, and a key of S3 may hold "//".
        return new Uri(
            root.TrimEnd('/') + path + (query.Count > 0 ? "?" + string.Join('&', query) : ""), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    private static string Fill(string segment, WireRequest wire) =>
        wire.PathParameter is { } parameter && parameter.Key == segment ? Escape(parameter)
        : wire.Subresource is { } subresource && subresource.Key == segment ? Escape(subresource)
        : segment;

    private static string Escape(KeyValuePair<string, string> parameter) =>
        parameter.Key.EndsWith("+}", StringComparison.Ordinal) ? EscapeParts(parameter.Value) : Uri.EscapeDataString(parameter.Value);

    private static string EscapeParts(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    // As SocketsHttpHandler writes it.
    private static string HostOf(Uri url)
    {
        string host = url.HostNameType == UriHostNameType.IPv6 ? url.Host : url.IdnHost;
        return url.IsDefaultPort ? host : $"{host}:{url.Port}";
    }
}
