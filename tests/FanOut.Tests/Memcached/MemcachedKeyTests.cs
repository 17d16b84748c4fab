using System.Security.Cryptography;
using System.Text;
using CsCheck;
using FanOut.Engine.Memcached;

namespace FanOut.Tests.Memcached;

public sealed class MemcachedKeyTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("customer|order#1")]
    [InlineData("schlüssel-鍵")]
    public void A_key_that_the_protocol_carries_stays(string key) => Assert.Equal(Encoding.UTF8.GetBytes(key), Wire(Encoding.UTF8.GetBytes(key)));

    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("a b", "c8687a08aa5d6ed2044328fa6a697ab8e96dc34291e8c2034ae8c38e6fcc6d65")]
    [InlineData("a\r\nflush_all\r\n", "9d2d489910a56c5c76dcf02753512603447eefcda6ec53948cf5c645290fae1f")]
    public void Any_other_is_replaced_by_its_hash(string key, string hash) =>
        Assert.Equal(hash, Encoding.ASCII.GetString(Wire(Encoding.UTF8.GetBytes(key))));

    [Theory]
    [InlineData('k', 250, 250)]
    [InlineData('k', 251, 64)]
    [InlineData('é', 125, 250)]
    [InlineData('鍵', 84, 64)]
    public void The_longest_key_has_250_bytes(char letter, int count, int wireLength) =>
        Assert.Equal(wireLength, Wire(Encoding.UTF8.GetBytes(new string(letter, count))).Length);

    [Fact]
    public void No_byte_that_ends_a_word_or_a_line_or_is_a_control_character_reaches_the_wire()
    {
        for (int code = 0; code < 256; code++)
        {
            Assert.Equal(code is <= 0x20 or 0x7F ? 64 : 2, Wire([(byte)'k', (byte)code]).Length);
        }
    }

    [Fact]
    public void Whatever_the_key_the_wire_carries_a_legal_one() => Gen.Byte.Array[0, 300].Sample(key =>
    {
        byte[] wire = Wire(key);

        Assert.InRange(wire.Length, 1, 250);
        Assert.DoesNotContain(wire, code => code is <= 0x20 or 0x7F);
        if (!wire.AsSpan().SequenceEqual(key))
        {
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(key)), Encoding.ASCII.GetString(wire));
        }
    });

    private static byte[] Wire(byte[] key) => MemcachedKey.ForWire(key, stackalloc byte[MemcachedKey.HashedLength]).ToArray();
}
