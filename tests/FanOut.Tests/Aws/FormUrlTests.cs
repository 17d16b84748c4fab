using System.Net;
using System.Text;
using CsCheck;
using FanOut.Aws.Protocols;
using FanOut.Tests.Transform;

namespace FanOut.Tests.Aws;

public class FormUrlTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("AZaz09-_.~", "AZaz09-_.~")]
    [InlineData("a b+c&d=e%f", "a%20b%2Bc%26d%3De%25f")]
    [InlineData("é🔑\n", "%C3%A9%F0%9F%94%91%0A")]
    public void All_but_unreserved_characters_are_percent_encoded(string text, string expected) => Assert.Equal(expected, Encode(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Text_is_encoded_as_the_framework_does() =>
        Arbitrary.Text.Sample(text => Assert.Equal(Uri.EscapeDataString(text), Encode(Encoding.UTF8.GetBytes(text))), iter: 2000);

    [Fact]
    public void Any_bytes_come_back_decoded() =>
        Gen.Byte.Array[0, 300].Sample(bytes =>
        {
            byte[] encoded = Encoding.ASCII.GetBytes(Encode(bytes));
            Assert.Equal(bytes, WebUtility.UrlDecodeToBytes(encoded, 0, encoded.Length) ?? []);
        });

    private static string Encode(byte[] bytes)
    {
        byte[] destination = new byte[FormUrl.LengthOf(bytes)];
        Assert.Equal(destination.Length, FormUrl.Write(bytes, destination));
        return Encoding.ASCII.GetString(destination);
    }
}
