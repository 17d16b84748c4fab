using FanOut.Aws.Protocols;
using FanOut.Engine.Json;

namespace FanOut.Engine.Transform;

/// <summary>Converts one typed image to plain JSON, from one span to another.</summary>
/// <remarks>
/// Every value is written only after more of the image has been read than it takes: <c>{"S":</c> and <c>}</c>, or a set's quotes, are
/// dropped and nothing else is added. Hence a destination as long as the image is always enough, and needs no check but the span's own.
/// </remarks>
internal ref struct DynamoImage(ReadOnlySpan<byte> typed, Span<byte> plain)
{
    private readonly Span<byte> _plain = plain;
    private JsonCursor _typed = new(typed);
    private int _written;
    private string? _problem;

    /// <summary>Converts the image.</summary>
    /// <param name="written">The number of bytes written, when it was converted.</param>
    /// <returns>Why it cannot be converted, or null.</returns>
    public string? Convert(out int written)
    {
        bool isConverted = TryMap(0) && (_typed.IsAtEnd() || Fail("something follows the image"));
        written = _written;
        return isConverted ? null : _problem;
    }

    private bool TryMap(int depth)
    {
        if (!_typed.TryTake((byte)'{'))
        {
            return Fail("an object of attributes is expected");
        }

        Put((byte)'{');
        if (!_typed.TryTake((byte)'}'))
        {
            do
            {
                if (!_typed.TryTakeString(out ReadOnlySpan<byte> name) || !_typed.TryTake((byte)':'))
                {
                    return Fail("an attribute's name is expected");
                }

                Put(name);
                Put((byte)':');
                if (!TryValue(depth))
                {
                    return false;
                }
            }
            while (TryNext());
            if (!_typed.TryTake((byte)'}'))
            {
                return Fail("a comma or the object's end is expected");
            }
        }
        Put((byte)'}');
        return true;
    }

    private bool TryValue(int depth)
    {
        // The fast way, for JSON as AWS writes it: no white space, and a type of one letter.
        bool converted = _typed.TryTakeObjectOf(out byte letter) ? TryValue(letter, depth) : TryOtherValue(depth);
        return converted && (_typed.TryTake((byte)'}') || Fail("an attribute's value must have one type only"));
    }

    private bool TryValue(byte letter, int depth) => letter switch
    {
        (byte)'S' => TryText(),
        (byte)'B' => TryBinary(),
        (byte)'N' => TryNumber(),
        (byte)'M' => TryDescend(depth) && TryMap(depth + 1),
        (byte)'L' => TryDescend(depth) && TryList(depth + 1),
        _ => FailType(),
    };

    private bool TryOtherValue(int depth)
    {
        if (!_typed.TryTake((byte)'{') || !_typed.TryTakeString(out ReadOnlySpan<byte> type) || !_typed.TryTake((byte)':'))
        {
            return Fail("an attribute's value must be an object with its type");
        }

        return type.Length switch
        {
            3 => TryValue(type[1], depth),
            4 when type[2] == (byte)'S' && type[1] is (byte)'S' or (byte)'B' or (byte)'N' => TrySet(type[1]),
            6 when type.SequenceEqual("\"BOOL\""u8) => TryBoolean(),
            6 when type.SequenceEqual("\"NULL\""u8) => TryNull(),
            _ => FailType(),
        };
    }

    private bool TryText()
    {
        if (!_typed.TryTakeString(out ReadOnlySpan<byte> quoted))
        {
            return Fail("a string is expected");
        }

        Put(quoted);
        return true;
    }

    private bool TryBinary()
    {
        if (!_typed.TryTakeString(out ReadOnlySpan<byte> quoted))
        {
            return Fail("a string is expected");
        }

        if (!Base64Text.Is(quoted[1..^1]) && !IsEscapedBase64(quoted))
        {
            return Fail("the string before is not base64");
        }

        Put(quoted);
        return true;
    }

    /// <summary>For serializers that escape a slash or a plus sign. AWS does not, so this may be slow.</summary>
    private static bool IsEscapedBase64(ReadOnlySpan<byte> quoted)
    {
        if (!quoted.Contains((byte)'\\'))
        {
            return false;
        }

        byte[] text = new byte[quoted.Length];
        return JsonEscape.TryUndo(quoted, text, out int length) && Base64Text.Is(text.AsSpan(0, length));
    }

    private bool TryNumber()
    {
        if (!_typed.TryTakeString(out ReadOnlySpan<byte> quoted))
        {
            return Fail("a number in a string is expected");
        }

        if (!DynamoNumber.TryWrite(quoted[1..^1], _plain[_written..], out int length) && !TryEscapedNumber(quoted, out length))
        {
            return Fail("the string before is not a number that JSON can hold");
        }

        _written += length;
        return true;
    }

    /// <summary>For serializers that escape a plus sign. AWS does not, so this may be slow.</summary>
    private readonly bool TryEscapedNumber(ReadOnlySpan<byte> quoted, out int length)
    {
        length = 0;
        Span<byte> text = stackalloc byte[512];
        return quoted.Length <= text.Length && JsonEscape.TryUndo(quoted, text, out int unescaped)
            && DynamoNumber.TryWrite(text[..unescaped], _plain[_written..], out length);
    }

    private bool TryBoolean()
    {
        bool value = _typed.TryTake("true"u8);
        if (!value && !_typed.TryTake("false"u8))
        {
            return Fail("true or false is expected");
        }

        Put(value ? "true"u8 : "false"u8);
        return true;
    }

    private bool TryNull()
    {
        if (!_typed.TryTake("true"u8))
        {
            return Fail("NULL must be true");
        }

        Put("null"u8);
        return true;
    }

    private bool TryList(int depth)
    {
        if (!TryOpenArray(out bool isEmpty))
        {
            return false;
        }

        if (isEmpty)
        {
            return true;
        }

        do
        {
            if (!TryValue(depth))
            {
                return false;
            }
        }
        while (TryNext());
        return TryCloseArray();
    }

    private bool TrySet(byte letter)
    {
        if (!TryOpenArray(out bool isEmpty))
        {
            return false;
        }

        if (isEmpty)
        {
            return true;
        }

        do
        {
            if (!TryValue(letter, 0))
            {
                return false;
            }
        }
        while (TryNext());
        return TryCloseArray();
    }

    private bool TryOpenArray(out bool isEmpty)
    {
        isEmpty = false;
        if (!_typed.TryTake((byte)'['))
        {
            return Fail("an array is expected");
        }

        isEmpty = _typed.TryTake((byte)']');
        Put(isEmpty ? "[]"u8 : "["u8);
        return true;
    }

    private bool TryCloseArray()
    {
        if (!_typed.TryTake((byte)']'))
        {
            return Fail("a comma or the array's end is expected");
        }

        Put((byte)']');
        return true;
    }

    private bool TryNext()
    {
        if (!_typed.TryTake((byte)','))
        {
            return false;
        }

        Put((byte)',');
        return true;
    }

    private bool TryDescend(int depth) =>
        depth < ConvertDynamo.MaxDepth || Fail($"lists and maps are nested deeper than {ConvertDynamo.MaxDepth} levels");

    private void Put(byte value) => _plain[_written++] = value;

    private void Put(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_plain[_written..]);
        _written += bytes.Length;
    }

    private bool FailType() => Fail("the type is none of S, N, B, SS, NS, BS, BOOL, NULL, L, M");

    private bool Fail(string problem)
    {
        _problem = $"DynamoDB JSON: {problem} at byte {_typed.Position}";
        return false;
    }
}
