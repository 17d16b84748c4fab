using System.Xml;
using System.Xml.Linq;

namespace FanOut.Aws.Protocols;

/// <summary>Reads members of an answer's XML structure, in any namespace, because each service has its own.</summary>
internal static class XmlMembers
{
    /// <summary>A member; null if it is absent.</summary>
    public static XElement? Member(this XElement xml, string name) => xml.Elements().FirstOrDefault(element => element.Name.LocalName == name);

    /// <summary>A string.</summary>
    public static string? Text(this XElement xml, string name) => xml.Member(name)?.Value;

    /// <summary>A token that the next page begins with; some services write an empty one if there is no next page.</summary>
    public static string? Token(this XElement xml, string name) => xml.Text(name) is { Length: > 0 } token ? token : null;

    /// <summary>A number.</summary>
    public static int? Number(this XElement xml, string name) => xml.Member(name) is { Value.Length: > 0 } number ? XmlConvert.ToInt32(number.Value) : null;

    /// <summary>A truth value.</summary>
    public static bool? Truth(this XElement xml, string name) =>
        xml.Member(name) is { Value.Length: > 0 } truth ? XmlConvert.ToBoolean(truth.Value.ToLowerInvariant()) : null;

    /// <summary>A point in time, in UTC.</summary>
    public static DateTime? Time(this XElement xml, string name) =>
        xml.Member(name) is { Value.Length: > 0 } time ? XmlConvert.ToDateTime(time.Value, XmlDateTimeSerializationMode.Utc) : null;

    /// <summary>A list, each item as <paramref name="read"/> reads it.</summary>
    public static List<T>? Each<T>(this XElement xml, string name, Func<XElement, T> read) =>
        xml.Member(name) is { } list ? [.. list.Elements().Select(read)] : null;

    /// <summary>A structure as <paramref name="read"/> reads it.</summary>
    public static T? Structure<T>(this XElement xml, string name, Func<XElement, T> read)
        where T : class => xml.Member(name) is { } value ? read(value) : null;
}
