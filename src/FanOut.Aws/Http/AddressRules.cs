using System.Net;
using System.Net.Sockets;

namespace FanOut.Aws.Http;

/// <summary>Which addresses may be connected to for a URL that somebody wrote into a table: public ones, and the private networks that an administrator allows.</summary>
/// <remarks>
/// Whoever may write a row must not learn by it what only the function's own network is to see. Ranges and their meaning are those of
/// https://www.iana.org/assignments/iana-ipv4-special-registry/ and https://www.iana.org/assignments/iana-ipv6-special-registry/; the services behind link-local
/// addresses, and <c>fd00:ec2::/32</c>, are those of https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html and
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html. An address that holds one of IPv4 is judged by that one.
/// </remarks>
public sealed class AddressRules
{
    /// <summary>The variable of the function that names the private networks which may be connected to.</summary>
    public const string Variable = "FANOUT_HTTP_NETWORKS";

    // What no setting allows. On the loopback address Lambda's Runtime API and its extensions listen.
    private static readonly (IPNetwork Network, string What)[] Never =
    [
        (IPNetwork.Parse("127.0.0.0/8"), "a loopback address, where Lambda's own interface listens"),
        (IPNetwork.Parse("::1/128"), "a loopback address, where Lambda's own interface listens"),
        (IPNetwork.Parse("169.254.0.0/16"), "a link-local address, where services for metadata and credentials are"),
        (IPNetwork.Parse("fe80::/10"), "a link-local address"),
        (IPNetwork.Parse("fec0::/10"), "a site-local address, which is out of use"),
        (IPNetwork.Parse("fd00:ec2::/32"), "an address of AWS's services for metadata and credentials"),
        (IPNetwork.Parse("0.0.0.0/8"), "no address of a host"),
        (IPNetwork.Parse("::/128"), "no address of a host"),
        (IPNetwork.Parse("224.0.0.0/4"), "a multicast address"),
        (IPNetwork.Parse("ff00::/8"), "a multicast address"),
        (IPNetwork.Parse("240.0.0.0/4"), "a reserved address"),
        (IPNetwork.Parse("100::/64"), "an address for what is thrown away"),
        (IPNetwork.Parse("2001::/32"), "an address of a tunnel (Teredo), behind which any other may be"),
    ];

    private static readonly (IPNetwork Network, string What)[] Private =
    [
        (IPNetwork.Parse("10.0.0.0/8"), "a private address"),
        (IPNetwork.Parse("172.16.0.0/12"), "a private address"),
        (IPNetwork.Parse("192.168.0.0/16"), "a private address"),
        (IPNetwork.Parse("100.64.0.0/10"), "an address that a provider's customers share, and no public one"),
        (IPNetwork.Parse("192.0.0.0/24"), "an address for protocols, and no public one"),
        (IPNetwork.Parse("192.0.2.0/24"), "an address for documentation, and no public one"),
        (IPNetwork.Parse("198.51.100.0/24"), "an address for documentation, and no public one"),
        (IPNetwork.Parse("203.0.113.0/24"), "an address for documentation, and no public one"),
        (IPNetwork.Parse("198.18.0.0/15"), "an address for benchmarks, and no public one"),
        (IPNetwork.Parse("192.88.99.0/24"), "an address of tunnels, and no public one"),
        (IPNetwork.Parse("fc00::/7"), "a private address"),
        (IPNetwork.Parse("64:ff9b:1::/48"), "an address of a translator (NAT64), and no public one"),
        (IPNetwork.Parse("2001::/23"), "an address for protocols, and no public one"),
        (IPNetwork.Parse("2001:db8::/32"), "an address for documentation, and no public one"),
        (IPNetwork.Parse("3fff::/20"), "an address for documentation, and no public one"),
    ];

    // Only out of these are public addresses of IPv6 given: https://www.iana.org/assignments/ipv6-unicast-address-assignments/
    private static readonly IPNetwork PublicV6 = IPNetwork.Parse("2000::/3");

    // Where an address of IPv4 stands in one of IPv6: RFC 4291 (compatible), RFC 6052 (NAT64), RFC 2765 (translated), RFC 3056 (6to4).
    private static readonly (IPNetwork Network, int At)[] Embedded =
    [
        (IPNetwork.Parse("::/96"), 12), (IPNetwork.Parse("64:ff9b::/96"), 12), (IPNetwork.Parse("::ffff:0:0:0/96"), 12), (IPNetwork.Parse("2002::/16"), 2),
    ];

    private readonly IPNetwork[] _allowed;
    private readonly bool _isAny;

    private AddressRules(IPNetwork[] allowed, bool isAny = false) => (_allowed, _isAny) = (allowed, isAny);

    /// <summary>Public addresses alone.</summary>
    public static AddressRules PublicOnly { get; } = new([]);

    /// <summary>Public and private addresses: for a program that a user runs on a machine and in a network of their own.</summary>
    public static AddressRules PublicAndPrivate { get; } = new([IPNetwork.Parse("0.0.0.0/0"), IPNetwork.Parse("::/0")]);

    /// <summary>Any address, for tests whose servers are on the loopback address.</summary>
    internal static AddressRules Any { get; } = new([], isAny: true);

    /// <summary>Reads the networks that are allowed besides public addresses.</summary>
    /// <param name="text">Networks with commas between them, as in <c>10.1.0.0/16, fd12:3456::/48</c>; null or empty: none.</param>
    /// <exception cref="FormatException">One of them is no network.</exception>
    public static AddressRules Parse(string? text)
    {
        string[] parts = (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 ? PublicOnly : new AddressRules(Array.ConvertAll(parts, static part => IPNetwork.TryParse(part, out IPNetwork network) ? network
            : throw new FormatException($"'{part}' is no network of addresses, as 10.1.0.0/16 is one: the first address and the length of its prefix.")));
    }

    /// <summary>Why an address may not be connected to.</summary>
    /// <param name="address">The address, as a name was resolved to it.</param>
    /// <returns>What it is; null: it may.</returns>
    public string? WhyNot(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (_isAny)
        {
            return null;
        }

        // ::1 and :: look like addresses of IPv4 with zeros before them.
        IPAddress judged = Find(Never, address) is null ? V4Of(address) : address;
        return Find(Never, judged) is { } never ? never
            : Array.Exists(_allowed, n => n.Contains(judged) || n.Contains(address)) ? null
            : (Find(Private, judged) ?? (judged.AddressFamily == AddressFamily.InterNetworkV6 && !PublicV6.Contains(judged) ? "no public address" : null)) is { } special
                ? $"{special}; the function's variable {Variable} allows networks of such addresses"
                : null;
    }

    /// <summary>The private networks that are allowed, as they are read.</summary>
    public override string ToString() => string.Join(", ", _allowed);

    private static string? Find((IPNetwork Network, string What)[] ranges, IPAddress address)
    {
        foreach ((IPNetwork network, string what) in ranges)
        {
            if (network.Contains(address))
            {
                return what;
            }
        }

        return null;
    }

    private static IPAddress V4Of(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        foreach ((IPNetwork network, int at) in Embedded)
        {
            if (network.Contains(address))
            {
                return new IPAddress(address.GetAddressBytes().AsSpan(at, 4));
            }
        }

        return address;
    }
}
