using System.Buffers;
using System.Text;
using System.Text.Json;

namespace FanOut.DeadLetters.Replays;

/// <summary>Takes a file of what Lambda gave up apart: the event in it, and what it says besides. So the event, which may have megabytes, never becomes a text of its own.</summary>
internal static class SplitReport
{
    private static readonly JsonReaderOptions AsDeep = new() { MaxDepth = LetterData.Depth.MaxDepth };

    /// <summary>The report without the event.</summary>
    /// <param name="json">The file.</param>
    /// <param name="given">Gets the event, if the file has one as a text.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="InvalidOperationException">The event is no text in UTF-8.</exception>
    public static string Of(ReadOnlySpan<byte> json, IBufferWriter<byte> given)
    {
        var reader = new Utf8JsonReader(json, AsDeep);
        var report = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(report))
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw new JsonException("It is no object.");
            }

            writer.WriteStartObject();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isEvent = reader.ValueTextEquals("payload"u8);
                string name = reader.GetString()!;
                reader.Read();
                if (isEvent && reader.TokenType == JsonTokenType.String)
                {
                    given.Advance(reader.CopyString(given.GetSpan(reader.ValueSpan.Length)));
                    continue;
                }

                long start = reader.TokenStartIndex;
                reader.Skip();
                writer.WritePropertyName(name);
                writer.WriteRawValue(json[(int)start..(int)reader.BytesConsumed], skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(report.WrittenSpan);
    }
}
