using System.Text;
using CsCheck;
using FanOut.Engine.Transform;

namespace FanOut.Tests.Transform;

public class HashKeyTests
{
    // FIPS 180-4's examples.
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    public void A_key_is_hashed_to_lower_case_hexadecimal(string key, string expected)
    {
        byte[] destination = new byte[HashKey.HexBytes + 1];
        Assert.Equal(64, HashKey.WriteSha256Hex(Encoding.UTF8.GetBytes(key), destination));
        Assert.Equal(expected + "\0", Encoding.ASCII.GetString(destination));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("user#42", 7)]
    [InlineData("größe", 5)]
    [InlineData("鍵", 1)]
    [InlineData("🔑", 2)]
    public void Characters_are_utf16_code_units(string key, int expected) => Assert.Equal(expected, HashKey.CharacterCount(Encoding.UTF8.GetBytes(key)));

    [Fact]
    public void The_count_is_that_of_a_string() =>
        Arbitrary.Text.Sample(text => Assert.Equal(text.Length, HashKey.CharacterCount(Encoding.UTF8.GetBytes(text))));
}
