using System.Text;
using FanOut.Engine.Targets;

namespace FanOut.Tests.Targets;

public class KeysTests
{
    [Theory]
    [InlineData("0", true)]
    [InlineData("17", true)]
    [InlineData("340282366920938463463374607431768211455", true)]
    [InlineData("340282366920938463463374607431768211456", false)]
    [InlineData("3402823669209384634633746074317682114550", false)]
    [InlineData("017", false)]
    [InlineData("-1", false)]
    [InlineData("+1", false)]
    [InlineData(" 1", false)]
    [InlineData("1 ", false)]
    [InlineData("1.0", false)]
    [InlineData("0x1F", false)]
    [InlineData("١", false)]
    [InlineData("", false)]
    public void Only_a_number_of_128_bits_is_an_explicit_hash_key(string key, bool isSentOn) =>
        Assert.Equal(isSentOn ? key : "", Encoding.UTF8.GetString(Keys.ForHash(Encoding.UTF8.GetBytes(key)).Span));
}
