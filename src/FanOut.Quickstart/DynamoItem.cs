using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;

namespace FanOut.Quickstart;

/// <summary>A line of the input as an item: its fields, and its number as <c>line</c>.</summary>
internal static class DynamoItem
{
    public static Dictionary<string, AttributeValue> Of(InputRecord record)
    {
        using JsonDocument json = JsonDocument.Parse(record.Text);
        Dictionary<string, AttributeValue> item = json.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => ValueOf(p.Value));
        item["line"] = new AttributeValue { N = record.Line.ToString(CultureInfo.InvariantCulture) };
        return item;
    }

    private static AttributeValue ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => new AttributeValue { N = value.GetRawText() },
        JsonValueKind.String => new AttributeValue { S = value.GetString() },
        JsonValueKind.True or JsonValueKind.False => new AttributeValue { BOOL = value.GetBoolean() },
        JsonValueKind.Array => new AttributeValue { L = [.. value.EnumerateArray().Select(ValueOf)] },
        JsonValueKind.Object => new AttributeValue { M = value.EnumerateObject().ToDictionary(p => p.Name, p => ValueOf(p.Value)) },
        _ => new AttributeValue { NULL = true },
    };
}
