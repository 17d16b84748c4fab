using System.Globalization;
using System.Text.Json;

namespace FanOut.LocalCloud.Wire;

/// <summary>Reads the members of a JSON request. Like in AWS, a member that is missing or has another type is an error.</summary>
public static class JsonFields
{
    /// <summary>The member, or null when it is absent or JSON null.</summary>
    public static JsonElement? Field(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    /// <summary>The text of a member, or null when it is absent.</summary>
    /// <exception cref="ServiceException">SerializationException: it is not a string.</exception>
    public static string? Text(this JsonElement element, string name) => element.Field(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => Decoded(value, name),
        _ => throw NotOfType(name, "a string"),
    };

    /// <summary>The text of a required member.</summary>
    /// <exception cref="ServiceException">ValidationException: it is absent; SerializationException: it is not a string.</exception>
    public static string RequiredText(this JsonElement element, string name) => element.Text(name) ?? throw Missing(name);

    /// <summary>A whole number, or null when it is absent.</summary>
    /// <exception cref="ServiceException">SerializationException: it is not a whole number.</exception>
    public static int? Number(this JsonElement element, string name) => element.Field(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out int number) => number,
        _ => throw NotOfType(name, "a whole number"),
    };

    /// <summary>A truth value; false when it is absent.</summary>
    /// <exception cref="ServiceException">SerializationException: it is neither true nor false.</exception>
    public static bool Flag(this JsonElement element, string name) => element.Field(name) switch
    {
        null => false,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw NotOfType(name, "true or false"),
    };

    /// <summary>The elements of an array; none when it is absent.</summary>
    /// <exception cref="ServiceException">SerializationException: it is not an array.</exception>
    public static IReadOnlyList<JsonElement> Items(this JsonElement element, string name) => element.Field(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } value => [.. value.EnumerateArray()],
        _ => throw NotOfType(name, "an array"),
    };

    /// <summary>A required object.</summary>
    /// <exception cref="ServiceException">ValidationException: it is absent; SerializationException: it is not an object.</exception>
    public static JsonElement RequiredObject(this JsonElement element, string name) => element.Field(name) switch
    {
        null => throw Missing(name),
        { ValueKind: JsonValueKind.Object } value => value,
        _ => throw NotOfType(name, "an object"),
    };

    /// <summary>The names and texts of a map of strings; empty when it is absent.</summary>
    /// <exception cref="ServiceException">SerializationException: it is not such a map.</exception>
    public static IReadOnlyDictionary<string, string> Texts(this JsonElement element, string name)
    {
        Dictionary<string, string> texts = [];
        if (element.Field(name) is { } map)
        {
            foreach (JsonProperty member in map.ValueKind == JsonValueKind.Object ? map.EnumerateObject() : throw NotOfType(name, "an object"))
            {
                texts[member.Name] = map.RequiredText(member.Name);
            }
        }

        return texts;
    }

    /// <summary>The bytes of a required base64 member.</summary>
    /// <exception cref="ServiceException">ValidationException: it is absent; SerializationException: it is not base64.</exception>
    public static byte[] RequiredBytes(this JsonElement element, string name) =>
        element.Field(name) is not { } value ? throw Missing(name)
        : value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out byte[]? bytes) ? bytes
        : throw NotOfType(name, "base64 text");

    private static string Decoded(JsonElement value, string name)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, or bytes that are not UTF-8.
            throw NotOfType(name, "a string of Unicode characters");
        }
    }

    private static ServiceException Missing(string name) => new(
        "ValidationException",
        string.Create(CultureInfo.InvariantCulture, $"1 validation error detected: Value null at '{char.ToLowerInvariant(name[0])}{name[1..]}' failed to satisfy constraint: Member must not be null"));

    private static ServiceException NotOfType(string name, string expected) => new("SerializationException", $"'{name}' is not {expected}");
}
