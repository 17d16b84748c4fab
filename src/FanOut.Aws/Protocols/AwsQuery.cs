using System.Text;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;

namespace FanOut.Aws.Protocols;

/// <summary>AWS Query, whose requests are forms and whose answers are XML: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html</summary>
internal sealed class AwsQuery : WireProtocol
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreWhitespace = true, IgnoreComments = true, CheckCharacters = false };

    /// <summary>The only instance.</summary>
    public static AwsQuery Instance { get; } = new();

    /// <summary>A request of the Query protocol; the body starts with <c>Action=…&amp;Version=…</c>.</summary>
    public static WireRequest Request(string operation, RequestBody? body = null) => new(operation, body)
    {
        ContentType = "application/x-www-form-urlencoded; charset=utf-8",
    };

    /// <summary>A body: the action, its version and its parameters; those whose value is null are left out.</summary>
    public static RequestBody Body(string action, string version, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var body = new RequestBody(1024);
        body.Write(Encoding.ASCII.GetBytes($"Action={action}&Version={version}"));
        foreach ((string name, string? value) in parameters)
        {
            if (value is not null)
            {
                body.Write(Encoding.ASCII.GetBytes($"&{name}="));
                body.WriteFormValue(Encoding.UTF8.GetBytes(value));
            }
        }

        return body;
    }

    /// <summary>Reads answers from their element <c>&lt;operation&gt;Result</c>.</summary>
    public static AnswerReader<TResponse> Answers<TResponse>(string operation, Action<XElement, TResponse> read, WireFailure fail)
        where TResponse : AmazonWebServiceResponse, new()
    {
        return new((answer, response) =>
        {
            using XmlReader reader = Open(answer);
            XElement result = XElement.Load(reader).Member(operation + "Result")
                ?? throw new XmlException($"The answer of {operation} holds no {operation}Result.");
            read(result, response);
        }, Instance, fail);
    }

    /// <summary>Reads answers from their outermost element, as EC2 writes them.</summary>
    public static AnswerReader<TResponse> WholeAnswers<TResponse>(Action<XElement, TResponse> read, WireFailure fail)
        where TResponse : AmazonWebServiceResponse, new()
    {
        return new((answer, response) =>
        {
            using XmlReader reader = Open(answer);
            read(XElement.Load(reader), response);
        }, Instance, fail);
    }

    /// <summary>Reads answers without a result.</summary>
    public static AnswerReader<TResponse> Done<TResponse>(WireFailure fail)
        where TResponse : AmazonWebServiceResponse, new() => new(static (_, _) => { }, Instance, fail);

    /// <summary>A reader of an answer's XML. Characters that XML does not allow in the service's messages do not make the rest of the answer unreadable.</summary>
    public static XmlReader Open(WireAnswer answer)
    {
        char[] text = new char[Encoding.UTF8.GetMaxCharCount(answer.Body.Length)];
        int length = Encoding.UTF8.GetChars(answer.Body, text);
        for (int i = 0; i < length; i++)
        {
            text[i] = XmlConvert.IsXmlChar(text[i]) || char.IsSurrogate(text[i]) ? text[i] : '\uFFFD';
        }

        return XmlReader.Create(new StringReader(new string(text, 0, length)), Settings);
    }

    protected override WireError Read(WireAnswer answer)
    {
        string code = "", message = "", requestId = "";
        try
        {
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
        }
        catch (XmlException)
        {
            // Of a long refusal only the beginning is here: what was said by then counts.
        }

        return new WireError(code, message, requestId);
    }
}
