using System.Buffers.Binary;

namespace FanOut.Aws.Protocols;

/// <summary>Goes through CBOR without allocating: the answers of PutRecords have thousands of values.</summary>
/// <remarks>Lengths may be told or not. What is not CBOR, or ends too early, is a <see cref="FormatException"/>.</remarks>
/// <param name="bytes">One value.</param>
internal ref struct CborCursor(ReadOnlySpan<byte> bytes)
{
    private const int MostDepth = 64;
    private const byte Break = 0xFF;

    // The heads of a text without bytes, and of one whose length is the byte behind.
    private const byte EmptyText = 0x60;
    private const byte TextOfByte = 0x78;

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>The type of the next value, behind its tags.</summary>
    public CborType Next => TypeOf(First) == CborType.Tag ? NextBehindTags() : TypeOf(First);

    /// <summary>Whether the next value is null, or undefined.</summary>
    public readonly bool IsNull => First is 0xF6 or 0xF7;

    private readonly byte First => _rest.IsEmpty ? throw Wrong("it ends too early") : _rest[0];

    /// <summary>Goes into an array or a map.</summary>
    /// <param name="type">Which of both it must be.</param>
    /// <returns>How many elements or members are left; -1: it does not say.</returns>
    public int Enter(CborType type)
    {
        if (Next != type)
        {
            throw Wrong($"it has {Next} instead of {type}");
        }

        return ReadHead(out int length) ? length : -1;
    }

    /// <summary>Whether there is another element or member; goes out of the array or map when there is none.</summary>
    /// <param name="left">What <see cref="Enter"/> returned.</param>
    public bool HasMore(scoped ref int left)
    {
        if (left == 0)
        {
            return false;
        }

        if (left > 0)
        {
            left--;
            return true;
        }

        if (First != Break)
        {
            return true;
        }

        _rest = _rest[1..];
        return false;
    }

    /// <summary>A text or byte string.</summary>
    public ReadOnlySpan<byte> ReadText()
    {
        // Names, numbers and ids: text of less than 256 bytes, with its length in front.
        if (_rest.Length >= 2 && _rest[0] is >= EmptyText and <= TextOfByte)
        {
            (int head, int length) = _rest[0] == TextOfByte ? (2, _rest[1]) : (1, _rest[0] - EmptyText);
            if (_rest.Length - head >= length)
            {
                ReadOnlySpan<byte> whole = _rest.Slice(head, length);
                _rest = _rest[(head + length)..];
                return whole;
            }
        }

        return ReadAnyText();
    }

    private ReadOnlySpan<byte> ReadAnyText()
    {
        CborType type = Next;
        if (type is not (CborType.Text or CborType.Bytes))
        {
            throw Wrong($"it has {type} instead of {CborType.Text}");
        }

        if (ReadHead(out int length))
        {
            return Take(length);
        }

        byte[] text = [];
        while (First != Break)
        {
            if (TypeOf(First) != type || !ReadHead(out length))
            {
                throw Wrong("a part of a text is none");
            }

            text = [.. text, .. Take(length)];
        }

        _rest = _rest[1..];
        return text;
    }

    /// <summary>A whole number of 32 bits; null: the value is something else, and is skipped.</summary>
    public int? ReadNumber()
    {
        CborType type = Next;
        if (type is not (CborType.Number or CborType.Negative) || (First & 0x1F) > 27)
        {
            Skip();
            return null;
        }

        ulong number = ReadArgument(out _);
        return number > int.MaxValue ? null : type == CborType.Number ? (int)number : -1 - (int)number;
    }

    /// <summary>Goes behind a value, whatever it is.</summary>
    public void Skip() => Skip(MostDepth);

    private CborType NextBehindTags()
    {
        while (TypeOf(First) == CborType.Tag)
        {
            ReadHead(out _);
        }

        return TypeOf(First);
    }

    private void Skip(int depth)
    {
        switch (Next)
        {
            case CborType.Text or CborType.Bytes:
                ReadText();
                break;
            case CborType.Array or CborType.Map when depth == 0:
                throw Wrong("it is too deep");
            case (CborType.Array or CborType.Map) and var type:
                int left = Enter(type);
                while (HasMore(ref left))
                {
                    Skip(depth - 1);
                    if (type == CborType.Map)
                    {
                        Skip(depth - 1);
                    }
                }

                break;
            default:
                if (First == Break)
                {
                    throw Wrong("it ends what has not begun");
                }

                // Numbers of eight bytes and fractions, too.
                Take(1 + ((First & 0x1F) switch { 24 => 1, 25 => 2, 26 => 4, 27 => 8, < 24 => 0, _ => throw Wrong("it has an unknown head") }));
                break;
        }
    }

    /// <summary>Reads a head.</summary>
    /// <param name="value">Its length or its number of members.</param>
    /// <returns>False: it says no length.</returns>
    private bool ReadHead(out int value)
    {
        ulong number = ReadArgument(out bool isOpen);
        value = number <= int.MaxValue ? (int)number : throw Wrong("it has too large a number");
        return !isOpen;
    }

    private ulong ReadArgument(out bool isOpen)
    {
        int argument = Take(1)[0] & 0x1F;
        isOpen = argument == 31;
        return argument switch
        {
            < 24 => (ulong)argument,
            24 => Take(1)[0],
            25 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            26 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            27 => BinaryPrimitives.ReadUInt64BigEndian(Take(8)),
            31 => 0,
            _ => throw Wrong("it has an unknown head"),
        };
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw Wrong("it ends too early");
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private static CborType TypeOf(byte first) => (CborType)(first >> 5);

    private static FormatException Wrong(string why) => new($"The answer is not the CBOR that was expected: {why}.");
}
