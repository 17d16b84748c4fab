using System.Text.Unicode;

namespace FanOut.Engine.Json;

/// <summary>Checks whether data is JSON, and copies JSON onto one line.</summary>
public static class JsonText
{
    /// <summary>How deep objects and arrays may be nested: 1,024, far more than what any target accepts.</summary>
    public const int MaxDepth = 1024;

    /// <summary>Whether the bytes are one complete JSON value, white space around it allowed, in valid UTF-8.</summary>
    /// <param name="utf8">Any bytes.</param>
    public static bool IsJson(ReadOnlySpan<byte> utf8) => Utf8.IsValid(utf8) && IsOneValue(utf8);

    /// <summary>As <see cref="IsJson"/>, and the value is an object.</summary>
    /// <param name="utf8">Any bytes.</param>
    public static bool IsJsonObject(ReadOnlySpan<byte> utf8) => new JsonCursor(utf8).Peek() == (byte)'{' && IsJson(utf8);

    /// <summary>Copies JSON so that it holds no line break: those between tokens become blanks, and inside strings there are none.</summary>
    /// <param name="json">Valid JSON.</param>
    /// <param name="destination">Takes exactly as many bytes as <paramref name="json"/> has; may be the same memory.</param>
    public static void CopyAsOneLine(ReadOnlySpan<byte> json, Span<byte> destination)
    {
        destination = destination[..json.Length];
        json.CopyTo(destination);
        destination.Replace((byte)'\n', (byte)' ');
        destination.Replace((byte)'\r', (byte)' ');
    }

    /// <summary>Skips one value of any kind, with all that is in it. false: the text is not JSON.</summary>
    /// <param name="cursor">Stands before the value.</param>
    /// <param name="mostDepth">How deep objects and arrays may be nested, at most <see cref="MaxDepth"/>.</param>
    internal static bool TryTakeValue(ref JsonCursor cursor, int mostDepth = MaxDepth)
    {
        // Most values are scalars: nothing has to be remembered about open objects and arrays.
        byte next = cursor.Peek();
        return next is (byte)'{' or (byte)'[' ? TryTakeContainer(ref cursor, mostDepth) : TryTakeScalar(ref cursor, next);
    }

    private static bool IsOneValue(ReadOnlySpan<byte> text)
    {
        JsonCursor cursor = new(text);
        return TryTakeValue(ref cursor) && cursor.IsAtEnd();
    }

    private static bool TryTakeContainer(ref JsonCursor cursor, int mostDepth)
    {
        // One bit for each open container, set for an object: depth costs bits instead of stack frames.
        Span<ulong> open = stackalloc ulong[MaxDepth / 64];
        int depth = 0;
        while (true)
        {
            // Here a value must come.
            byte first = cursor.Peek();
            if (first is (byte)'{' or (byte)'[')
            {
                if (depth == mostDepth)
                {
                    return false;
                }

                bool isObject = first == (byte)'{';
                cursor.TryTake(first);
                Mark(open, depth++, isObject);
                if (cursor.Peek() != Close(isObject))
                {
                    if (isObject && !TryTakeName(ref cursor))
                    {
                        return false;
                    }

                    continue;
                }
            }
            else if (!TryTakeScalar(ref cursor, first))
            {
                return false;
            }

            // Here a value has ended: containers may end with it, or another value follows.
            while (true)
            {
                if (depth == 0)
                {
                    return true;
                }

                bool inObject = IsObject(open, depth - 1);
                if (cursor.TryTake(Close(inObject)))
                {
                    depth--;
                    continue;
                }
                if (!cursor.TryTake((byte)',') || (inObject && !TryTakeName(ref cursor)))
                {
                    return false;
                }

                break;
            }
        }
    }

    private static bool TryTakeName(ref JsonCursor cursor) => cursor.TryTakeString(out _) && cursor.TryTake((byte)':');

    private static bool TryTakeScalar(ref JsonCursor cursor, byte first) => first switch
    {
        (byte)'"' => cursor.TryTakeString(out _),
        (byte)'t' => cursor.TryTake("true"u8),
        (byte)'f' => cursor.TryTake("false"u8),
        (byte)'n' => cursor.TryTake("null"u8),
        _ => cursor.TryTakeNumber(),
    };

    private static byte Close(bool isObject) => isObject ? (byte)'}' : (byte)']';

    private static bool IsObject(Span<ulong> open, int index) => (open[index >> 6] & (1UL << index)) != 0;

    private static void Mark(Span<ulong> open, int index, bool isObject)
    {
        if (isObject)
        {
            open[index >> 6] |= 1UL << index;
        }
        else
        {
            open[index >> 6] &= ~(1UL << index);
        }
    }
}
