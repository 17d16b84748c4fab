using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using FanOut.Help.Texts;

namespace FanOut.Help.Cmdlets;

/// <summary>Reads the parameters of a cmdlet's class and of its base classes.</summary>
/// <param name="documentation">Their documentation.</param>
internal sealed partial class ReadParameters(XmlDocumentation documentation)
{
    private const string AllSets = "__AllParameterSets";

    private static readonly Parameter WhatIf = new()
    {
        Name = "WhatIf",
        Type = "SwitchParameter",
        Aliases = ["wi"],
        Default = "False",
        Text = [new Paragraph("Shows what would be done, and changes nothing.")],
    };

    private static readonly Parameter Confirm = new()
    {
        Name = "Confirm",
        Type = "SwitchParameter",
        Aliases = ["cf"],
        Default = "False",
        Text = [new Paragraph("Asks before each change.")],
    };

    /// <summary>The parameter sets of a cmdlet, the default one first.</summary>
    /// <exception cref="MissingTextException">A parameter has no summary.</exception>
    public IReadOnlyList<ParameterSet> Sets(Type cmdlet, CustomAttributeData attribute)
    {
        List<(string Set, ParameterUse Use)> uses = [.. Properties(cmdlet).SelectMany(p => Uses(cmdlet, p))];
        if (attribute.Named("SupportsShouldProcess", false))
        {
            uses.AddRange(new[] { WhatIf, Confirm }.Select(static p => (AllSets, new ParameterUse(p, false, null, false, false))));
        }

        string preferred = attribute.Named("DefaultParameterSetName", AllSets);
        IEnumerable<string> names = uses.Select(static u => u.Set).Where(static s => s != AllSets).Distinct()
            .DefaultIfEmpty(AllSets).OrderBy(n => n != preferred);
        return [.. names.Select(name => new ParameterSet(name, [.. uses.Where(u => u.Set == AllSets || u.Set == name).Select(static u => u.Use)
            .OrderBy(static u => u.Position ?? int.MaxValue).ThenBy(static u => !u.IsMandatory)]))];
    }

    // The cmdlet's own first, then those of each base class, in the order of the source; one that is overridden counts where that is.
    private static IEnumerable<PropertyInfo> Properties(Type cmdlet)
    {
        HashSet<string> seen = [];
        for (Type? type = cmdlet; type is not null; type = type.BaseType)
        {
            PropertyInfo[] own = type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);
            foreach (PropertyInfo property in own.Where(p => p.First("Parameter") is not null && seen.Add(p.Name)))
            {
                yield return property;
            }
        }
    }

    private IEnumerable<(string Set, ParameterUse Use)> Uses(Type cmdlet, PropertyInfo property)
    {
        Parameter parameter = Read(cmdlet, property);
        return property.All("Parameter").Select(a => (a.Named("ParameterSetName", AllSets), new ParameterUse(
            parameter,
            a.Named("Mandatory", false),
            a.Named("Position", int.MinValue) is >= 0 and var position ? position : null,
            a.Named("ValueFromPipeline", false),
            a.Named("ValueFromPipelineByPropertyName", false))));
    }

    private Parameter Read(Type cmdlet, PropertyInfo property)
    {
        var said = documentation.Of(property);
        IReadOnlyList<Block> text = said?.Element("summary") is { } summary ? ReadText.Blocks(summary) : [];
        if (text.Count == 0)
        {
            throw new MissingTextException($"The property {cmdlet.Name}.{property.Name} has no <summary>: it is the help of a parameter.");
        }

        if (said!.Element("remarks") is { } remarks)
        {
            text = [.. text, .. ReadText.Blocks(remarks)];
        }

        Type type = Nullable(property.PropertyType);
        Type element = type.IsArray ? Nullable(type.GetElementType()!) : type;
        return new Parameter
        {
            Name = property.Name,
            Type = type.IsArray ? element.Name + "[]" : type.Name,
            Aliases = [.. property.All("Alias").SelectMany(Attributes.Arguments).Cast<string>()],
            Text = [.. text, .. Ranges(property), .. EnumText(element)],
            Default = said.Element("value") is { } value ? string.Join(' ', ReadText.Blocks(value)).TrimEnd('.')
                : DefaultSentence().Match(string.Join(' ', text)) is { Success: true } sentence ? sentence.Groups[1].Value
                : type.Name == "SwitchParameter" ? "False" : "None",
            TakesWildcards = property.First("SupportsWildcards") is not null,
            Values = element.IsEnum
                ? [.. element.GetFields(BindingFlags.Public | BindingFlags.Static).Select(static f => f.Name)]
                : [.. property.All("ValidateSet").Concat(property.All("OneOf")).SelectMany(Attributes.Arguments).Cast<string>().SelectMany(static v => v.Split(", ")).Where(static v => v.Length > 0)],
        };
    }

    private static IEnumerable<Block> Ranges(PropertyInfo property) =>
        from range in property.All("ValidateRange")
        let ends = range.Arguments().ToArray()
        where ends.Length == 2
        select new Paragraph(string.Create(CultureInfo.InvariantCulture, $"Allowed: {ends[0]} to {ends[1]}."));

    private IEnumerable<Block> EnumText(Type type)
    {
        if (!type.IsEnum)
        {
            return [];
        }

        Paragraph[] values = [.. from field in type.GetFields(BindingFlags.Public | BindingFlags.Static)
                                 let summary = documentation.Of(field)?.Element("summary")
                                 where summary is not null
                                 select new Paragraph([new Run(field.Name, IsCode: true), new Run($": {string.Join(' ', ReadText.Blocks(summary))}", IsCode: false)])];
        return values.Length == 0 ? [] : [new Itemized(values, IsNumbered: false)];
    }

    private static Type Nullable(Type type) => type.IsGenericType && type.Name == "Nullable`1" ? type.GetGenericArguments()[0] : type;

    [GeneratedRegex(@"\bDefault: (.+?)\.(?:\s|$)")]
    private static partial Regex DefaultSentence();
}
