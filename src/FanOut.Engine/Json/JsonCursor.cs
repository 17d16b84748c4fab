using System.Runtime.CompilerServices;
using FanOut.Aws.Protocols;

namespace FanOut.Engine.Json;

/// <summary>Reads JSON text token by token, forward only, without allocating or throwing.</summary>
/// <remarks>
/// <see href="https://www.rfc-editor.org/rfc/rfc8259"/>. Utf8JsonReader throws at text that is not JSON, which costs more than sending
/// the record, and it decodes tokens that the transforms only copy. The caller must have checked that the text is valid UTF-8.
/// </remarks>
internal ref struct JsonCursor(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _position;

    /// <summary>Where the cursor stands, in bytes; after a failure: where the text stopped making sense.</summary>
    public readonly int Position => _position;

    /// <summary>What was taken since a position.</summary>
    public readonly ReadOnlySpan<byte> Since(int position) => _text[position.._position];

    /// <summary>Skips white space and returns the byte after it without taking it; 0 at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Peek() => Next > (byte)' ' ? Next : PeekBehindBlanks();

    private byte PeekBehindBlanks()
    {
        while (_position < _text.Length)
        {
            byte next = _text[_position];
            if (next is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return next;
            }

            _position++;
        }
        return 0;
    }

    /// <summary>Whether nothing but white space is left.</summary>
    public bool IsAtEnd() => Peek() == 0 && _position == _text.Length;

    /// <summary>Takes a structural character, if it is the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(byte token)
    {
        if (Peek() != token)
        {
            return false;
        }

        _position++;
        return true;
    }

    /// <summary>Takes the beginning of an object, <c>{"x":</c>, if it is the next, with a name of one letter and without white space.</summary>
    public bool TryTakeObjectOf(out byte letter)
    {
        ReadOnlySpan<byte> text = _text[_position..];
        letter = 0;
        if (text.Length < 5 || text[0] != (byte)'{' || text[1] != (byte)'"' || text[3] != (byte)'"' || text[4] != (byte)':'
            || !char.IsAsciiLetter((char)text[2]))
        {
            return false;
        }

        letter = text[2];
        _position += 5;
        return true;
    }

    /// <summary>Takes <c>true</c>, <c>false</c> or <c>null</c>, if it is the next.</summary>
    public bool TryTake(ReadOnlySpan<byte> literal)
    {
        Peek();
        if (!_text[_position..].StartsWith(literal))
        {
            return false;
        }

        _position += literal.Length;
        return true;
    }

    /// <summary>Takes a string.</summary>
    /// <param name="quoted">The string as it stands, with its quotes and escapes.</param>
    public bool TryTakeString(out ReadOnlySpan<byte> quoted)
    {
        quoted = default;
        if (!TryTake((byte)'"'))
        {
            return false;
        }

        int start = _position - 1;
        while (true)
        {
            int run = JsonEscape.IndexOfEscaped(_text[_position..]);
            if (run < 0)
            {
                _position = _text.Length;
                return false;
            }
            _position += run;
            if (_text[_position] == (byte)'"')
            {
                quoted = _text[start..++_position];
                return true;
            }
            if (!TryTakeEscape())
            {
                return false;
            }
        }
    }

    /// <summary>Takes a number.</summary>
    public bool TryTakeNumber()
    {
        Peek();
        if (Next == (byte)'-')
        {
            _position++;
        }

        if (Next == (byte)'0')
        {
            _position++;
        }
        else if (!TryTakeDigits())
        {
            return false;
        }

        if (Next == (byte)'.')
        {
            _position++;
            if (!TryTakeDigits())
            {
                return false;
            }
        }
        if (Next is not ((byte)'e' or (byte)'E'))
        {
            return true;
        }

        _position++;
        if (Next is (byte)'+' or (byte)'-')
        {
            _position++;
        }

        return TryTakeDigits();
    }

    private readonly byte Next
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _position < _text.Length ? _text[_position] : (byte)0;
    }

    private bool TryTakeDigits()
    {
        int start = _position;
        while (char.IsAsciiDigit((char)Next))
        {
            _position++;
        }

        return _position > start;
    }

    private bool TryTakeEscape()
    {
        ReadOnlySpan<byte> escape = _text[_position..];
        if (escape.Length < 2 || escape[0] != (byte)'\\')
        {
            return false;
        }

        if (escape[1] != (byte)'u')
        {
            _position += 2;
            return "\"\\/bfnrt"u8.Contains(escape[1]);
        }
        if (escape.Length < 6 || !AreHex(escape[2..6]))
        {
            return false;
        }

        _position += 6;
        return true;
    }

    private static bool AreHex(ReadOnlySpan<byte> digits)
    {
        foreach (byte digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return false;
            }
        }
        return true;
    }
}
