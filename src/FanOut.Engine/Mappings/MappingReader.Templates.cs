using System.Diagnostics.CodeAnalysis;
using FanOut.Engine.Events;
using FanOut.Engine.Filtering;
using FanOut.Engine.Templates;

namespace FanOut.Engine.Mappings;

/// <content>What of a row looks into records: its filter, and its templates.</content>
public static partial class MappingReader
{
    private delegate bool ParseTemplate(
        string text, SourceKind? kind, string sourceArn, string id, [NotNullWhen(true)] out RecordTransform? template, [NotNullWhen(false)] out string? problem);

    private static RecordFilter? FilterOf(MappingRow row, SourceKind? kind, string? source)
    {
        string? text = row.Text(MappingAttributes.Filter);
        if (text is null)
        {
            return null;
        }

        if (!RecordFilter.TryParse(text, kind, out RecordFilter? filter, out string? problem, source))
        {
            row.Problems.Add($"{MappingAttributes.Filter} {problem}");
        }

        return filter;
    }

    private static RecordTransform? TemplateOf(MappingRow row, string attribute, ParseTemplate read, SourceKind? kind, string? source, string? id)
    {
        string? text = row.Text(attribute);
        if (text is null)
        {
            return null;
        }

        if (!read(text, kind, source ?? "", id ?? "", out RecordTransform? transform, out string? problem))
        {
            row.Problems.Add($"{attribute} {problem}");
        }

        return transform;
    }

    private static RecordTransform? DestinationTemplateOf(MappingRow row, Destination? destination, SourceKind? kind, string? source, string? id)
    {
        if (destination?.Template is not { } text)
        {
            return null;
        }

        if (!RecordTransform.TryParseText(text, kind, source ?? "", id ?? "", out RecordTransform? template, out string? problem))
        {
            row.Problems.Add($"{MappingAttributes.Destination} '{destination.Display}': its {destination.TemplateOf} {problem}");
        }

        return template;
    }

    private static AttributeTemplates? AttributesOf(MappingRow row, TargetType? type, SourceKind? kind, string? source, string? id)
    {
        string? text = row.Text(MappingAttributes.MessageAttributes);
        if (text is null)
        {
            return null;
        }

        if (!AttributeTemplates.TryParse(text, RulesOf(type), kind, source ?? "", id ?? "", out AttributeTemplates? attributes, out string? problem))
        {
            row.Problems.Add($"{MappingAttributes.MessageAttributes} {problem}");
        }

        return attributes;
    }

    private static AttributeRules RulesOf(TargetType? type) => type switch
    {
        TargetType.Iot => AttributeRules.UserProperties,
        TargetType.Sns => AttributeRules.Topics,
        _ => AttributeRules.Queues,
    };
}
