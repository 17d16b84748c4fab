using System.Text;

namespace FanOut.LocalCloud.Http;

/// <summary>An answer, and how it is sent.</summary>
public sealed record HttpResponse
{
    /// <summary>The status code.</summary>
    /// <value>200 by default.</value>
    public int Status { get; init; } = 200;

    /// <summary>The headers; <c>Content-Length</c>, <c>Date</c> and <c>Connection</c> are written by the server.</summary>
    public IDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The body; empty by default.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>What goes wrong while this answer is sent; null, the default, for nothing.</summary>
    public Misbehaviour? Misbehaviour { get; init; }

    /// <summary>An answer with a text body.</summary>
    public static HttpResponse Text(int status, string contentType, string body) => Bytes(status, contentType, Encoding.UTF8.GetBytes(body));

    /// <summary>An answer with a body of bytes.</summary>
    public static HttpResponse Bytes(int status, string contentType, ReadOnlyMemory<byte> body)
    {
        HttpResponse response = new() { Status = status, Body = body };
        response.Headers["Content-Type"] = contentType;
        return response;
    }
}
