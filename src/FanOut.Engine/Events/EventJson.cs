using System.Text.Json;
using FanOut.Aws.Protocols;

namespace FanOut.Engine.Events;

/// <summary>Takes parts of an event at the position of a reader, without throwing.</summary>
/// <param name="json">The event, which the reader goes through.</param>
internal struct EventJson(ReadOnlyMemory<byte> json)
{
    /// <summary>The greatest depth of what was skipped.</summary>
    public int Deepest { get; private set; }

    /// <summary>What was read since a position.</summary>
    public readonly ReadOnlyMemory<byte> Since(int start, in Utf8JsonReader reader) => json[start..(int)reader.BytesConsumed];

    /// <summary>The property's name at which the reader is, without escapes; empty where it is no text.</summary>
    /// <remarks>The reader's own ValueTextEquals throws at half a surrogate pair.</remarks>
    public readonly ReadOnlySpan<byte> Name(in Utf8JsonReader reader) =>
        !reader.ValueIsEscaped ? reader.ValueSpan : TryText(reader, out ReadOnlyMemory<byte> text) ? text.Span : default;

    /// <summary>The string at which the reader is, without quotes and escapes.</summary>
    /// <returns>Whether it is text: half a surrogate pair is not.</returns>
    public readonly bool TryText(in Utf8JsonReader reader, out ReadOnlyMemory<byte> text)
    {
        int start = (int)reader.TokenStartIndex + 1, length = reader.ValueSpan.Length;
        text = json.Slice(start, length);
        if (!reader.ValueIsEscaped)
        {
            return true;
        }

        byte[] unescaped = new byte[length];
        bool isText = JsonEscape.TryUndo(json.Span.Slice(start - 1, length + 2), unescaped, out int written);
        text = isText ? unescaped.AsMemory(0, written) : default;
        return isText;
    }

    /// <summary>Skips a value, or a name and its value, as the reader's own Skip does, and notes how deep it is.</summary>
    public void Skip(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            reader.Read();
        }

        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            int depth = reader.CurrentDepth;
            do
            {
                reader.Read();
                Deepest = Math.Max(Deepest, reader.CurrentDepth);
            }
            while (reader.CurrentDepth > depth);
        }
    }
}
