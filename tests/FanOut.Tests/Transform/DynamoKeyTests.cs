using System.Buffers;
using System.Text;
using System.Text.Json;
using CsCheck;
using FanOut.Engine.Transform;

namespace FanOut.Tests.Transform;

public class DynamoKeyTests
{
    [Theory]
    [InlineData("""{"id":{"S":"user#42"}}""", "user#42")]
    [InlineData("""{"id":{"N":"-1.50E+3"}}""", "-1.50E+3")]
    [InlineData("""{"id":{"B":"iVBORw0KGgo="}}""", "iVBORw0KGgo=")]
    [InlineData("""{"id":{"B":"\/\/8="}}""", "//8=")]
    [InlineData("""{"id":{"S":"user#42"},"at":{"N":"17"}}""", "user#42|17")]
    [InlineData("""{"at":{"N":"17"},"id":{"S":"user#42"}}""", "17|user#42")]
    [InlineData(""" { "id" : { "S" : "a b" } , "at" : { "B" : "AA==" } } """, "a b|AA==")]
    [InlineData("""{"id":{"S":"\"\\\/\b\f\n\r\t\u00e9\ud83d\udd11"},"at":{"S":"é"}}""", "\"\\/\b\f\n\r\té🔑|é")]
    [InlineData("""{"id":{"S":""}}""", "")]
    [InlineData("""{"i\"d":{"S":"x|y"}}""", "x|y")]
    public void A_key_is_its_values_joined_in_the_events_order(string keys, string expected) =>
        Assert.Equal(expected, KeyOf(Encoding.UTF8.GetBytes(keys), out _));

    [Theory]
    [InlineData("", "an object of attributes is expected at byte 0")]
    [InlineData("null", "an object of attributes is expected at byte 0")]
    [InlineData("{}", "an attribute's name is expected at byte 1")]
    [InlineData("""{"id":"x"}""", "must be an object with its type at byte 6")]
    [InlineData("""{"id":{"BOOL":true}}""", "a key must be of type S, N or B at byte 14")]
    [InlineData("""{"id":{"M":{}}}""", "a key must be of type S, N or B at byte 11")]
    [InlineData("""{"id":{"S":"x","N":"1"}}""", "one string is expected as a key's value at byte 14")]
    [InlineData("""{"id":{"N":1}}""", "one string is expected as a key's value at byte 11")]
    [InlineData("""{"id":{"S":"x"},}""", "an attribute's name is expected at byte 16")]
    [InlineData("""{"id":{"S":"x"}""", "the end of the keys is expected at byte 15")]
    [InlineData("""{"id":{"S":"x"}}x""", "the end of the keys is expected at byte 16")]
    [InlineData("""{"id":{"S":"\ud83d"}}""", "half a surrogate pair is escaped in the string at byte")]
    public void Broken_keys_are_refused_with_the_reason_and_the_place(string keys, string expected)
    {
        Assert.Null(KeyOf(Encoding.UTF8.GetBytes(keys), out string? reason));
        Assert.Contains(expected, reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_that_are_not_utf8_are_refused()
    {
        Assert.Null(KeyOf([.. "{\"id\":{\"S\":\""u8, 0xFF, .. "\"}}"u8], out string? reason));
        Assert.Equal("DynamoDB keys: not valid UTF-8 at byte 0", reason);
    }

    [Fact]
    public void Any_text_comes_out_as_it_was_before_it_was_escaped() =>
        Gen.Select(Arbitrary.Text, Arbitrary.Text).Sample((first, second) =>
        {
            string keys = $$$"""{"{{{JsonEncodedText.Encode(second)}}}":{"S":"{{{JsonEncodedText.Encode(first)}}}"},"b":{"B":"{{{JsonEncodedText.Encode(second)}}}"}}""";
            Assert.Equal($"{first}|{second}", KeyOf(Encoding.UTF8.GetBytes(keys), out _));
        }, iter: 2000);

    [Fact]
    public void Damaged_keys_are_never_an_exception_and_never_half_a_key() =>
        Arbitrary.Damaged("""{"id":{"S":"user\u00e9\ud83d\udd11"},"at":{"N":"17"}}"""u8.ToArray(), "\"{}:,\\u0dDSN ").Sample(keys =>
            KeyOf(keys, out _), iter: 10_000);

    private static string? KeyOf(byte[] keys, out string? reason)
    {
        ArrayBufferWriter<byte> output = new();
        output.Write("before"u8);
        bool isWritten = DynamoKey.TryWrite(keys, output, out reason);
        Assert.Equal(isWritten, reason is null);
        Assert.True(isWritten || output.WrittenCount == 6);
        byte[] key = output.WrittenSpan[6..].ToArray();
        Assert.True(Arbitrary.IsUtf8(key));
        return isWritten ? Encoding.UTF8.GetString(key) : null;
    }
}
