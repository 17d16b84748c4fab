using System.Text;
using System.Text.Json;

namespace FanOut.Tests.Fuzzing;

/// <summary>All that can be done to one record of an event with the event staying well-formed JSON.</summary>
internal static class Poison
{
    private static readonly byte[][] Values =
    [
        .. new[]
        {
            "null", "true", "5", "-1e999", "\"\"", "\"x\"", "\"=\"", "\"AA=A\"", "\"A A=\"", "\"Zm9v\\\",\\\"x\"", "\"\\ud800\"", "\"\\udc00x\"", "\"\\u0000\"", "\"\\n\"", "\"007\"", "\"-1\"", "\"1.5\"",
            "[]", "{}", "[null]", "{\"S\":null}", "{\"S\":\"\\ud800\"}", "{\"id\":{\"S\":\"x\",\"N\":\"1\"}}", "{\"id\":{\"L\":[]}}", "{\"\\ud800\":{\"S\":\"x\"}}",
            Nested(70), Nested(2_000), NestedItem(40), NestedItem(900), $"\"{new string('9', 5_000)}\"",
        }.Select(Encoding.ASCII.GetBytes),
        [(byte)'"', 0xFF, (byte)'"'],
        [(byte)'"', 0xED, 0xA0, 0x80, (byte)'"'],
    ];

    /// <summary>The record as it is with each of its values replaced, each of its members left out, renamed or doubled, and with nothing of it left.</summary>
    /// <param name="record">A record that is well-formed.</param>
    public static IEnumerable<byte[]> Of(string record)
    {
        byte[] json = Encoding.UTF8.GetBytes(record);
        foreach (byte[] value in Values)
        {
            yield return value;
        }

        foreach ((int name, int start, int end) in Members(json))
        {
            foreach (byte[] value in Values)
            {
                yield return [.. json[..start], .. value, .. json[end..]];
                yield return [.. json[..name], .. json[name..start], .. value, .. ","u8, .. json[name..]];
                yield return [.. json[..end], .. ","u8, .. json[name..start], .. value, .. json[end..]];
            }

            yield return [.. json[..name], .. "\"x"u8, .. json[(name + 1)..]];
            yield return [.. json[..name], .. "\"\\ud800"u8, .. json[(name + 1)..]];
            yield return [.. json[..name], .. "\"\\u00"u8, .. Encoding.ASCII.GetBytes($"{json[name + 1]:x2}"), .. json[(name + 2)..]];
            yield return WithoutMember(json, name, end);
        }
    }

    /// <summary>An item with lists in lists.</summary>
    /// <param name="levels">How many; DynamoDB has up to 32.</param>
    public static string NestedItem(int levels) =>
        $$"""{"id":{"S":"k"},"deep":{{string.Concat(Enumerable.Repeat("{\"L\":[", levels))}}{"S":"end"}{{string.Concat(Enumerable.Repeat("]}", levels))}}}""";

    private static string Nested(int levels) => new string('[', levels) + new string(']', levels);

    // Where a member's name, its value and its end are.
    private static List<(int Name, int Start, int End)> Members(byte[] json)
    {
        var members = new List<(int, int, int)>();
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                int name = (int)reader.TokenStartIndex;
                Utf8JsonReader value = reader;
                value.Read();
                int start = (int)value.TokenStartIndex;
                value.Skip();
                members.Add((name, start, (int)value.BytesConsumed));
            }
        }

        return members;
    }

    private static byte[] WithoutMember(byte[] json, int name, int end)
    {
        int after = end + json.AsSpan(end).IndexOfAnyExcept(" \r\n\t"u8);
        if (json[after] == ',')
        {
            return [.. json[..name], .. json[(after + 1)..]];
        }

        int before = json.AsSpan(0, name).LastIndexOfAnyExcept(" \r\n\t"u8);
        return [.. json[..(json[before] == ',' ? before : name)], .. json[end..]];
    }
}
