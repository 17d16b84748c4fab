using System.Text.Json;

namespace FanOut.Aws.Protocols;

/// <summary>Reads members of an answer's JSON object; null if they are absent or null, like the properties of the AWSSDK.</summary>
internal static class JsonMembers
{
    /// <summary>A member's value; null if it is absent or null.</summary>
    public static JsonElement? Member(this JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A string.</summary>
    public static string? Text(this JsonElement json, string name) => json.Member(name)?.GetString();

    /// <summary>A token that the next page begins with; some services write an empty one if there is no next page.</summary>
    public static string? Token(this JsonElement json, string name) => json.Text(name) is { Length: > 0 } token ? token : null;

    /// <summary>A number of at most 32 bits.</summary>
    public static int? Number(this JsonElement json, string name) => json.Member(name)?.GetInt32();

    /// <summary>A number of at most 64 bits.</summary>
    public static long? LargeNumber(this JsonElement json, string name) => json.Member(name)?.GetInt64();

    /// <summary>A truth value.</summary>
    public static bool? Truth(this JsonElement json, string name) => json.Member(name)?.GetBoolean();

    /// <summary>A point in time, in UTC.</summary>
    public static DateTime? Time(this JsonElement json, string name) => json.Member(name)?.AsTime();

    /// <summary>A point in time as the JSON protocols write it: seconds since 1970, with a fraction.</summary>
    /// <remarks>https://smithy.io/2.0/spec/protocol-traits.html#timestamp-formats</remarks>
    public static DateTime AsTime(this JsonElement json) => AsTime(json.GetDecimal());

    /// <summary>The same, of the number.</summary>
    public static DateTime AsTime(decimal seconds) => DateTime.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));

    /// <summary>A list of strings.</summary>
    public static List<string>? Texts(this JsonElement json, string name) => json.Each(name, static item => item.GetString() ?? "");

    /// <summary>A list, each item as <paramref name="read"/> reads it.</summary>
    public static List<T>? Each<T>(this JsonElement json, string name, Func<JsonElement, T> read) =>
        json.Member(name) is { } list ? [.. list.EnumerateArray().Select(read)] : null;

    /// <summary>A structure as <paramref name="read"/> reads it.</summary>
    public static T? Structure<T>(this JsonElement json, string name, Func<JsonElement, T> read)
        where T : class => json.Member(name) is { } value ? read(value) : null;

    /// <summary>A map of strings.</summary>
    public static Dictionary<string, string>? Map(this JsonElement json, string name) =>
        json.Member(name)?.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString() ?? "", StringComparer.Ordinal);
}
