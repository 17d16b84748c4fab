using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using FanOut.Aws.Protocols;
using FanOut.Engine.Json;

namespace FanOut.Engine.Transform;

/// <summary>Joins the key attributes of a DynamoDB item to one key.</summary>
/// <remarks>
/// <para>A single attribute's value is the key as it is. Of two the first, with <c>|</c> and <c>\</c> written as <c>\|</c> and <c>\\</c>, a <c>|</c>,
/// and the second as it is: so two items never share a key, and keys without those characters in the first value need no escape.</para>
/// <para>The first is the hash key where it is known. Else it is the one that Lambda's events have first. That order is not documented; in events
/// found in public from 2020 to 2025 it is that of a Java HashMap of two, which depends on the names alone. It is computed, not taken from the event,
/// so that the same item has the same key whatever Lambda does next.</para>
/// </remarks>
public static class DynamoKey
{
    // Of a HashMap that was made without a size: https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/HashMap.html
    private const int Buckets = 16;

    private static ReadOnlySpan<byte> Escaped => "|\\"u8;

    /// <summary>How many bytes a key may have at most.</summary>
    /// <param name="keys">The record's Keys.</param>
    public static int MostBytes(ReadOnlySpan<byte> keys) => keys.Length * 2;

    /// <summary>Writes the key.</summary>
    /// <param name="keys">The record's Keys: <c>{"id":{"S":"x"},"at":{"N":"17"}}</c>.</param>
    /// <param name="hashKey">The name of the hash key, UTF-8; empty: it is not known.</param>
    /// <param name="output">Where the key is written: strings unescaped, numbers as their text, binary as its base64 text. Advanced only
    /// when the whole key was written.</param>
    /// <param name="reason">What is wrong and at which byte, if there is no key to be made. Never holds data.</param>
    /// <returns>Whether the key was written.</returns>
    public static bool TryWrite(ReadOnlySpan<byte> keys, ReadOnlySpan<byte> hashKey, IBufferWriter<byte> output, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(output);
        JsonCursor cursor = new(keys);
        int written = 0;
        reason = !Utf8.IsValid(keys) ? "not valid UTF-8" : Write(ref cursor, hashKey, output.GetSpan(MostBytes(keys)), ref written);
        if (reason is not null)
        {
            reason = $"DynamoDB keys: {reason} at byte {cursor.Position}";
            return false;
        }
        output.Advance(written);
        return true;
    }

    private static string? Write(ref JsonCursor keys, ReadOnlySpan<byte> hashKey, Span<byte> destination, ref int written)
    {
        if (!keys.TryTake((byte)'{'))
        {
            return "an object of attributes is expected";
        }

        if (Take(ref keys, out ReadOnlySpan<byte> name, out byte type, out ReadOnlySpan<byte> value) is { } broken)
        {
            return broken;
        }

        if (!keys.TryTake((byte)','))
        {
            if (!IsAtEnd(ref keys))
            {
                return "the end of the keys is expected";
            }

            return Put(type, value, destination, ref written);
        }

        if (Take(ref keys, out ReadOnlySpan<byte> otherName, out byte otherType, out ReadOnlySpan<byte> otherValue) is { } alsoBroken)
        {
            return alsoBroken;
        }

        if (!IsAtEnd(ref keys))
        {
            return "the end of the keys is expected, as a table has one or two";
        }

        if (Order(name, otherName, hashKey, out bool isFirst) is { } disorder)
        {
            return disorder;
        }

        if (Put(isFirst ? type : otherType, isFirst ? value : otherValue, destination, ref written) is { } wrong)
        {
            return wrong;
        }

        Escape(destination, ref written);
        destination[written++] = (byte)'|';
        return Put(isFirst ? otherType : type, isFirst ? otherValue : value, destination, ref written);
    }

    private static bool IsAtEnd(ref JsonCursor keys) => keys.TryTake((byte)'}') && keys.IsAtEnd();

