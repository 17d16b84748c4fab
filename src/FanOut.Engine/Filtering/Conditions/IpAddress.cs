namespace FanOut.Engine.Filtering.Conditions;

/// <summary>An address of IPv4 or IPv6, read without allocating.</summary>
/// <remarks><see href="https://www.rfc-editor.org/rfc/rfc4291#section-2.2"/>; no zones, no leading zeros in IPv4, which some programs read as octal.</remarks>
/// <param name="Bits">The address as a number.</param>
/// <param name="IsV6">Whether it is IPv6.</param>
internal readonly record struct IpAddress(UInt128 Bits, bool IsV6)
{
    private const int Groups = 8;

    /// <summary>Reads an address.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out IpAddress address)
    {
        bool isV6 = text.Contains((byte)':');
        UInt128 bits = 0;
        bool parsed = isV6 ? TryParseV6(text, out bits) : TryParseV4(text, out bits);
        address = new IpAddress(bits, isV6);
        return parsed;
    }

    private static bool TryParseV4(ReadOnlySpan<byte> text, out UInt128 bits)
    {
        bits = 0;
        for (int i = 0; i < 4; i++)
        {
            int end = i < 3 ? text.IndexOf((byte)'.') : text.Length;
            if (end is < 1 or > 3 || (text[0] == (byte)'0' && end > 1))
            {
                return false;
            }

            int part = 0;
            foreach (byte digit in text[..end])
            {
                if (!char.IsAsciiDigit((char)digit))
                {
                    return false;
                }

                part = (part * 10) + (digit - '0');
            }

            if (part > 255)
            {
                return false;
            }

            bits = (bits << 8) | (uint)part;
            text = i < 3 ? text[(end + 1)..] : default;
        }

        return true;
    }

    private static bool TryParseV6(ReadOnlySpan<byte> text, out UInt128 bits)
    {
        int gap = text.IndexOf("::"u8);
        if (gap < 0)
        {
            return TryParseGroups(text, out bits, out int all) && all == Groups;
        }

        // "::" may be there once, and stands for at least one group.
        bits = 0;
        if (!TryParseGroups(text[..gap], out UInt128 before, out int first) || !TryParseGroups(text[(gap + 2)..], out UInt128 after, out int last)
            || first + last >= Groups)
        {
            return false;
        }

        bits = first == 0 ? after : (before << (16 * (Groups - first))) | after;
        return true;
    }

    /// <summary>Groups with colons between them; the last two may be an IPv4 address.</summary>
    private static bool TryParseGroups(ReadOnlySpan<byte> text, out UInt128 bits, out int count)
    {
        (bits, count) = (0, 0);
        if (text.IsEmpty)
        {
            return true;
        }

        while (true)
        {
            int end = text.IndexOf((byte)':');
            if (end < 0 && text.Contains((byte)'.'))
            {
                count += 2;
                bool isV4 = TryParseV4(text, out UInt128 tail);
                bits = (bits << 32) | tail;
                return isV4 && count <= Groups;
            }

            ReadOnlySpan<byte> group = end < 0 ? text : text[..end];
            if (group.Length is 0 or > 4 || ++count > Groups || !TryParseHex(group, out uint value))
            {
                return false;
            }

            bits = (bits << 16) | value;
            if (end < 0)
            {
                return true;
            }

            text = text[(end + 1)..];
        }
    }

    private static bool TryParseHex(ReadOnlySpan<byte> digits, out uint value)
    {
        value = 0;
        foreach (byte digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return false;
            }

            value = (value << 4) | (uint)(digit <= (byte)'9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return true;
    }
}
