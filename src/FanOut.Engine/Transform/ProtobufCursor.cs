using System.Runtime.CompilerServices;

namespace FanOut.Engine.Transform;

/// <summary>Reads the fields of one protobuf message, forward only, without copying or allocating.</summary>
/// <remarks><see href="https://protobuf.dev/programming-guides/encoding/"/>. After a failure the cursor must not be used again.</remarks>
internal ref struct ProtobufCursor(ReadOnlySpan<byte> message, int start, int end)
{
    // The wire types: the low three bits of a field's tag.
    public const int Varint = 0;
    public const int Fixed64 = 1;
    public const int Bytes = 2;
    public const int GroupStart = 3;
    public const int GroupEnd = 4;
    public const int Fixed32 = 5;

    // As in the official parsers; groups are the only nesting that is skipped tag by tag.
    private const int MaxGroupDepth = 100;
    private const int MaxVarintBytes = 10;
    private const ulong MaxFieldNumber = (1 << 29) - 1;

    private readonly ReadOnlySpan<byte> _message = message[..end];
    private int _position = start;

    public ProtobufCursor(ReadOnlySpan<byte> message)
        : this(message, 0, message.Length)
    {
    }

    public readonly bool AtEnd => _position == _message.Length;

    /// <summary>Where the cursor stands, in bytes from the start of the span that it was made from.</summary>
    public readonly int Position => _position;

    public bool TryTag(out int field, out int wireType)
    {
        (field, wireType) = (0, 0);
        if (!TryVarint(out ulong tag) || tag >> 3 is 0 or > MaxFieldNumber)
        {
            return false;
        }

        (field, wireType) = ((int)(tag >> 3), (int)(tag & 7));
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryVarint(out ulong value)
    {
        // Tags, indexes and the lengths of keys have one byte.
        if (_position < _message.Length && _message[_position] < 0x80)
        {
            value = _message[_position++];
            return true;
        }

        return TryLongVarint(out value);
    }

    private bool TryLongVarint(out ulong value)
    {
        value = 0;
        for (int i = 0; i < MaxVarintBytes && _position < _message.Length; i++)
        {
            byte next = _message[_position++];
            // The tenth byte holds the 64th bit only: more would be dropped silently.
            if (i == MaxVarintBytes - 1 && next > 1)
            {
                return false;
            }

            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Takes a length-delimited field; <paramref name="start"/> and <paramref name="end"/> lie inside the message.</summary>
    public bool TryBytes(out int start, out int end)
    {
        (start, end) = (0, 0);
        if (!TryVarint(out ulong length) || length > (ulong)(_message.Length - _position))
        {
            return false;
        }

        start = _position;
        end = _position += (int)length;
        return true;
    }

    /// <summary>Passes over the value of a field whose tag has just been read.</summary>
    public bool TrySkip(int field, int wireType) => TrySkip(field, wireType, MaxGroupDepth);

    private bool TrySkip(int field, int wireType, int depthLeft) => wireType switch
    {
        Varint => TryVarint(out _),
        Fixed64 => TryPass(8),
        Bytes => TryBytes(out _, out _),
        GroupStart => depthLeft > 0 && TrySkipGroup(field, depthLeft - 1),
        Fixed32 => TryPass(4),
        _ => false,
    };

    private bool TrySkipGroup(int group, int depthLeft)
    {
        while (TryTag(out int field, out int wireType))
        {
            if (wireType == GroupEnd)
            {
                return field == group;
            }

            if (!TrySkip(field, wireType, depthLeft))
            {
                return false;
            }
        }
        return false;
    }

    private bool TryPass(int bytes)
    {
        if (_message.Length - _position < bytes)
        {
            return false;
        }

        _position += bytes;
        return true;
    }
}