    private static string? Take(ref JsonCursor keys, out ReadOnlySpan<byte> name, out byte letter, out ReadOnlySpan<byte> value)
    {
        letter = 0;
        value = default;
        if (!keys.TryTakeString(out name) || !keys.TryTake((byte)':'))
        {
            return "an attribute's name is expected";
        }

        if (!keys.TryTake((byte)'{') || !keys.TryTakeString(out ReadOnlySpan<byte> type) || !keys.TryTake((byte)':'))
        {
            return "an attribute's value must be an object with its type";
        }

        if (type.Length != 3 || !"SNB"u8.Contains(type[1]))
        {
            return "a key must be of type S, N or B";
        }

        letter = type[1];
        return keys.TryTakeString(out value) && keys.TryTake((byte)'}') ? null : "one string is expected as a key's value";
    }

    private static string? Put(byte type, ReadOnlySpan<byte> quoted, Span<byte> destination, ref int written)
    {
        Span<byte> rest = destination[written..];
        if (!JsonEscape.TryUndo(quoted, rest, out int length))
        {
            return "half a surrogate pair is escaped in the string";
        }

        written += length;
        return type switch
        {
            (byte)'N' when !DynamoNumber.IsNumber(rest[..length]) => "a key of type N is not a number",
            (byte)'B' when !Base64Text.Is(rest[..length]) => "a key of type B is not base64",
            _ => null,
        };
    }

    /// <summary>Says whether the first name that was read is that of the first part of the key.</summary>
    private static string? Order(ReadOnlySpan<byte> quoted, ReadOnlySpan<byte> otherQuoted, ReadOnlySpan<byte> hashKey, out bool isFirst)
    {
        isFirst = false;
        if (!TryName(quoted, out ReadOnlySpan<byte> name) || !TryName(otherQuoted, out ReadOnlySpan<byte> other))
        {
            return "an attribute's name is none that a table can have";
        }

        if (name.SequenceEqual(other))
        {
            return "an attribute's name stands there twice";
        }

        if (hashKey.IsEmpty)
        {
            int order = BucketOf(name) - BucketOf(other);
            isFirst = (order != 0 ? order : name.SequenceCompareTo(other)) < 0;
            return null;
        }

        isFirst = name.SequenceEqual(hashKey);
        return isFirst || other.SequenceEqual(hashKey) ? null : "neither of the names is the hash key that the mapping has";
    }

    private static bool TryName(ReadOnlySpan<byte> quoted, out ReadOnlySpan<byte> name)
    {
        name = quoted[1..^1];
        if (!name.Contains((byte)'\\'))
        {
            return true;
        }

        // Names with escapes are rare, so this may allocate.
        byte[] unescaped = new byte[name.Length];
        bool isText = JsonEscape.TryUndo(quoted, unescaped, out int length);
        name = unescaped.AsSpan(0, length);
        return isText;
    }

    private static int BucketOf(ReadOnlySpan<byte> name)
    {
        uint hash = 0;
        Span<char> units = stackalloc char[2];
        while (!name.IsEmpty)
        {
            if (name[0] < 0x80)
            {
                hash = (hash * 31) + name[0];
                name = name[1..];
                continue;
            }

            Rune.DecodeFromUtf8(name, out Rune rune, out int bytes);
            name = name[bytes..];
            foreach (char unit in units[..rune.EncodeToUtf16(units)])
            {
                hash = (hash * 31) + unit;
            }
        }
        return (int)((hash ^ (hash >> 16)) % Buckets);
    }

    private static void Escape(Span<byte> text, ref int length)
    {
        int escapes = text[..length].Count(Escaped[0]) + text[..length].Count(Escaped[1]);
        for (int from = length - 1, to = (length += escapes) - 1; to > from; from--)
        {
            text[to--] = text[from];
            if (Escaped.Contains(text[from]))
            {
                text[to--] = (byte)'\\';
            }
        }
    }
}
