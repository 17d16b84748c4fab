using System.Buffers.Text;

namespace FanOut.Engine.Filtering.Conditions;

/// <summary>A network in CIDR notation: an address, and how many of its bits are the network's.</summary>
internal readonly record struct IpNetwork(IpAddress Address, int Length)
{
    private int Size => Address.IsV6 ? 128 : 32;

    /// <summary>Reads <c>10.0.0.0/24</c> or <c>2001:db8::/32</c>; bits after the prefix are ignored.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out IpNetwork network)
    {
        network = default;
        int slash = text.IndexOf((byte)'/');
        if (slash < 0 || !IpAddress.TryParse(text[..slash], out IpAddress address))
        {
            return false;
        }

        ReadOnlySpan<byte> digits = text[(slash + 1)..];
        if (digits.Length is 0 or > 3 || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') || !Utf8Parser.TryParse(digits, out int length, out _))
        {
            return false;
        }

        network = new IpNetwork(address, length);
        return length <= network.Size;
    }

    /// <summary>Whether an address belongs to the network.</summary>
    public bool Contains(IpAddress address)
    {
        int rest = Size - Length;
        return address.IsV6 == Address.IsV6 && (rest == 128 || address.Bits >> rest == Address.Bits >> rest);
    }
}
