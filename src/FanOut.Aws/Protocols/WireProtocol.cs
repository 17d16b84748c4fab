using System.Net;
using System.Text;

namespace FanOut.Aws.Protocols;

/// <summary>Reads the error answers of a protocol.</summary>
internal abstract class WireProtocol
{
    /// <summary>Reads an error answer. A body that is not of the protocol, such as a proxy's page, still gives a code and a message.</summary>
    public WireError ReadError(WireAnswer answer, HttpStatusCode statusCode)
    {
        WireError error = default;
        try
        {
            error = Read(answer);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or System.Xml.XmlException or InvalidOperationException or FormatException)
        {
        }

        string requestId = error.RequestId is { Length: > 0 } id ? id : answer.RequestId;
        return new WireError(
            error.Code is { Length: > 0 } code ? OutsideText.Cut(Bare(code), OutsideText.MostOfWord) : $"Http{(int)statusCode}",
            OutsideText.Cut(error.Message is { Length: > 0 } message ? message : Excerpt(answer, statusCode)),
            OutsideText.Cut(requestId, OutsideText.MostOfWord));
    }

    /// <summary>Reads the parts of the error; empty if they are absent.</summary>
    protected abstract WireError Read(WireAnswer answer);

    /// <summary>A code without its namespace and the URI behind it: <c>com.amazonaws.kinesis#X:http://…</c> is <c>X</c>.</summary>
    private static string Bare(string code)
    {
        int colon = code.IndexOf(':', StringComparison.Ordinal);
        code = colon < 0 ? code : code[..colon];
        return code[(code.LastIndexOf('#') + 1)..];
    }

    private static string Excerpt(WireAnswer answer, HttpStatusCode statusCode) => answer.Body.IsEmpty
        ? $"The answer has the status {(int)statusCode}{(answer.Header("Location") is { } location ? $", leads to {location}," : "")} and no words."
        : OutsideText.Cut(Encoding.UTF8.GetString(answer.Body), 256);
}
