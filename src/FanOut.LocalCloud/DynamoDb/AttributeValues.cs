using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FanOut.LocalCloud.DynamoDb;

/// <summary>Values in DynamoDB's typed JSON, <c>{"S": "text"}</c>: their form, size, equality and order.</summary>
internal static class AttributeValues
{
    /// <summary>How deep the JSON of a request may be: an item's lists and maps are two levels each in typed JSON.</summary>
    public const int MaxJsonDepth = 256;

    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
    private const int MostLevels = 32;

    /// <summary>The type of a value: <c>S</c>, <c>N</c>, <c>B</c>, <c>BOOL</c>, <c>NULL</c>, <c>SS</c>, <c>NS</c>, <c>BS</c>, <c>L</c> or <c>M</c>.</summary>
    public static string TypeOf(JsonNode value) => value.AsObject().First().Key;

    public static JsonNode ContentOf(JsonNode value) => value.AsObject().First().Value!;

    public static string TextOf(JsonNode value) => ContentOf(value).GetValue<string>();

    /// <summary>Reads and checks the attributes of an item. Numbers get the form in which DynamoDB stores them.</summary>
    /// <exception cref="ServiceException">ValidationException: one is not a typed value.</exception>
    public static JsonObject ReadItem(JsonElement item) => ReadItem(item, 0);

    /// <summary>Reads and checks one value.</summary>
    /// <exception cref="ServiceException">ValidationException: it is not a typed value.</exception>
    public static JsonObject Read(JsonElement value) => Read(value, 0);

    private static JsonObject ReadItem(JsonElement item, int levels)
    {
        JsonObject read = [];
        foreach (JsonProperty attribute in item.EnumerateObject())
        {
            read[attribute.Name] = Read(attribute.Value, levels);
        }

        return read;
    }

    private static JsonObject Read(JsonElement value, int levels)
    {
        JsonProperty[] members = value.ValueKind == JsonValueKind.Object ? [.. value.EnumerateObject()] : [];
        if (members.Length != 1)
        {
            throw Invalid("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
        }

        (string type, JsonElement content) = (members[0].Name, members[0].Value);
        return type is "L" or "M" && levels == MostLevels
            ? throw Invalid("Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit")
            : new JsonObject { [type] = ReadContent(type, content, levels + 1) };
    }

    public static JsonObject Number(StoredNumber number) => new() { ["N"] = number.ToString() };

    /// <summary>Bytes that DynamoDB counts for an item: names and values.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html</remarks>
    public static int Size(JsonObject item) => item.Sum(attribute => Encoding.UTF8.GetByteCount(attribute.Key) + SizeOf(attribute.Value!));

    public static bool AreEqual(JsonNode left, JsonNode right)
    {
        string type = TypeOf(left);
        return type == TypeOf(right) && type switch
        {
            "N" => Compare(left, right) == 0,
            "SS" or "NS" or "BS" => Elements(left).ToHashSet(StringComparer.Ordinal).SetEquals(Elements(right)),
            "L" => ContentOf(left).AsArray().Count == ContentOf(right).AsArray().Count
                && ContentOf(left).AsArray().Zip(ContentOf(right).AsArray()).All(pair => AreEqual(pair.First!, pair.Second!)),
            "M" => AreEqual(ContentOf(left).AsObject(), ContentOf(right).AsObject()),
            _ => JsonNode.DeepEquals(left, right),
        };
    }

    public static bool AreEqual(JsonObject left, JsonObject right) =>
        left.Count == right.Count && left.All(member => right[member.Key] is { } other && AreEqual(member.Value!, other));

    /// <summary>The order of two values of the same type <c>S</c>, <c>N</c> or <c>B</c>; null when they have none.</summary>
    public static int? Compare(JsonNode left, JsonNode right)
    {
        string type = TypeOf(left);
        return type != TypeOf(right) ? null : type switch
        {
            "S" => Encoding.UTF8.GetBytes(TextOf(left)).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(TextOf(right))),
            "N" => StoredNumber.Compare(StoredNumber.Parse(TextOf(left)), StoredNumber.Parse(TextOf(right))),
            "B" => Convert.FromBase64String(TextOf(left)).AsSpan().SequenceCompareTo(Convert.FromBase64String(TextOf(right))),
            _ => null,
        };
    }

    public static IEnumerable<string> Elements(JsonNode set) => ContentOf(set).AsArray().Select(element => element!.GetValue<string>());

    public static int SizeOf(JsonNode value)
    {
        JsonNode content = ContentOf(value);
        return TypeOf(value) switch
        {
            "S" => Encoding.UTF8.GetByteCount(content.GetValue<string>()),
            "N" => NumberSize(content.GetValue<string>()),
            "B" => Convert.FromBase64String(content.GetValue<string>()).Length,
            "SS" => Elements(value).Sum(Encoding.UTF8.GetByteCount),
            "NS" => Elements(value).Sum(NumberSize),
            "BS" => Elements(value).Sum(element => Convert.FromBase64String(element).Length),
            "L" => 3 + content.AsArray().Sum(element => 1 + SizeOf(element!)),
            "M" => 3 + content.AsObject().Sum(member => 1 + Encoding.UTF8.GetByteCount(member.Key) + SizeOf(member.Value!)),
            _ => 1,
        };
    }

    private static JsonNode ReadContent(string type, JsonElement content, int levels)
    {
        switch (type, content.ValueKind)
        {
            case ("S", JsonValueKind.String):
                return JsonValue.Create(content.GetString()!)!;
            case ("N", JsonValueKind.String):
                return JsonValue.Create(StoredNumber.Parse(content.GetString()!).ToString())!;
            case ("B", JsonValueKind.String) when content.TryGetBytesFromBase64(out _):
                return JsonValue.Create(content.GetString()!)!;
            case ("BOOL", JsonValueKind.True or JsonValueKind.False):
                return JsonValue.Create(content.GetBoolean());
            case ("NULL", JsonValueKind.True):
                return JsonValue.Create(true);
            case ("SS" or "NS" or "BS", JsonValueKind.Array):
                return ReadSet(type[..1], content);
            case ("L", JsonValueKind.Array):
                return new JsonArray([.. content.EnumerateArray().Select(e => Read(e, levels))]);
            case ("M", JsonValueKind.Object):
                return ReadItem(content, levels);
            default:
                throw Invalid($"Supplied AttributeValue has no valid content for the type '{type}'");
        }
    }

    private static JsonArray ReadSet(string elementType, JsonElement content)
    {
        string[] elements = [.. content.EnumerateArray().Select(element => ReadContent(elementType, element, 0).GetValue<string>())];
        return elements.Length == 0 ? throw Invalid("One or more parameter values were invalid: An set may not be empty")
            : elements.Distinct(StringComparer.Ordinal).Count() != elements.Length ? throw Invalid("One or more parameter values were invalid: Input collection contains duplicates.")
            : new JsonArray([.. elements.Select(element => JsonValue.Create(element))]);
    }

    // Two digits per byte, one byte more, and another one for a sign.
    private static int NumberSize(string number)
    {
        int digits = number.Count(char.IsAsciiDigit);
        return ((digits + 1) / 2) + (number[0] == '-' ? 2 : 1);
    }

    private static ServiceException Invalid(string message) => new("ValidationException", message);
}
