using System.Management.Automation;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace FanOut.DeadLetters;

/// <summary>A record's data in the forms in which it can be looked at.</summary>
internal static class LetterData
{
    /// <summary>How deep JSON may be: the deepest item of DynamoDB makes a record of 69 levels, and Lambda puts events into reports.</summary>
    public static readonly JsonDocumentOptions Depth = new() { MaxDepth = 1_000 };

    /// <summary>The data as text; null: it is none.</summary>
    public static string? Text(byte[]? data) => data is not null && Utf8.IsValid(data) ? Encoding.UTF8.GetString(data) : null;

    /// <summary>The data as an object, as ConvertFrom-Json makes it; null: it is no JSON.</summary>
    public static object? Json(byte[]? data)
    {
        if (data is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(data, Depth);
            return Object(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static object? Object(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => Properties(json),
        JsonValueKind.Array => json.EnumerateArray().Select(Object).ToArray(),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.TryGetInt64(out long whole) ? whole : json.TryGetDecimal(out decimal exact) ? exact : json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static PSObject Properties(JsonElement json)
    {
        var made = new PSObject();
        foreach (JsonProperty property in json.EnumerateObject())
        {
            // JSON may have a name twice, and names that differ only in their case; the last one counts.
            made.Properties.Remove(property.Name);
            made.Properties.Add(new PSNoteProperty(property.Name, Object(property.Value)));
        }

        return made;
    }
}
