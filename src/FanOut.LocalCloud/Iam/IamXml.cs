using System.Globalization;
using System.Xml;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Iam;

/// <summary>Writes IAM's answers.</summary>
internal static class IamXml
{
    public static HttpResponse Answer(ServiceCall call, Action<XmlWriter>? write = null) => XmlAnswer.Of(call, IamService.Namespace, write);

    /// <summary>One page of a list, in the order of the names.</summary>
    public static HttpResponse Page<T>(ServiceCall call, string list, IEnumerable<T> all, Func<T, string> name, Action<XmlWriter, T> write)
    {
        int most = int.Parse(call.Form.Text("MaxItems") ?? "100", CultureInfo.InvariantCulture);
        string after = call.Form.Text("Marker") ?? "";
        T[] rest = [.. all.Where(item => string.CompareOrdinal(name(item), after) > 0).OrderBy(name, StringComparer.Ordinal).Take(most + 1)];
        return Answer(call, xml =>
        {
            xml.WriteStartElement(list);
            foreach (T item in rest.Take(most))
            {
                xml.WriteStartElement("member");
                write(xml, item);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            xml.WriteElementString("IsTruncated", rest.Length > most ? "true" : "false");
            if (rest.Length > most)
            {
                xml.WriteElementString("Marker", name(rest[most - 1]));
            }
        });
    }

    public static void Write(XmlWriter xml, IamRole role, bool withTags)
    {
        xml.WriteStartElement("Role");
        WriteMembers(xml, role, withTags);
        xml.WriteEndElement();
    }

    public static void WriteMembers(XmlWriter xml, IamRole role, bool withTags)
    {
        xml.WriteElementString("Path", role.Path);
        xml.WriteElementString("RoleName", role.Name);
        xml.WriteElementString("RoleId", role.Id);
        xml.WriteElementString("Arn", role.Arn);
        xml.WriteElementString("CreateDate", Time(role.Created));
        xml.WriteElementString("AssumeRolePolicyDocument", Uri.EscapeDataString(role.AssumeRolePolicy));
        if (role.Description is { } description)
        {
            xml.WriteElementString("Description", description);
        }

        xml.WriteElementString("MaxSessionDuration", role.MaxSessionDuration.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        if (withTags)
        {
            WriteTags(xml, role.Tags);
        }
    }

    public static void WriteTags(XmlWriter xml, IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count == 0)
        {
            return;
        }

        xml.WriteStartElement("Tags");
        foreach ((string key, string value) in tags)
        {
            xml.WriteStartElement("member");
            xml.WriteElementString("Key", key);
            xml.WriteElementString("Value", value);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
