using System.Text.Json.Nodes;

namespace FanOut.EndToEnd.Cmdlets;

/// <summary>Attributes of a row as DynamoDB's API tells them.</summary>
internal static class RowText
{
    /// <summary>A text.</summary>
    public static string? Text(this JsonNode row, string attribute) => (string?)row[attribute]?["S"];

    /// <summary>A truth value.</summary>
    public static bool? Flag(this JsonNode row, string attribute) => (bool?)row[attribute]?["BOOL"];

    /// <summary>A number.</summary>
    public static string? Number(this JsonNode row, string attribute) => (string?)row[attribute]?["N"];

    /// <summary>All attributes, in the order of their names.</summary>
    public static string Sorted(this JsonNode row) =>
        string.Join(' ', row.AsObject().OrderBy(attribute => attribute.Key, StringComparer.Ordinal).Select(attribute => $"{attribute.Key}={attribute.Value!.ToJsonString()}"));
}
