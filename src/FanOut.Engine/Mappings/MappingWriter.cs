using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace FanOut.Engine.Mappings;

/// <summary>Turns a mapping into a row of the table, as the original tool writes it.</summary>
/// <remarks>Attributes that have their default are left out, except <c>active</c> and <c>collapse</c>, which the original always writes.</remarks>
public static class MappingWriter
{
    /// <summary>Writes a row.</summary>
    /// <param name="mapping">The mapping.</param>
    public static Dictionary<string, AttributeValue> Write(Mapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        var item = new Dictionary<string, AttributeValue>
        {
            [MappingAttributes.SourceArn] = new(mapping.SourceArn),
            [MappingAttributes.Id] = new(mapping.Id),
            [MappingAttributes.Type] = new(MappingText.Of(mapping.Type)),
            [MappingAttributes.Destination] = new(mapping.Destination.Text),
            [MappingAttributes.Active] = new() { BOOL = mapping.Active },
            [MappingAttributes.Collapse] = new(MappingText.Of(mapping.Collapse)),
        };

        Text(MappingAttributes.Role, mapping.Role);
        Text(MappingAttributes.ExternalId, mapping.ExternalId);
        Text(MappingAttributes.Region, mapping.Region);
        Flag(MappingAttributes.Parallel, mapping.Parallel, whenAbsent: true);
        Flag(MappingAttributes.ConvertDDB, mapping.ConvertDDB);
        Flag(MappingAttributes.Deaggregate, mapping.Deaggregate);
        Flag(MappingAttributes.AppendNewlines, mapping.AppendNewlines);
        Flag(MappingAttributes.Passthrough, mapping.Passthrough);
        Text(MappingAttributes.View, mapping.View == default ? null : MappingText.Of(mapping.View));
        Text(MappingAttributes.Unpack, mapping.Unpack == default ? null : MappingText.Of(mapping.Unpack));
        Text(MappingAttributes.HashKey, mapping.HashKey);
        Bytes(MappingAttributes.MaxItemBytes, mapping.MaxItemBytes);
        Bytes(MappingAttributes.MaxBatchBytes, mapping.MaxBatchBytes);
        Text(MappingAttributes.DeadLetter, mapping.DeadLetter?.Text);
        Text(MappingAttributes.OnFailure, mapping.OnFailure == MappingReader.OnFailureWhenAbsent(mapping.DeadLetter) ? null : MappingText.Of(mapping.OnFailure));
        Text(MappingAttributes.Filter, mapping.Filter?.Text);
        Text(MappingAttributes.Transform, mapping.Transform?.Text);
        Text(MappingAttributes.Key, mapping.Key?.Text);
        Text(MappingAttributes.DocumentId, mapping.DocumentId == default ? null : MappingText.Of(mapping.DocumentId));
        Text(MappingAttributes.DocumentAction, mapping.DocumentAction == default ? null : MappingText.Of(mapping.DocumentAction));
        Text(MappingAttributes.DeduplicationId, mapping.DeduplicationId?.Text);
        Text(MappingAttributes.MessageAttributes, mapping.MessageAttributes?.Text);
        Text(MappingAttributes.EventSource, mapping.EventSource?.Text);
        Text(MappingAttributes.DetailType, mapping.DetailType?.Text);
        Text(MappingAttributes.RecordFormat, mapping.RecordFormat == default ? null : MappingText.Of(mapping.RecordFormat));
        Text(MappingAttributes.HeadersSecret, mapping.HeadersSecret);
        return item;

        void Text(string attribute, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                item[attribute] = new AttributeValue(value);
            }
        }

        void Flag(string attribute, bool value, bool whenAbsent = false)
        {
            if (value != whenAbsent)
            {
                item[attribute] = new AttributeValue { BOOL = value };
            }
        }

        void Bytes(string attribute, int? value)
        {
            if (value is { } bytes)
            {
                item[attribute] = new AttributeValue { N = bytes.ToString(CultureInfo.InvariantCulture) };
            }
        }
    }
}
