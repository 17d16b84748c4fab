using System.Text;
using FanOut.Engine.Memcached;

namespace FanOut.Tests.Memcached;

/// <remarks>
/// The expected owners were computed by libmemcached 1.1.4 itself (memcached_server_by_key with MEMCACHED_BEHAVIOR_KETAMA_WEIGHTED),
/// called from Python, and by a second, independent implementation in Python; both agree on every key. Keys are "record-0" to
/// "record-179" and then "schlüssel-0-鍵" to "schlüssel-19-鍵"; each character is a server's index, in base 36.
/// </remarks>
public sealed class KetamaRingTests
{
    [Fact]
    public void Three_servers_of_ElastiCache_at_the_default_port() => AssertOwners(
        [.. Enumerable.Range(1, 3).Select(i => Node($"fan.abc123.000{i}.use1.cache.amazonaws.com", 11211))],
        "11210220020200022102200011000121110121022022110001112220222010122212222211221111220200020010001222112020210221212110201102122101"
        + "012022120212111022210122022011210211211102011200221101202210101221022102");

    [Fact]
    public void Two_servers_at_other_ports() => AssertOwners(
        [Node("127.0.0.1", 30001), Node("127.0.0.1", 30002)],
        "01100001100101110110101011001100010111100111001001011111001011011111101000011100101001011011101010111011100111111101110100011100"
        + "001011101001111110111000110111010100101110001111111101011111111111111100");

    [Fact]
    public void Five_servers_of_which_two_are_at_other_ports() => AssertOwners(
        [
            Node("cache-a.example", 11211), Node("cache-b.example", 11212), Node("10.0.0.7", 11211), Node("cache-d.example", 21211),
            Node("cache-e.example", 11211),
        ],
        "11120100201423424212204010224112322313004222114332331340300022242400131230014011410040313420332213002434314142342011332224301042"
        + "443310324430224302442034322234302241332321130143443243430041041223202121");

    [Fact]
    public void Twenty_five_servers_which_have_a_hash_less_each_by_rounding() => AssertOwners(
        [.. Enumerable.Range(1, 25).Select(i => Node($"fan.abc123.{i:0000}.euc1.cache.amazonaws.com.cn", 11211))],
        "e3fnfm8444kn7b3317hhfg229c0g14mbngkj6424gk56nlln8l779621heg9d7mcghj2kmgbofok022l0ied33ajkjfg368d36oadodgcf1bk09k4j71lk3b7d37j6m5"
        + "87c8ld5f0jm2hc09g98n0k75o7599k3n24mc1nl84d6dkf4dic24jkblco7e37mn41chd22a");

    [Fact]
    public void The_order_of_the_servers_does_not_matter()
    {
        MemcachedNode[] nodes = [.. Enumerable.Range(0, 7).Select(i => Node($"cache-{i}", 11211))];
        MemcachedNode[] reversed = [.. nodes.Reverse()];
        KetamaRing ring = new(nodes);
        KetamaRing other = new(reversed);

        Assert.All(Keys(), key => Assert.Equal(nodes[ring.OwnerOf(key)], reversed[other.OwnerOf(key)]));
    }

    [Fact]
    public void A_server_more_takes_keys_only_to_itself()
    {
        MemcachedNode[] nodes = [.. Enumerable.Range(0, 8).Select(i => Node($"cache-{i}", 11211))];
        KetamaRing seven = new(nodes[..7]);
        KetamaRing eight = new(nodes);

        Assert.All(Keys(), key => Assert.True(eight.OwnerOf(key) == seven.OwnerOf(key) || eight.OwnerOf(key) == 7));
    }

    [Fact]
    public void The_address_does_not_decide()
    {
        KetamaRing named = new([Node("cache-a", 11211), Node("cache-b", 11211)]);
        KetamaRing located = new([new("cache-a", "10.0.0.1", 11211), new("cache-b", "10.0.0.2", 11211)]);

        Assert.All(Keys(), key => Assert.Equal(named.OwnerOf(key), located.OwnerOf(key)));
    }

    private static MemcachedNode Node(string host, int port) => new(host, host, port);

    private static IEnumerable<byte[]> Keys() =>
        Enumerable.Range(0, 180).Select(i => $"record-{i}").Concat(Enumerable.Range(0, 20).Select(i => $"schlüssel-{i}-鍵")).Select(Encoding.UTF8.GetBytes);

    private static void AssertOwners(MemcachedNode[] nodes, string expected)
    {
        KetamaRing ring = new(nodes);

        Assert.Equal(expected, string.Concat(Keys().Select(key => "0123456789abcdefghijklmnopqrstuvwxyz"[ring.OwnerOf(key)])));
    }
}
