using System.Globalization;
using System.Text.Json;

namespace FanOut.LocalCloud.Wire;

/// <summary>
/// Converts the parameters of a Query request to the JSON of the JSON protocol, with strings as values: <c>Metrics.member.1.Name=a</c> becomes
/// <c>{"Metrics":[{"Name":"a"}]}</c>. For operations that have both protocols.
/// </summary>
internal static class QueryTree
{
    public static JsonElement Of(QueryForm form)
    {
        Node root = new();
        foreach ((string name, string value) in form.All)
        {
            Node node = root;
            foreach (string part in name.Split('.'))
            {
                node.Children.TryAdd(part, new Node());
                node = node.Children[part];
            }

            node.Value = value;
        }

        using JsonDocument document = JsonDocument.Parse(JsonAnswer.Object(json => WriteMembers(json, root)));
        return document.RootElement.Clone();
    }

    private static void WriteMembers(Utf8JsonWriter json, Node node)
    {
        foreach ((string name, Node child) in node.Children)
        {
            json.WritePropertyName(name);
            Write(json, child);
        }
    }

    private static void Write(Utf8JsonWriter json, Node node)
    {
        if (node.Children.TryGetValue("member", out Node? list))
        {
            json.WriteStartArray();
            foreach ((string _, Node member) in list.Children.OrderBy(member => int.TryParse(member.Key, CultureInfo.InvariantCulture, out int position) ? position : 0))
            {
                Write(json, member);
            }

            json.WriteEndArray();
        }
        else if (node.Children.Count > 0)
        {
            json.WriteStartObject();
            WriteMembers(json, node);
            json.WriteEndObject();
        }
        else
        {
            json.WriteStringValue(node.Value);
        }
    }

    private sealed class Node
    {
        public Dictionary<string, Node> Children { get; } = new(StringComparer.Ordinal);

        public string? Value { get; set; }
    }
}
