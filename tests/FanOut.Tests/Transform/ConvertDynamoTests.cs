using System.Buffers;
using System.Text;
using CsCheck;
using FanOut.Engine.Transform;

namespace FanOut.Tests.Transform;

public class ConvertDynamoTests
{
    [Fact]
    public void An_image_with_all_types_becomes_plain_json_with_all_digits_and_escapes_as_they_were() =>
        Assert.Equal(Encoding.UTF8.GetString(Fixture.Read("all-types.plain.json")).TrimEnd(), Convert(Fixture.Read("all-types.typed.json"), out _));

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "-0")]
    [InlineData("1E+2", "1E+2")]
    [InlineData("1e05", "1e05")]
    [InlineData("-12345678901234567890123456789012345678", "-12345678901234567890123456789012345678")]
    [InlineData("100.00", "100.00")]
    [InlineData("+5", "5")]
    [InlineData("05", "5")]
    [InlineData("-007.50", "-7.50")]
    [InlineData("000", "0")]
    [InlineData(".5", "0.5")]
    [InlineData("-.5", "-0.5")]
    [InlineData("5.", "5")]
    [InlineData("+.5E-3", "0.5E-3")]
    [InlineData("1E\\u002B2", "1E+2")]
    [InlineData("\\u002b\\u0030\\u0035", "5")]
    public void A_number_keeps_its_digits_and_is_respelled_only_where_json_asks_for_it(string text, string expected)
    {
        Assert.Equal($"{{\"n\":{expected}}}", Convert($$$"""{"n":{"N":"{{{text}}}"}}""", out _));
        Assert.Equal($"{{\"n\":[{expected},{expected}]}}", Convert($$$"""{"n":{"NS":["{{{text}}}","{{{text}}}"]}}""", out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+")]
    [InlineData(".")]
    [InlineData("-.")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("e5")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData("1,5")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("0x10")]
    [InlineData("1\\u0020")]
    [InlineData("\\ud800")]
    public void What_is_no_number_is_refused(string text)
    {
        Assert.Null(Convert($$$"""{"n":{"N":"{{{text}}}"}}""", out string? reason));
        Assert.StartsWith("DynamoDB JSON: the string before is not a number that JSON can hold at byte ", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("AQID", true)]
    [InlineData("\\/\\/8=", true)]
    [InlineData("AA\\u003d=", true)]
    [InlineData("!!", false)]
    [InlineData("AQI", false)]
    [InlineData("AQI==", false)]
    [InlineData("AQ-_", false)]
    [InlineData("\\ud83d", false)]
    public void Binary_keeps_its_base64_and_must_be_some(string text, bool isBinary)
    {
        foreach (string typed in new[] { $$"""{"B":"{{text}}"}""", $$"""{"BS":["AQID","{{text}}"]}""", $$"""{"L":[{"B":"{{text}}"}]}""" })
        {
            string? plain = Convert($$"""{"b":{{typed}}}""", out string? reason);
            Assert.Equal(isBinary, plain is not null);
            Assert.StartsWith(isBinary ? "none" : "DynamoDB JSON: the string before is not base64 at byte ", reason ?? "none", StringComparison.Ordinal);
            Assert.Equal(isBinary, plain?.Contains($"\"{text}\"", StringComparison.Ordinal) == true);
        }
    }

    [Theory]
    [InlineData("", "an object of attributes is expected at byte 0")]
    [InlineData("   ", "an object of attributes is expected at byte 3")]
    [InlineData("[]", "an object of attributes is expected at byte 0")]
    [InlineData("null", "an object of attributes is expected at byte 0")]
    [InlineData("{", "an attribute's name is expected at byte 1")]
    [InlineData("{\"a\"", "an attribute's name is expected at byte 4")]
    [InlineData("{\"a:", "an attribute's name is expected at byte 4")]
    [InlineData("{\"a\":", "must be an object with its type at byte 5")]
    [InlineData("{\"a\":\"x\"}", "must be an object with its type at byte 5")]
    [InlineData("{\"a\":{}}", "must be an object with its type at byte 6")]
    [InlineData("{\"a\":{\"S\":\"x\"}", "a comma or the object's end is expected at byte 14")]
    [InlineData("{\"a\":{\"S\":\"x\"},}", "an attribute's name is expected at byte 15")]
    [InlineData("{\"a\":{\"S\":\"x\"}}}", "something follows the image at byte 15")]
    [InlineData("{\"a\":{\"S\":\"x\"}}{}", "something follows the image at byte 15")]
    [InlineData("{\"a\":{\"S\":\"x\",\"N\":\"1\"}}", "must have one type only at byte 13")]
    [InlineData("{\"a\":{\"S\":1}}", "a string is expected at byte 10")]
    [InlineData("{\"a\":{\"S\":\"x\ny\"}}", "a string is expected at byte 12")]
    [InlineData("{\"a\":{\"S\":\"\\x\"}}", "a string is expected")]
    [InlineData("{\"a\":{\"S\":\"\\u12g4\"}}", "a string is expected at byte 11")]
    [InlineData("{\"a\":{\"B\":null}}", "a string is expected at byte 10")]
    [InlineData("{\"a\":{\"N\":1}}", "a number in a string is expected at byte 10")]
    [InlineData("{\"a\":{\"BOOL\":\"true\"}}", "true or false is expected at byte 13")]
    [InlineData("{\"a\":{\"NULL\":false}}", "NULL must be true at byte 13")]
    [InlineData("{\"a\":{\"L\":{}}}", "an array is expected at byte 10")]
    [InlineData("{\"a\":{\"L\":[\"x\"]}}", "must be an object with its type at byte 11")]
    [InlineData("{\"a\":{\"L\":[{\"S\":\"x\"}}}", "a comma or the array's end is expected at byte 20")]
    [InlineData("{\"a\":{\"M\":[]}}", "an object of attributes is expected at byte 10")]
    [InlineData("{\"a\":{\"SS\":\"x\"}}", "an array is expected at byte 11")]
    [InlineData("{\"a\":{\"SS\":[1]}}", "a string is expected at byte 12")]
    [InlineData("{\"a\":{\"NS\":[1]}}", "a number in a string is expected at byte 12")]
    [InlineData("{\"a\":{\"BS\":[\"AA==\",]}}", "a string is expected at byte 19")]
    [InlineData("{\"a\":{\"s\":\"x\"}}", "the type is none of")]
    [InlineData("{\"a\":{\"\":\"x\"}}", "the type is none of")]
    [InlineData("{\"a\":{\"LS\":[]}}", "the type is none of")]
    [InlineData("{\"a\":{\"BOOK\":true}}", "the type is none of")]
    public void A_broken_image_is_refused_with_the_reason_and_the_place(string image, string expected)
    {
        Assert.Null(Convert(image, out string? reason));
        Assert.Contains(expected, reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_not_utf8_is_refused()
    {
        Assert.Null(Convert([.. "{\"a\":{\"S\":\""u8, 0xC3, .. "\"}}"u8], out string? reason));
        Assert.Equal("DynamoDB JSON: the image is not valid UTF-8", reason);
    }

    [Fact]
    public void A_reason_never_tells_what_the_record_holds()
    {
        Assert.Null(Convert("""{"secret":{"hunter2":"hunter3"}}""", out string? reason));
        Assert.DoesNotContain("hunter", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"L":[""", "]}", "[", "]")]
    [InlineData("""{"M":{"m":""", "}}", "{\"m\":", "}")]
    public void Sixty_four_levels_are_converted_and_one_more_is_refused(string open, string close, string plainOpen, string plainClose)
    {
        string Nested(int levels, string before, string inner, string after) =>
            string.Concat(Enumerable.Repeat(before, levels)) + inner + string.Concat(Enumerable.Repeat(after, levels));

        Assert.Equal($"{{\"a\":{Nested(64, plainOpen, "1", plainClose)}}}", Convert($"{{\"a\":{Nested(64, open, "{\"N\":\"1\"}", close)}}}", out _));
        Assert.Null(Convert($"{{\"a\":{Nested(65, open, "{\"N\":\"1\"}", close)}}}", out string? reason));
        Assert.Contains("nested deeper than 64 levels", reason, StringComparison.Ordinal);
        Assert.Null(Convert("{\"a\":" + string.Concat(Enumerable.Repeat(open, 500_000)), out _));
    }

    [Fact]
    public void Every_image_converts_as_through_a_document() =>
        TypedImage.Any.Sample(image =>
        {
            string? expected = PlainByDocument.Convert(image);
            Assert.NotNull(expected);
            Assert.Equal(expected, Convert(image, out _));
        }, iter: 3000);

    [Fact]
    public void A_damaged_image_is_accepted_or_refused_as_through_a_document() =>
        TypedImage.Any.SelectMany(image => Arbitrary.Damaged(image, "\"{}[]:,\\SNBMLO0.eE+-tu \n")).Sample(image =>
            Assert.Equal(PlainByDocument.Convert(image), Convert(image, out _)), iter: 10_000);

    [Fact]
    public void Respelled_numbers_are_equal_to_what_they_were() =>
        Gen.Select(Gen.Decimal, Gen.OneOf("", "0", "000"), Gen.Bool).Sample((value, zeros, plus) =>
        {
            string digits = decimal.Abs(value).ToString(System.Globalization.CultureInfo.InvariantCulture);
            string text = (value < 0 ? "-" : plus ? "+" : "") + zeros + digits;
            byte[] destination = new byte[text.Length + 1];
            Assert.True(DynamoNumber.TryWrite(Encoding.ASCII.GetBytes(text), destination, out int written));
            Assert.Equal((value < 0 ? "-" : "") + digits, Encoding.ASCII.GetString(destination, 0, written));
        });

    private static string? Convert(string image, out string? reason) => Convert(Encoding.UTF8.GetBytes(image), out reason);

    private static string? Convert(byte[] image, out string? reason)
    {
        ArrayBufferWriter<byte> output = new();
        output.Write("before"u8);
        bool isConverted = ConvertDynamo.TryWritePlain(image, output, out reason);
        Assert.Equal(isConverted, reason is null);
        Assert.True(isConverted || output.WrittenCount == 6);
        Assert.True(output.WrittenCount - 6 <= image.Length);
        return isConverted ? Encoding.UTF8.GetString(output.WrittenSpan[6..]) : null;
    }
}
