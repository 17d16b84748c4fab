using System.Text.Json;

namespace FanOut.Engine.Settings;

/// <summary>
/// The event with which <c>Publish-FanOutFunction</c> asks a function whether it runs. It has no records: the function answers with its version and its
/// settings, and reads and sends nothing.
/// </summary>
public static class TestEvent
{
    private const int MostBytes = 256;

    /// <summary>The event.</summary>
    public static ReadOnlySpan<byte> Json => """{"fanout":"test"}"""u8;

    /// <summary>Whether an event is this one, whatever white space is in it.</summary>
    public static bool Is(ReadOnlySpan<byte> json)
    {
        // An event with records is never so short; and whether it is JSON is for its reader to find out.
        if (json.Length > MostBytes)
        {
            return false;
        }

        var reader = new Utf8JsonReader(json, isFinalBlock: false, state: default);
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject
                && reader.Read() && reader.TokenType == JsonTokenType.PropertyName && !reader.ValueIsEscaped && reader.ValueTextEquals("fanout"u8)
                && reader.Read() && reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && reader.ValueTextEquals("test"u8);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
