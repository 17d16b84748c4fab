using System.Globalization;
using System.Text.Json;

namespace FanOut.DeadLetters;

/// <summary>Reads members of letters; what is absent or of another kind is null.</summary>
internal static class LetterJson
{
    /// <summary>A member; null: it is absent.</summary>
    public static JsonElement? Member(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null ? member : null;

    /// <summary>A text.</summary>
    public static string? Text(this JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A whole number.</summary>
    public static int? Number(this JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out int value) ? value : null;

    /// <summary>A time, as ISO 8601 writes it.</summary>
    public static DateTimeOffset? Time(this JsonElement json, string name) =>
        json.Text(name) is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
}
