using System.Xml;

namespace FanOut.LocalCloud.Sns;

/// <summary>Writes what several answers of SNS have in common.</summary>
internal static class SnsXml
{
    /// <summary>Writes a map as entries with key and value.</summary>
    public static void WriteMap(XmlWriter xml, string name, IEnumerable<KeyValuePair<string, string>> map)
    {
        xml.WriteStartElement(name);
        foreach ((string key, string value) in map)
        {
            xml.WriteStartElement("entry");
            xml.WriteElementString("key", key);
            xml.WriteElementString("value", value);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }
}
