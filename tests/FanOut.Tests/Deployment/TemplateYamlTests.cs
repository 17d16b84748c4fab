using System.Text;
using System.Text.Json.Nodes;
using FanOut.Deployment.Templates;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FanOut.Tests.Deployment;

public sealed class TemplateYamlTests
{
    [Theory]
    [InlineData("AWS::Lambda::Function", false)]
    [InlineData("Fn::GetAtt", false)]
    [InlineData("dynamodb:LeadingKeys", false)]
    [InlineData("on", true)]
    [InlineData("No", true)]
    [InlineData("2010-09-09", true)]
    [InlineData("012", true)]
    [InlineData("1e3", true)]
    [InlineData("", true)]
    [InlineData("~", true)]
    [InlineData("*", true)]
    [InlineData("a: b", true)]
    [InlineData("a #b", true)]
    [InlineData("ends:", true)]
    [InlineData("-", true)]
    [InlineData("${Function.Arn}:live", true)]
    [InlineData("SELECT SUM(Failed) FROM SCHEMA(\"Custom/FanOut\", Source) WHERE Function = 'f'", true)]
    [InlineData("two\nlines\ttab \\ back", true)]
    [InlineData("Zo\u00eb \ud83d\ude00 \u2028", true)]
    public void A_text_stays_that_text_and_has_quotes_where_it_could_be_something_else(string text, bool isQuoted)
    {
        string yaml = TemplateYaml.Of(new JsonObject { [text] = new JsonArray(text) });

        Assert.True(Ascii.IsValid(yaml), yaml);
        (YamlNode key, YamlNode value) = Assert.Single(Read(yaml));
        YamlScalarNode item = Assert.IsType<YamlScalarNode>(Assert.Single((YamlSequenceNode)value));
        Assert.Equal((text, text), (((YamlScalarNode)key).Value, item.Value));
        Assert.Equal(isQuoted ? ScalarStyle.DoubleQuoted : ScalarStyle.Plain, item.Style);
    }

    [Fact]
    public void Numbers_truth_and_emptiness_stay_what_they_are()
    {
        string yaml = TemplateYaml.Of(JsonNode.Parse("""{"a":128,"b":true,"c":1767323045.5,"d":[],"e":{},"f":null,"g":-1,"h":"128"}""")!);

        Assert.Equal("a: 128\nb: true\nc: 1767323045.5\nd: []\ne: {}\nf: null\ng: -1\nh: \"128\"", yaml);
    }

    [Fact]
    public void A_long_text_stays_on_its_line()
    {
        string text = string.Join(' ', Enumerable.Repeat("word", 400));

        Assert.Equal($"a: \"{text}\"", TemplateYaml.Of(new JsonObject { ["a"] = text }));
    }

    private static YamlMappingNode Read(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return (YamlMappingNode)Assert.Single(stream.Documents).RootNode;
    }
}
