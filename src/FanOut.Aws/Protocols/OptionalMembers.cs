using System.Text.Json;

namespace FanOut.Aws.Protocols;

/// <summary>Writes members of a request's JSON object; those that are null are not written.</summary>
internal static class OptionalMembers
{
    /// <summary>A string; an empty one is written.</summary>
    public static void Optional(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    /// <summary>A number.</summary>
    public static void Optional(this Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    /// <summary>A truth value.</summary>
    public static void Optional(this Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } truth)
        {
            json.WriteBoolean(name, truth);
        }
    }

    /// <summary>A point in time: seconds since 1970, with a fraction of milliseconds.</summary>
    public static void Optional(this Utf8JsonWriter json, string name, DateTime? value)
    {
        if (value is { } time)
        {
            json.WriteNumber(name, Math.Round((decimal)(time.ToUniversalTime() - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond, 3));
        }
    }

    /// <summary>A list of strings; an empty one is written.</summary>
    public static void Optional(this Utf8JsonWriter json, string name, IEnumerable<string>? values) =>
        json.Optional(name, values, static (json, value) => json.WriteStringValue(value));

    /// <summary>A list, each item as <paramref name="write"/> writes it.</summary>
    public static void Optional<T>(this Utf8JsonWriter json, string name, IEnumerable<T>? values, Action<Utf8JsonWriter, T> write)
    {
        if (values is null)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (T value in values)
        {
            write(json, value);
        }

        json.WriteEndArray();
    }

    /// <summary>A map of strings; an empty one is written.</summary>
    public static void Optional(this Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string>? map)
    {
        if (map is null)
        {
            return;
        }

        json.WriteStartObject(name);
        foreach ((string key, string value) in map)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    /// <summary>A structure, whose members <paramref name="write"/> writes.</summary>
    public static void Structure<T>(this Utf8JsonWriter json, string name, T? value, Action<Utf8JsonWriter, T> write)
        where T : class
    {
        if (value is null)
        {
            return;
        }

        json.WriteStartObject(name);
        write(json, value);
        json.WriteEndObject();
    }
}
