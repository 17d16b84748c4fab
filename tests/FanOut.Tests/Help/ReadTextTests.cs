using System.Xml.Linq;
using FanOut.Help.Texts;

namespace FanOut.Tests.Help;

/// <summary>XML documentation becomes text.</summary>
public sealed class ReadTextTests
{
    [Theory]
    [InlineData("<s>  One\n   sentence.  </s>", "One sentence.")]
    [InlineData("<s>A<c>b</c> c</s>", "Ab c")]
    [InlineData("<s>is <see langword=\"null\"/>.</s>", "is $null.")]
    [InlineData("<s><see cref=\"T:FanOut.Commands.GetFanOutTargetCommand\"/> lists</s>", "Get-FanOutTarget lists")]
    [InlineData("<s>as <see cref=\"P:FanOut.Abstractions.AwsCommand.Region\"/> says</s>", "as -Region says")]
    [InlineData("<s><see cref=\"P:FanOut.FanOutTarget.Problem\"/></s>", "Problem")]
    [InlineData("<s><see cref=\"M:FanOut.Registry.Table.Get(System.String)\"/></s>", "Get")]
    [InlineData("<s>see <see href=\"https://example.org/a\"/></s>", "see https://example.org/a")]
    [InlineData("<s>see <see href=\"https://example.org/a\">the page</see></s>", "see the page (https://example.org/a)")]
    [InlineData("<s>a &lt;b&gt; &amp; c</s>", "a <b> & c")]
    public void A_sentence_keeps_its_words(string xml, string expected)
    {
        Block block = Assert.Single(Blocks(xml));

        Assert.Equal(expected, Assert.IsType<Paragraph>(block).Text);
    }

    [Fact]
    public void What_is_between_paragraphs_is_a_paragraph_too()
    {
        Assert.Equal(["One.", "Two.", "Three."], Blocks("<r>One.<para>Two.</para>\n  Three. </r>").Select(b => b.ToString()));
        Assert.Empty(Blocks("<r>\n  \n</r>"));
    }

    [Fact]
    public void A_list_has_items()
    {
        Block[] blocks = Blocks("<r>These:<list type=\"number\"><item>one</item><item><term>two</term><description>the <c>second</c></description></item></list>end</r>");

        Itemized list = Assert.IsType<Itemized>(blocks[1]);
        Assert.True(list.IsNumbered);
        Assert.Equal(["one", "two: the second"], list.Items.Select(i => i.Text));
        Assert.Equal("end", blocks[2].ToString());
    }

    [Theory]
    [InlineData("<r><code>Get-X</code></r>", "Get-X")]
    [InlineData("<r><code>\n      Get-X |\n          Set-X\n\n      Get-Y\n    </code></r>", "Get-X |\n    Set-X\n\nGet-Y")]
    [InlineData("<r><code>Get-X |\n          Set-X\n          Set-Y</code></r>", "Get-X |\nSet-X\nSet-Y")]
    public void Code_keeps_its_lines(string xml, string expected) => Assert.Equal(expected, Assert.IsType<Listing>(Blocks(xml)[0]).Code);

    [Fact]
    public void Names_and_values_are_known_as_code()
    {
        Paragraph paragraph = Assert.IsType<Paragraph>(Blocks("<r>Is <c>on</c> or\n <paramref name=\"off\"/>.</r>")[0]);

        Assert.Equal([new("Is ", false), new("on", true), new(" or ", false), new("off", true), new(".", false)], paragraph.Runs);
    }

    private static Block[] Blocks(string xml) => [.. ReadText.Blocks(XElement.Parse(xml, LoadOptions.PreserveWhitespace))];
}
