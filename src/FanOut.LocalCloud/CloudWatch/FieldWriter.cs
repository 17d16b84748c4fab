using System.Globalization;
using System.Text.Json;
using System.Xml;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.CloudWatch;

/// <summary>Writes the fields of an answer, in JSON or XML, so that one piece of code serves both protocols.</summary>
internal abstract class FieldWriter
{
    private const string Namespace = "http://monitoring.amazonaws.com/doc/2010-08-01/";

    /// <summary>An answer in the protocol of its call.</summary>
    public static HttpResponse Answer(ServiceCall call, Action<FieldWriter> write) => call.Protocol == Protocol.Query
        ? XmlAnswer.Of(call, Namespace, xml => write(new XmlFieldWriter(xml)))
        : JsonAnswer.Of(json => write(new JsonFieldWriter(json)));

    public abstract void Text(string name, string value);

    public abstract void Number(string name, double value);

    public abstract void Time(string name, DateTimeOffset value);

    public abstract void Numbers(string name, IEnumerable<double> values);

    public abstract void Times(string name, IEnumerable<DateTimeOffset> values);

    /// <summary>A list of structures.</summary>
    public abstract void List<T>(string name, IEnumerable<T> items, Action<T> write);

    /// <summary>A map of numbers.</summary>
    public abstract void Map(string name, IEnumerable<string> keys, Func<string, double> value);

    private sealed class JsonFieldWriter(Utf8JsonWriter json) : FieldWriter
    {
        public override void Text(string name, string value) => json.WriteString(name, value);

        public override void Number(string name, double value) => json.WriteNumber(name, value);

        public override void Time(string name, DateTimeOffset value) => json.WriteNumber(name, JsonAnswer.EpochSeconds(value));

        public override void Numbers(string name, IEnumerable<double> values) => Array(name, values, json.WriteNumberValue);

        public override void Times(string name, IEnumerable<DateTimeOffset> values) => Array(name, values, value => json.WriteNumberValue(JsonAnswer.EpochSeconds(value)));

        public override void List<T>(string name, IEnumerable<T> items, Action<T> write) => Array(name, items, item =>
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        });

        public override void Map(string name, IEnumerable<string> keys, Func<string, double> value)
        {
            json.WriteStartObject(name);
            foreach (string key in keys)
            {
                json.WriteNumber(key, value(key));
            }

            json.WriteEndObject();
        }

        private void Array<T>(string name, IEnumerable<T> items, Action<T> write)
        {
            json.WriteStartArray(name);
            foreach (T item in items)
            {
                write(item);
            }

            json.WriteEndArray();
        }
    }

    private sealed class XmlFieldWriter(XmlWriter xml) : FieldWriter
    {
        public override void Text(string name, string value) => xml.WriteElementString(name, value);

        public override void Number(string name, double value) => Text(name, value.ToString("R", CultureInfo.InvariantCulture));

        public override void Time(string name, DateTimeOffset value) => Text(name, value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

        public override void Numbers(string name, IEnumerable<double> values) => Element(name, values, value => Number("member", value));

        public override void Times(string name, IEnumerable<DateTimeOffset> values) => Element(name, values, value => Time("member", value));

        public override void List<T>(string name, IEnumerable<T> items, Action<T> write) => Element(name, items, item =>
        {
            xml.WriteStartElement("member");
            write(item);
            xml.WriteEndElement();
        });

        public override void Map(string name, IEnumerable<string> keys, Func<string, double> value) => Element(name, keys, key =>
        {
            xml.WriteStartElement("entry");
            Text("key", key);
            Number("value", value(key));
            xml.WriteEndElement();
        });

        private void Element<T>(string name, IEnumerable<T> items, Action<T> write)
        {
            xml.WriteStartElement(name);
            foreach (T item in items)
            {
                write(item);
            }

            xml.WriteEndElement();
        }
    }
}
