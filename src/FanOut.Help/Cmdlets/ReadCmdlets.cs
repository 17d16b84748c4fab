using System.Reflection;
using System.Xml.Linq;
using FanOut.Help.Texts;

namespace FanOut.Help.Cmdlets;

/// <summary>Reads the cmdlets of an assembly: attributes from its metadata, texts from the XML documentation beside it. Its code does not run.</summary>
internal static class ReadCmdlets
{
    /// <summary>The cmdlets, in alphabetical order.</summary>
    /// <param name="assembly">The assembly's path.</param>
    /// <exception cref="MissingTextException">A cmdlet or a parameter is not documented.</exception>
    public static IReadOnlyList<Cmdlet> Of(string assembly)
    {
        using MetadataLoadContext context = Context(assembly);
        var documentation = XmlDocumentation.Beside(assembly);
        (Type Class, CustomAttributeData Attribute)[] classes =
        [
            .. from type in context.LoadFromAssemblyPath(assembly).GetExportedTypes()
               where !type.IsAbstract
               let attribute = type.First("Cmdlet")
               where attribute is not null
               orderby Name(attribute)
               select (type, attribute),
        ];
        Type[] known = [.. classes.SelectMany(static c => ReadPipes.Written(c.Class)).Where(t => documentation.Of(t) is not null).DistinctBy(static t => t.FullName)];
        string[] names = [.. classes.Select(static c => Name(c.Attribute))];
        return [.. classes.Select(c => Read(c.Class, c.Attribute, documentation, new ReadPipes(documentation, known), names))];
    }

    /// <summary>Where the assembly's metadata can be read.</summary>
    internal static MetadataLoadContext Context(string assembly)
    {
        // The framework and PowerShell's reference are where this program itself finds them; the other assemblies are beside the module's.
        string[] trusted = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        string[] beside = Directory.GetFiles(Path.GetDirectoryName(assembly)!, "*.dll");
        return new MetadataLoadContext(new PathAssemblyResolver([.. beside.Concat(trusted).DistinctBy(Path.GetFileName)]));
    }

    private static Cmdlet Read(Type type, CustomAttributeData attribute, XmlDocumentation documentation, ReadPipes pipes, string[] names)
    {
        XElement? said = documentation.Of(type);
        IReadOnlyList<Block> summary = said?.Element("summary") is { } element ? ReadText.Blocks(element) : [];
        if (summary.Count == 0)
        {
            throw new MissingTextException($"The class {type.Name} has no <summary>: it is the synopsis of {Name(attribute)}.");
        }

        IReadOnlyList<ParameterSet> sets = new ReadParameters(documentation).Sets(type, attribute);
        string noun = (string)attribute.ConstructorArguments[1].Value!;
        return new Cmdlet
        {
            Verb = (string)attribute.ConstructorArguments[0].Value!,
            Noun = noun,
            Synopsis = string.Join(' ', summary),
            Description = said!.Element("remarks") is { } remarks ? ReadText.Blocks(remarks) : summary,
            Parameters = [.. sets.SelectMany(static s => s.Uses).Select(static u => u.Parameter).DistinctBy(static p => p.Name).OrderBy(static p => p.Name, StringComparer.Ordinal)],
            ParameterSets = sets,
            Examples = [.. said.Elements("example").Select(Example)],
            Inputs = pipes.Inputs(sets),
            Outputs = pipes.Outputs(type, sets),
            Notes = Notes(attribute),
            OnlinePage = attribute.Named("HelpUri", "") is { Length: > 0 } page ? page : throw new MissingTextException($"{Name(attribute)} has no HelpUri."),
            Links = [.. said.Elements("seealso").Select(static s => (string?)s.Attribute("href") ?? ReadText.NameOf((string)s.Attribute("cref")!))
                .Concat(names.Where(n => n.EndsWith("-" + noun, StringComparison.Ordinal) && n != Name(attribute)))
                .Append("about_FanOut").Distinct()],
        };
    }

    private static Example Example(XElement example) => new(
        string.Join('\n', example.Elements("code").Select(ReadText.Code)),
        ReadText.Blocks(new XElement(example.Name, example.Nodes().Where(static n => n is not XElement { Name.LocalName: "code" }))));

    private static Paragraph[] Notes(CustomAttributeData attribute)
    {
        const int high = 3; // ConfirmImpact.High
        Paragraph changes = new(attribute.Named("ConfirmImpact", 0) == high
            ? "Asks before it changes anything; -Confirm:$false does not. -WhatIf shows what would be done, and changes nothing."
            : "-WhatIf shows what would be done, and changes nothing; -Confirm asks before each change.");
        Paragraph common = new("Where credentials and the region come from, and the ids of all errors: about_FanOut.");
        return attribute.Named("SupportsShouldProcess", false) ? [changes, common] : [common];
    }

    private static string Name(CustomAttributeData attribute) => $"{attribute.ConstructorArguments[0].Value}-{attribute.ConstructorArguments[1].Value}";
}
