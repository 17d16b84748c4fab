using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using static FanOut.Reports.Html;

namespace FanOut.Reports.Pages;

/// <summary>Writes a page as one file that asks for nothing else: styles are inside, and a policy forbids scripts, and whatever is elsewhere.</summary>
internal static class WriteHtml
{
    private const string Icon = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
        + "%3Cpath d='M2 8h4M6 8l7-5M6 8h7M6 8l7 5' stroke='%230b6e8f' stroke-width='2' fill='none' stroke-linecap='round'/%3E%3C/svg%3E";

    // https://html.spec.whatwg.org/multipage/syntax.html#void-elements
    private static readonly HashSet<string> Void = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

    // In SVG an element may close itself: https://html.spec.whatwg.org/multipage/syntax.html#foreign-elements
    private static readonly HashSet<string> Drawn = ["path", "circle", "line", "rect"];

    private static readonly string Styles = ReadStyles();

    /// <summary>The page. It is ASCII, so it is the same in every encoding.</summary>
    /// <param name="title">The document's title.</param>
    /// <param name="body">What the page holds.</param>
    public static string Of(string title, params object?[] body)
    {
        XElement html = Tag(
            "html",
            Attr("lang", "en"),
            Tag(
                "head",
                Tag("meta", Attr("charset", "utf-8")),
                Tag("meta", Attr("http-equiv", "Content-Security-Policy"), Attr("content", Policy)),
                Tag("meta", Attr("name", "viewport"), Attr("content", "width=device-width, initial-scale=1")),
                Tag("meta", Attr("name", "color-scheme"), Attr("content", "light dark")),
                Tag("meta", Attr("name", "referrer"), Attr("content", "no-referrer")),
                Tag("meta", Attr("name", "robots"), Attr("content", "noindex")),
                Tag("title", title),
                Tag("link", Attr("rel", "icon"), Attr("href", Icon)),
                Tag("style", new RawText(Styles))),
            Tag("body", body));
        Clean(html);
        var text = new StringBuilder("<!DOCTYPE html>\n");
        var settings = new XmlWriterSettings { OmitXmlDeclaration = true, Encoding = Encoding.ASCII, NewLineHandling = NewLineHandling.None, CheckCharacters = false };
        using (var bytes = new MemoryStream())
        {
            using (var writer = XmlWriter.Create(bytes, settings))
            {
                html.WriteTo(writer);
            }

            text.Append(Encoding.ASCII.GetString(bytes.ToArray()));
        }

        return text.Append('\n').ToString();
    }

    // https://www.w3.org/TR/CSP3/: styles are those whose digest stands here, and there is nothing else.
    private static string Policy =>
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Styles)))}'; img-src data:; base-uri 'none'; form-action 'none'";

    // What XML cannot say, such as control characters in an id, and elements that HTML would not take for closed.
    private static void Clean(XElement html)
    {
        foreach (XElement element in html.DescendantsAndSelf())
        {
            foreach (XAttribute attribute in element.Attributes())
            {
                attribute.Value = Writable(attribute.Value);
            }

            if (element.IsEmpty && !Void.Contains(element.Name.LocalName) && !Drawn.Contains(element.Name.LocalName))
            {
                element.Value = "";
            }
        }

        foreach (XText text in html.DescendantNodes().OfType<XText>())
        {
            text.Value = Writable(text.Value);
        }
    }

    private static string Writable(string text)
    {
        StringBuilder? changed = null;
        for (int i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
            {
                continue;
            }

            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                i++;
                continue;
            }

            (changed ??= new StringBuilder(text))[i] = '\uFFFD';
        }

        return changed?.ToString() ?? text;
    }

    private static string ReadStyles()
    {
        using Stream stream = typeof(WriteHtml).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return "\n" + reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    // The content of style is no markup: HTML reads it as it is, and so does the digest.
    private sealed class RawText(string text) : XText(text)
    {
        public override void WriteTo(XmlWriter writer) => writer.WriteRaw(Value);
    }
}
