using System.Text;
using System.Text.Json;
using CsCheck;
using FanOut.Aws.Protocols;
using FanOut.Tests.Transform;

namespace FanOut.Tests.Aws;

public class JsonEscapeTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain é鍵🔑 / \u007f \u2028 <&>'", "plain é鍵🔑 / \u007f \u2028 <&>'")]
    [InlineData("\"\\", "\\\"\\\\")]
    [InlineData("a\nb\rc\td\be\ff", "a\\nb\\rc\\td\\be\\ff")]
    [InlineData("\0\u0001\u000b\u001f", "\\u0000\\u0001\\u000b\\u001f")]
    [InlineData("{\"a\":\"b\\n\"}", "{\\\"a\\\":\\\"b\\\\n\\\"}")]
    public void Only_what_must_be_escaped_is_escaped_in_the_shortest_form(string text, string expected) => Assert.Equal(expected, Escape(text));

    [Fact]
    public void Any_text_comes_back_through_a_json_reader() =>
        Arbitrary.Text.Array[0, 4].Select(string.Concat).Sample(text =>
        {
            using JsonDocument document = JsonDocument.Parse($"\"{Escape(text)}\"");
            Assert.Equal(text, document.RootElement.GetString());
        }, iter: 5000);

    private static string Escape(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        byte[] destination = new byte[JsonEscape.LengthOf(utf8)];
        Assert.Equal(destination.Length, JsonEscape.Write(utf8, destination));
        return Encoding.UTF8.GetString(destination);
    }
}
