using System.Reflection;
using System.Xml.Linq;
using FanOut.Help.Texts;

namespace FanOut.Help.Cmdlets;

/// <summary>Finds out what a cmdlet takes from the pipeline and what it writes to it.</summary>
/// <param name="documentation">The documentation of types.</param>
/// <param name="known">The types that the module's cmdlets write.</param>
internal sealed class ReadPipes(XmlDocumentation documentation, IReadOnlyList<Type> known)
{
    /// <summary>The types of the attribute OutputType; void says that there are none.</summary>
    public static IEnumerable<Type> Written(Type cmdlet) =>
        cmdlet.All("OutputType").SelectMany(Attributes.Arguments).OfType<Type>().Where(static t => t.FullName != typeof(void).FullName);

    /// <summary>What can be piped in: the module's types that have all mandatory properties, or any object with properties of the right names.</summary>
    public IReadOnlyList<PipedType> Inputs(IReadOnlyList<ParameterSet> sets)
    {
        List<PipedType> result = [.. sets.SelectMany(static s => s.Uses).Where(static u => u.ByValue).Select(static u => u.Parameter).Distinct()
            .Select(static p => new PipedType(p.Type, [new Paragraph($"The value of -{p.Name}.")]))];
        string[] bound = [.. sets.SelectMany(static s => s.Uses).Where(static u => u.ByPropertyName).Select(static u => u.Parameter.Name).Distinct()];
        if (bound.Length > 0)
        {
            result.AddRange(known.Where(t => sets.Any(s => Fits(t, s))).Select(t => new PipedType(t.FullName!, Summary(t))));
            result.Add(new PipedType(
                "System.Management.Automation.PSObject",
                [new Paragraph($"Any object with properties of these names: {string.Join(", ", bound)}; or of the aliases of those parameters.")]));
        }

        return result.Count > 0 ? result : [new PipedType("None", [new Paragraph("Nothing can be piped to this cmdlet.")])];
    }

    /// <summary>The types of the output.</summary>
    public IReadOnlyList<PipedType> Outputs(Type cmdlet, IReadOnlyList<ParameterSet> sets)
    {
        IEnumerable<PipedType> written = Written(cmdlet).Select(t => new PipedType(t.FullName!, Summary(t)));
        bool onlyWhenAsked = sets.SelectMany(static s => s.Uses).Any(static u => u.Parameter.Name == "PassThru");
        PipedType[] result =
        [
            .. onlyWhenAsked || !written.Any() ? (PipedType[])[new PipedType("None", [new Paragraph(onlyWhenAsked ? "Without -PassThru nothing comes out." : "Nothing comes out.")])] : [],
            .. written,
        ];
        return result;
    }

    private static bool Fits(Type type, ParameterSet set)
    {
        HashSet<string> properties = new(
            type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(static p => p.Name), StringComparer.OrdinalIgnoreCase);
        ParameterUse[] bound = [.. set.Uses.Where(u => u.ByPropertyName && (properties.Contains(u.Parameter.Name) || u.Parameter.Aliases.Any(properties.Contains)))];
        return bound.Length > 0 && set.Uses.Where(static u => u.IsMandatory).All(bound.Contains);
    }

    private IReadOnlyList<Block> Summary(Type type) => documentation.Of(type)?.Element("summary") is XElement summary ? ReadText.Blocks(summary) : [];
}
