using FanOut.Help.Output;
using FanOut.Help.Texts;

namespace FanOut.Tests.Help;

/// <summary>Help for a browser.</summary>
public sealed class MarkdownTests
{
    [Theory]
    [InlineData("plain words", "plain words")]
    [InlineData("AWS_REGION and $_ or _x", @"AWS_REGION and $\_ or \_x")]
    [InlineData("a*b [c] <d> `e` | \\", @"a\*b \[c\] \<d\> \`e\` \| \\")]
    public void Words_mean_nothing_but_themselves(string text, string expected) => Assert.Equal(expected, Markdown.Escape(text));

    [Fact]
    public void Paragraphs_lists_and_code_have_their_marks()
    {
        string page = Markdown.Page(Made.Cmdlet(
            null,
            new Paragraph([new Run("Is ", IsCode: false), new Run("a*`b", IsCode: true), new Run(".", IsCode: false)]),
            new Itemized([new Paragraph("one"), new Paragraph("two")], IsNumbered: true),
            new Itemized([new Paragraph("three")], IsNumbered: false),
            new Listing("x {\n    y\n}")));

        Assert.Contains("\n## Description\n\nIs `` a*`b ``.\n\n1. one\n2. two\n\n- three\n\n```powershell\nx {\n    y\n}\n```\n\n## Examples", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_tells_of_a_parameter_what_there_is_to_know()
    {
        string page = Markdown.Page(Made.Cmdlet());

        Assert.Contains("Gets \\<things\\>.", page, StringComparison.Ordinal);
        Assert.Contains("Get-Thing [-Kind] <String[]> [<CommonParameters>]\n\nGet-Thing [-Kind <String[]>] [<CommonParameters>]", page, StringComparison.Ordinal);
        Assert.Contains(
            "### -Kind\n\nThe kind.\n\n- Type: `String[]`\n- Values: `a`, `b`\n- Default: all\n- Mandatory: in the set Name\n- Position: 0\n"
            + "- From the pipeline: its property of this name\n- Aliases: `K`, `Sort`\n- Wildcards: yes\n",
            page,
            StringComparison.Ordinal);
        Assert.Contains("- [Set-FanOutThing](Set-FanOutThing.md)\n- <https://example.org/a>\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_of_a_cmdlet_that_is_gone_is_deleted()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(Path.Join(folder.Path, "Get-Gone.md"), "");

        Markdown.Write([Made.Cmdlet()], folder.Path);

        Assert.Equal(["Get-Thing.md"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }
}
