using System.Text;
using System.Xml;
using FanOut.LocalCloud.Http;

namespace FanOut.LocalCloud.Wire;

/// <summary>Answers of the Query protocol: <c>&lt;PublishResponse&gt;&lt;PublishResult&gt;…</c>.</summary>
internal static class XmlAnswer
{
    /// <summary>An answer whose result element has what <paramref name="write"/> writes.</summary>
    public static HttpResponse Of(ServiceCall call, string xmlNamespace, Action<XmlWriter>? write = null) => Document(200, xml =>
    {
        xml.WriteStartElement($"{call.Operation}Response", xmlNamespace);
        if (write is not null)
        {
            xml.WriteStartElement($"{call.Operation}Result");
            write(xml);
            xml.WriteEndElement();
        }

        xml.WriteStartElement("ResponseMetadata");
        xml.WriteElementString("RequestId", call.RequestId);
        xml.WriteEndElement();
        xml.WriteEndElement();
    });

    /// <summary>An answer with any XML document.</summary>
    public static HttpResponse Document(int status, Action<XmlWriter> write)
    {
        using MemoryStream body = new();
        XmlWriterSettings settings = new() { Encoding = new UTF8Encoding(false), OmitXmlDeclaration = true, CheckCharacters = false };
        using (XmlWriter xml = XmlWriter.Create(body, settings))
        {
            write(xml);
        }

        return HttpResponse.Bytes(status, "text/xml", body.ToArray());
    }
}
