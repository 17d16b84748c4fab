using System.Xml.Linq;

namespace FanOut.Reports;

/// <summary>Makes elements of HTML and SVG. Texts and values of attributes are encoded when the page is written, all of them, by the framework's writer of XML.</summary>
internal static class Html
{
    /// <summary>An element.</summary>
    /// <param name="name">Its name, and its classes after dots: <c>p.lead</c>.</param>
    /// <param name="content">Attributes, elements, texts, and sequences of them; null is left out.</param>
    public static XElement Tag(string name, params object?[] content)
    {
        string[] parts = name.Split('.');
        return new XElement(parts[0], parts.Length > 1 ? new XAttribute("class", string.Join(' ', parts[1..])) : null, content);
    }

    /// <summary>An attribute; null where it has no value.</summary>
    public static XAttribute? Attr(string name, object? value) => value is null ? null : new XAttribute(name, value);

    /// <summary>A section with its heading, which names it for those who do not see it.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="heading">The heading.</param>
    /// <param name="content">What follows it.</param>
    public static XElement Section(string id, string heading, params object?[] content) =>
        Tag("section", Attr("id", id), Attr("aria-labelledby", $"{id}-h"), Tag("h2", Attr("id", $"{id}-h"), heading), content);

    /// <summary>A text that only screen readers read.</summary>
    public static XElement Unseen(string text) => Tag("span.unseen", text);
}
