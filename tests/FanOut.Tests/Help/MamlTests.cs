using System.Xml.Linq;
using FanOut.Help.Output;
using FanOut.Help.Texts;

namespace FanOut.Tests.Help;

/// <summary>Help for Get-Help.</summary>
public sealed class MamlTests
{
    private static readonly XNamespace Text = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    [Fact]
    public void Paragraphs_lists_and_code_have_their_elements()
    {
        XElement description = Maml.Document([Made.Cmdlet(
            null,
            new Paragraph("a < b & \"c\""),
            new Itemized([new Paragraph("one"), new Paragraph("two")], IsNumbered: true),
            new Listing("x {\n    y\n}"))]).Descendants(Command + "command").Single().Element(Text + "description")!;

        Assert.Equal(
            "<para>a &lt; b &amp; \"c\"</para><list class=\"ordered\"><listItem><para>one</para></listItem><listItem><para>two</para></listItem></list><para>x {\n    y\n}</para>",
            string.Concat(description.Elements().Select(Bare)));
    }

    [Fact]
    public void A_parameter_is_told_per_set_in_the_syntax_and_once_in_the_list()
    {
        XElement command = Maml.Document([Made.Cmdlet()]).Descendants(Command + "command").Single();
        XElement[] syntax = [.. command.Element(Command + "syntax")!.Descendants(Command + "parameter")];
        XElement listed = Assert.Single(command.Element(Command + "parameters")!.Elements());

        Assert.Equal(["true", "false"], syntax.Select(p => (string?)p.Attribute("required")));
        Assert.Equal(["0", "named"], syntax.Select(p => (string?)p.Attribute("position")));
        Assert.Equal(["a", "b"], syntax[0].Element(Command + "parameterValueGroup")!.Elements().Select(v => v.Value));
        Assert.Equal("false", (string?)listed.Attribute("required"));
        Assert.Equal("K, Sort", (string?)listed.Attribute("aliases"));
        Assert.Equal("true", (string?)listed.Attribute("globbing"));
        Assert.Equal("True (ByPropertyName)", (string?)listed.Attribute("pipelineInput"));
        Assert.Equal("all", listed.Element(Dev + "defaultValue")!.Value);
        Assert.Equal("The kind.Values: a, b.", listed.Element(Text + "description")!.Value);
    }

    [Fact]
    public void An_example_keeps_its_lines() =>
        Assert.Equal("Get-Thing |\n    Format-List", Maml.Document([Made.Cmdlet()]).Descendants(Dev + "code").Single().Value);

    private static string Bare(XElement element) => new XElement(
        element.Name.LocalName, element.Attributes(), element.Nodes().Select(static n => n is XElement e ? XElement.Parse(Bare(e)) : n)).ToString(SaveOptions.DisableFormatting);
}
