using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using FanOut.Help.Cmdlets;
using FanOut.Help.Texts;

namespace FanOut.Help.Output;

/// <summary>Writes help as MAML, the XML that Get-Help reads.</summary>
/// <remarks>https://learn.microsoft.com/powershell/scripting/developer/help/writing-help-for-windows-powershell-cmdlets</remarks>
internal static class Maml
{
    private static readonly XNamespace Root = "http://msh";
    private static readonly XNamespace Text = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Writes the file of an assembly's cmdlets.</summary>
    public static void Write(IReadOnlyList<Cmdlet> cmdlets, string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n", NewLineHandling = NewLineHandling.Replace };
        using var writer = XmlWriter.Create(file, settings);
        Document(cmdlets).Save(writer);
    }

    /// <summary>The document of an assembly's cmdlets.</summary>
    public static XDocument Document(IReadOnlyList<Cmdlet> cmdlets) => new(new XElement(
        Root + "helpItems",
        new XAttribute("schema", "maml"),
        new XAttribute(XNamespace.Xmlns + "maml", Text),
        new XAttribute(XNamespace.Xmlns + "command", Command),
        new XAttribute(XNamespace.Xmlns + "dev", Dev),
        cmdlets.Select(Of)));

    private static XElement Of(Cmdlet cmdlet) => new(
        Command + "command",
        new XElement(
            Command + "details",
            new XElement(Command + "name", cmdlet.Name),
            new XElement(Command + "verb", cmdlet.Verb),
            new XElement(Command + "noun", cmdlet.Noun),
            Description([new Paragraph(cmdlet.Synopsis)])),
        Description(cmdlet.Description),
        new XElement(Command + "syntax", cmdlet.ParameterSets.Select(set => new XElement(
            Command + "syntaxItem", new XElement(Text + "name", cmdlet.Name), set.Uses.Select(static u => Of(u, inSyntax: true))))),
        new XElement(Command + "parameters", cmdlet.Parameters.Select(p => Of(Everywhere(p, cmdlet), inSyntax: false))),
        new XElement(Command + "inputTypes", cmdlet.Inputs.Select(static t => Of(t, "inputType"))),
        new XElement(Command + "returnValues", cmdlet.Outputs.Select(static t => Of(t, "returnValue"))),
        new XElement(Text + "alertSet", new XElement(Text + "alert", cmdlet.Notes.SelectMany(Of))),
        new XElement(Command + "examples", cmdlet.Examples.Select(Of)),
        // Get-Help -Online opens the first.
        new XElement(Command + "relatedLinks", cmdlet.Links.Select(static l => IsAddress(l) ? Link("", l) : Link(l, "")).Prepend(Link("Online version:", cmdlet.OnlinePage))));

    private static XElement Link(string text, string address) => new(Text + "navigationLink", new XElement(Text + "linkText", text), new XElement(Text + "uri", address));

    // In the list of parameters each appears once; it is mandatory only if it is so in every set that has it.
    private static ParameterUse Everywhere(Parameter parameter, Cmdlet cmdlet)
    {
        ParameterUse[] uses = [.. cmdlet.ParameterSets.SelectMany(static s => s.Uses).Where(u => u.Parameter.Name == parameter.Name)];
        return uses[0] with
        {
            IsMandatory = uses.All(static u => u.IsMandatory),
            ByValue = uses.Any(static u => u.ByValue),
            ByPropertyName = uses.Any(static u => u.ByPropertyName),
        };
    }

    private static XElement Of(ParameterUse use, bool inSyntax)
    {
        Parameter parameter = use.Parameter;
        return new XElement(
            Command + "parameter",
            new XAttribute("required", Word(use.IsMandatory)),
            new XAttribute("variableLength", Word(parameter.Type.EndsWith(']'))),
            new XAttribute("globbing", Word(parameter.TakesWildcards)),
            new XAttribute("pipelineInput", use.PipelineInput),
            new XAttribute("position", use.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Text + "name", parameter.Name),
            Description(inSyntax ? parameter.Text : [.. parameter.Text, .. Values(parameter)]),
            inSyntax && parameter.Values.Count > 0
                ? new XElement(Command + "parameterValueGroup", parameter.Values.Select(static v => new XElement(
                    Command + "parameterValue", new XAttribute("required", "false"), new XAttribute("variableLength", "false"), v)))
                : null,
            parameter.IsSwitch && inSyntax
                ? null
                : new XElement(
                    Command + "parameterValue",
                    new XAttribute("required", Word(!parameter.IsSwitch)),
                    new XAttribute("variableLength", Word(parameter.Type.EndsWith(']'))),
                    parameter.Type),
            Type(parameter.Type),
            new XElement(Dev + "defaultValue", parameter.Default));
    }

    // Get-Help shows the allowed values only in the syntax.
    private static IEnumerable<Block> Values(Parameter parameter) =>
        parameter.Values.Count == 0 ? [] : [new Paragraph($"Values: {string.Join(", ", parameter.Values)}.")];

    private static XElement Of(PipedType type, string element) => new(Command + element, Type(type.Name), Description(type.Text));

    private static XElement Of(Example example, int index) => new(
        Command + "example",
        new XElement(Text + "title", string.Create(CultureInfo.InvariantCulture, $"-------------------------- Example {index + 1} --------------------------")),
        new XElement(Dev + "code", example.Code),
        new XElement(Dev + "remarks", example.Remarks.SelectMany(Of)));

    private static XElement Type(string name) => new(Dev + "type", new XElement(Text + "name", name), new XElement(Text + "uri"));

    private static XElement Description(IReadOnlyList<Block> blocks) => new(Text + "description", blocks.SelectMany(Of));

    private static IEnumerable<XElement> Of(Block block) => block switch
    {
        Itemized list =>
        [
            new XElement(
                Text + "list",
                new XAttribute("class", list.IsNumbered ? "ordered" : "bulleted"),
                list.Items.Select(static i => new XElement(Text + "listItem", new XElement(Text + "para", i.Text)))),
        ],
        Listing listing => [new XElement(Text + "para", listing.Code)],
        _ => [new XElement(Text + "para", ((Paragraph)block).Text)],
    };

    private static bool IsAddress(string link) => link.Contains("://", StringComparison.Ordinal);

    private static string Word(bool value) => value ? "true" : "false";
}
