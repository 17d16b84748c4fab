using System.Text;
using System.Text.Json;
using CsCheck;
using FanOut.Engine.Json;
using FanOut.Tests.Transform;

namespace FanOut.Tests.Json;

public class JsonTextTests
{
    private const string Alphabet = "\"{}[]:,\\/u0123456789abcdefE+-.trslnu \t\r\n";

    [Theory]
    [InlineData("{}", true)]
    [InlineData(" {\"a\":[1,-0.5e+10,true,false,null,\"\\u00e9\\n\",{}]}\r\n", true)]
    [InlineData("[]", false)]
    [InlineData("\"{\"", false)]
    [InlineData("0", false)]
    [InlineData("null", false)]
    public void Json_is_told_and_objects_are_told_apart(string text, bool isObject)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.True(JsonText.IsJson(bytes));
        Assert.Equal(isObject, JsonText.IsJsonObject(bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("{]")]
    [InlineData("[}")]
    [InlineData("{}{}")]
    [InlineData("{},")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("[1 2]")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{a:1}")]
    [InlineData("{'a':1}")]
    [InlineData("{\"a\":1 // why\n}")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("+1")]
    [InlineData("-")]
    [InlineData("1e")]
    [InlineData("0x1")]
    [InlineData("NaN")]
    [InlineData("tru")]
    [InlineData("truee")]
    [InlineData("\"")]
    [InlineData("\"\\\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("\"\\q\"")]
    [InlineData("\"\n\"")]
    [InlineData("{}\0")]
    [InlineData("\0")]
    [InlineData("\ufeff{}")]
    [InlineData("\u00a0{}")]
    public void What_is_almost_json_is_not(string text)
    {
        Assert.False(JsonText.IsJson(Encoding.UTF8.GetBytes(text)));
        Assert.False(JsonText.IsJsonObject(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Json_in_another_encoding_is_not_json() =>
        Assert.False(JsonText.IsJson([.. "{\"a\":\""u8, 0xE9, .. "\"}"u8]));

    [Fact]
    public void The_deepest_nesting_is_accepted_and_one_level_more_is_not()
    {
        Assert.True(JsonText.IsJson(Nested(JsonText.MaxDepth)));
        Assert.False(JsonText.IsJson(Nested(JsonText.MaxDepth + 1)));
        Assert.False(JsonText.IsJson(Nested(3_000_000)));
    }

    [Fact]
    public void Short_texts_of_json_s_characters_are_judged_as_a_document_judges_them() =>
        Gen.OneOf(Encoding.ASCII.GetBytes(Alphabet)).Array[0, 8].Sample(text => Assert.Equal(IsDocument(text), JsonText.IsJson(text)), iter: 20_000);

    [Fact]
    public void Damaged_documents_are_judged_as_a_document_judges_them() =>
        TypedImage.Any.SelectMany(json => Arbitrary.Damaged(json, Alphabet)).Sample(text => Assert.Equal(IsDocument(text), JsonText.IsJson(text)), iter: 10_000);

    [Fact]
    public void On_one_line_json_is_as_long_and_means_the_same() =>
        TypedImage.Any.Sample(json =>
        {
            byte[] line = new byte[json.Length + 1];
            line[^1] = (byte)'\n';

            JsonText.CopyAsOneLine(json, line);

            Assert.Equal((byte)'\n', line[^1]);
            Assert.DoesNotContain((byte)'\n', line[..^1]);
            Assert.DoesNotContain((byte)'\r', line);
            using JsonDocument before = JsonDocument.Parse(json), after = JsonDocument.Parse(line);
            Assert.True(JsonElement.DeepEquals(before.RootElement, after.RootElement));
        });

    private static byte[] Nested(int depth) =>
        Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, depth).Select(i => i % 3 == 0 ? "{\"a\":" : "["))
            + "0" + string.Concat(Enumerable.Range(0, depth).Reverse().Select(i => i % 3 == 0 ? "}" : "]")));

    private static bool IsDocument(byte[] text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = JsonText.MaxDepth });
            return Arbitrary.IsUtf8(text);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
