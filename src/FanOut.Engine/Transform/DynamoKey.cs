using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Unicode;
using FanOut.Aws.Protocols;
using FanOut.Engine.Json;

namespace FanOut.Engine.Transform;

/// <summary>Makes one key of the key attributes of a DynamoDB item.</summary>
public static class DynamoKey
{
    /// <summary>Writes the values of the key attributes, joined by <c>|</c>, in the order in which the event has them.</summary>
    /// <param name="keys">The record's Keys: <c>{"id":{"S":"x"},"at":{"N":"17"}}</c>.</param>
    /// <param name="output">Where the key is written: strings unescaped, numbers as their text, binary as its base64 text. Advanced only
    /// when the whole key was written.</param>
    /// <param name="reason">What is wrong and at which byte, if there is no key to be made. Never holds data.</param>
    /// <returns>Whether the key was written.</returns>
    public static bool TryWrite(ReadOnlySpan<byte> keys, IBufferWriter<byte> output, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(output);
        JsonCursor cursor = new(keys);
        int written = 0;
        reason = !Utf8.IsValid(keys) ? "not valid UTF-8" : Write(ref cursor, output.GetSpan(keys.Length), ref written);
        if (reason is not null)
        {
            reason = $"DynamoDB keys: {reason} at byte {cursor.Position}";
            return false;
        }
        output.Advance(written);
        return true;
    }

    private static string? Write(ref JsonCursor keys, Span<byte> destination, ref int written)
    {
        if (!keys.TryTake((byte)'{'))
            return "an object of attributes is expected";
        do
        {
            if (!keys.TryTakeString(out _) || !keys.TryTake((byte)':'))
                return "an attribute's name is expected";
            if (!keys.TryTake((byte)'{') || !keys.TryTakeString(out ReadOnlySpan<byte> type) || !keys.TryTake((byte)':'))
                return "an attribute's value must be an object with its type";
            if (type.Length != 3 || !"SNB"u8.Contains(type[1]))
                return "a key must be of type S, N or B";
            if (!keys.TryTakeString(out ReadOnlySpan<byte> quoted) || !keys.TryTake((byte)'}'))
                return "one string is expected as a key's value";
            if (!JsonEscape.TryUndo(quoted, destination[written..], out int length))
                return "half a surrogate pair is escaped in the string";
            written += length;
            if (!keys.TryTake((byte)','))
                break;
            destination[written++] = (byte)'|';
        }
        while (true);
        return keys.TryTake((byte)'}') && keys.IsAtEnd() ? null : "the end of the keys is expected";
    }
}
