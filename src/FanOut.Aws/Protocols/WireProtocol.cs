using System.Net;
using System.Text;

namespace FanOut.Aws.Protocols;

/// <summary>Reads the error answers of a protocol.</summary>
internal abstract class WireProtocol
{
    /// <summary>Reads an error answer. A body that is not of the protocol, such as a proxy's page, still gives a code and a message.</summary>
    public WireError ReadError(BufferedContext answer, HttpStatusCode statusCode)
    {
        WireError error = default;
        try
        {
            error = Read(answer);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or System.Xml.XmlException or InvalidOperationException)
        {
        }

        string requestId = error.RequestId is { Length: > 0 } id ? id : answer.Header("x-amzn-RequestId") ?? answer.Header("x-amz-request-id") ?? "";
        return new WireError(
            error.Code is { Length: > 0 } code ? Bare(code) : $"Http{(int)statusCode}",
            error.Message is { Length: > 0 } message ? message : Excerpt(answer.Body),
            requestId);
    }

    /// <summary>Reads the parts of the error; empty if they are absent.</summary>
    protected abstract WireError Read(BufferedContext answer);

    /// <summary>A code without its namespace and the URI behind it: <c>com.amazonaws.kinesis#X:http://…</c> is <c>X</c>.</summary>
    private static string Bare(string code)
    {
        int colon = code.IndexOf(':', StringComparison.Ordinal);
        code = colon < 0 ? code : code[..colon];
        return code[(code.LastIndexOf('#') + 1)..];
    }

    private static string Excerpt(ReadOnlySpan<byte> body) => Encoding.UTF8.GetString(body[..Math.Min(body.Length, 256)]);
}
