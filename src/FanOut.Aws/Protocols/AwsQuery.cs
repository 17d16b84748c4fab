using System.Xml;

namespace FanOut.Aws.Protocols;

/// <summary>AWS Query: form bodies in, XML out: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html</summary>
internal sealed class AwsQuery : WireProtocol
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreWhitespace = true, IgnoreComments = true };

    /// <summary>The only one.</summary>
    public static AwsQuery Instance { get; } = new();

    /// <summary>A request of the Query protocol; the body starts with <c>Action=…&amp;Version=…</c>.</summary>
    public static WireRequest Request(string operation, RequestBody body) => new(operation, body)
    {
        ContentType = "application/x-www-form-urlencoded; charset=utf-8",
    };

    /// <summary>A reader of an answer's XML.</summary>
    public static XmlReader Open(BufferedContext answer) => XmlReader.Create(new MemoryStream(answer.Body.ToArray(), writable: false), Settings);

    protected override WireError Read(BufferedContext answer)
    {
        string code = "", message = "", requestId = "";
        using XmlReader reader = Open(answer);
        while (!reader.EOF)
        {
            string? name = reader.NodeType == XmlNodeType.Element ? reader.LocalName : null;
            switch (name)
            {
                case "Code":
                    code = reader.ReadElementContentAsString();
                    break;
                case "Message":
                    message = reader.ReadElementContentAsString();
                    break;
                case "RequestId" or "RequestID":
                    requestId = reader.ReadElementContentAsString();
                    break;
                default:
                    reader.Read();
                    break;
            }
        }

        return new WireError(code, message, requestId);
    }
}
