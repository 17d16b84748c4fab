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
    [InlineData(""" { "pk" : { "S" : "a b" } , "id" : { "B" : "AA==" } } """, "AA==|a b")]
    [InlineData("""{"at":{"S":"\"\/\b\f\n\r\t\u00e9\ud83d\udd11"},"id":{"S":"é"}}""", "\"/\b\f\n\r\té🔑|é")]
    [InlineData("""{"id":{"S":""}}""", "")]
    [InlineData("""{"i\"d":{"S":"x|y\\"}}""", "x|y\\")]
    public void A_key_is_its_value_or_its_two_values_joined(string keys, string expected) =>
        Assert.Equal(expected, KeyOf(keys, "", out _));

    /// <summary>Names in the order in which events in public repositories have them, 2020 to 2025.</summary>
    [Theory]
    [InlineData("sk", "pk")]
    [InlineData("SK", "PK")]
    [InlineData("sk", "user")]
    [InlineData("date", "id")]
    [InlineData("committeeId", "id")]
    [InlineData("subscriptionId", "userId")]
    public void Without_a_known_hash_key_the_values_stand_as_events_of_Lambda_have_them_whatever_the_event(string first, string second)
    {
        string one = $$$"""{"{{{first}}}":{"S":"a"},"{{{second}}}":{"N":"1"}}""", other = $$$"""{"{{{second}}}":{"N":"1"},"{{{first}}}":{"S":"a"}}""";
        Assert.Equal(("a|1", "a|1"), (KeyOf(one, "", out _), KeyOf(other, "", out _)));
    }

    [Theory]
    [InlineData("pk", "h|r")]
    [InlineData("sk", "r|h")]
    public void The_hash_key_stands_first_where_it_is_known(string hashKey, string expected)
    {
        Assert.Equal(expected, KeyOf("""{"sk":{"S":"r"},"pk":{"S":"h"}}""", hashKey, out _));
        Assert.Equal(expected, KeyOf("""{"\u0070k":{"S":"h"},"sk":{"S":"r"}}""", hashKey, out _));
    }

    [Theory]
    [InlineData("S", "a|b", "c", """a\|b|c""")]
    [InlineData("S", "a", "b|c", "a|b|c")]
    [InlineData("S", """a\""", "|c", """a\\||c""")]
    [InlineData("S", """a\|""", "c", """a\\\||c""")]
    [InlineData("S", "", "", "|")]
    [InlineData("S", "||||||", """\""", """\|\|\|\|\|\||\""")]
    [InlineData("B", "fHw=", "c", "fHw=|c")]
    [InlineData("N", "-1.5", "c", "-1.5|c")]
    public void Of_two_values_the_first_is_escaped_where_it_must(string type, string hash, string range, string expected) =>
        Assert.Equal(expected, KeyOf($$$"""{"h":{"{{{type}}}":"{{{JsonEncodedText.Encode(hash)}}}"},"r":{"S":"{{{JsonEncodedText.Encode(range)}}}"}}""", "h", out _));

    [Fact]
    public void Two_items_never_share_a_key()
    {
        Gen<string> value = Gen.OneOf("|", "\\", "a", "b").Array[0, 4].Select(string.Concat);
        Gen.Select(value, value, value, value).Sample((hash, range, otherHash, otherRange) =>
        {
            static string Of(string hash, string range) => KeyOf($$$"""{"h":{"S":"{{{JsonEncodedText.Encode(hash)}}}"},"r":{"S":"{{{JsonEncodedText.Encode(range)}}}"}}""", "h", out _)!;
            Assert.Equal((hash, range) == (otherHash, otherRange), Of(hash, range) == Of(otherHash, otherRange));
        }, iter: 20_000);
    }

    [Theory]
    [InlineData("""{"id":{"N":"abc"}}""", "a key of type N is not a number at byte 18")]
    [InlineData("""{"id":{"N":""}}""", "a key of type N is not a number at byte 15")]
    [InlineData("""{"id":{"B":"!!"}}""", "a key of type B is not base64 at byte 17")]
    [InlineData("""{"id":{"S":"x"},"at":{"N":"1,5"}}""", "a key of type N is not a number at byte 33")]
    [InlineData("""{"id":{"B":"AQI"},"at":{"N":"1"}}""", "a key of type B is not base64 at byte 33")]
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
    [InlineData("""{"a":{"S":"x"},"b":{"S":"x"},"c":{"S":"x"}}""", "the end of the keys is expected, as a table has one or two at byte 28")]
    [InlineData("""{"a":{"S":"x"},"\u0061":{"S":"y"}}""", "an attribute's name stands there twice at byte")]
    [InlineData("""{"a":{"S":"x"},"\ud800":{"S":"y"}}""", "an attribute's name is none that a table can have at byte")]
    [InlineData("""{"id":{"S":"\ud83d"}}""", "half a surrogate pair is escaped in the string at byte")]
    public void Broken_keys_are_refused_with_the_reason_and_the_place(string keys, string expected)
    {
        Assert.Null(KeyOf(keys, "", out string? reason));
        Assert.Contains(expected, reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hash_key_that_the_item_does_not_have_is_told()
    {
        Assert.Null(KeyOf("""{"a":{"S":"x"},"b":{"S":"y"}}""", "pk", out string? reason));
        Assert.Contains("neither of the names is the hash key that the mapping has", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_that_are_not_utf8_are_refused()
    {
        Assert.Null(KeyOf([.. "{\"id\":{\"S\":\""u8, 0xFF, .. "\"}}"u8], default, out string? reason));
        Assert.Equal("DynamoDB keys: not valid UTF-8 at byte 0", reason);
    }

    [Fact]
    public void Any_text_comes_out_as_it_was_before_it_was_escaped() =>
        Gen.Select(Arbitrary.Text, Arbitrary.Text).Sample((first, second) =>
        {
            string keys = $$$"""{"h":{"S":"{{{JsonEncodedText.Encode(first)}}}"},"-{{{JsonEncodedText.Encode(second)}}}":{"S":"{{{JsonEncodedText.Encode(second)}}}"}}""";
            string escaped = first.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);
            Assert.Equal($"{escaped}|{second}", KeyOf(keys, "h", out _));
        }, iter: 2000);

    [Fact]
    public void Damaged_keys_are_never_an_exception_and_never_half_a_key() =>
        Arbitrary.Damaged("""{"id":{"S":"user\u00e9\ud83d\udd11"},"at":{"N":"17"}}"""u8.ToArray(), "\"{}:,\\u0dDSN ").Sample(keys =>
            KeyOf(keys, ""u8, out _), iter: 10_000);

    private static string? KeyOf(string keys, string hashKey, out string? reason) => KeyOf(Encoding.UTF8.GetBytes(keys), Encoding.UTF8.GetBytes(hashKey), out reason);

    private static string? KeyOf(byte[] keys, ReadOnlySpan<byte> hashKey, out string? reason)
    {
        ArrayBufferWriter<byte> output = new();
        output.Write("before"u8);
        bool isWritten = DynamoKey.TryWrite(keys, hashKey, output, out reason);
        Assert.Equal(isWritten, reason is null);
        Assert.True(isWritten || output.WrittenCount == 6);
        byte[] key = output.WrittenSpan[6..].ToArray();
        Assert.True(Arbitrary.IsUtf8(key));
        return isWritten ? Encoding.UTF8.GetString(key) : null;
    }
}
