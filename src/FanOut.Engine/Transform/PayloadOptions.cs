using FanOut.Engine.Mappings;
using FanOut.Engine.Templates;

namespace FanOut.Engine.Transform;

/// <summary>The settings of a mapping that decide how its payloads look. Mappings with the same options share their payloads.</summary>
public readonly record struct PayloadOptions(PayloadForm Form, bool Deaggregate, bool ConvertDDB, bool AppendNewlines, View View)
{
    /// <summary>The name of the table's hash key; null: it is not known.</summary>
    public string? HashKey { get; init; }

    /// <summary>What is unpacked of a Kinesis record's data, besides aggregates.</summary>
    public Unpack Unpack { get; init; }

    /// <summary>What is made of the data; null: it is sent as the other options say.</summary>
    public RecordTransform? Transform { get; init; }

    /// <summary>What is made of the key; null: it is the record's own.</summary>
    public RecordTransform? Key { get; init; }

    /// <summary>What its target needs of each payload besides data and key; null: nothing.</summary>
    public TextTemplates? Texts { get; init; }

    /// <summary>Whether the records are taken for the changes of tables that they carry.</summary>
    public bool ReadsChanges { get; init; }

    /// <summary>The options of a mapping whose target wants a form.</summary>
    public static PayloadOptions Of(Mapping mapping, PayloadForm form) => form == PayloadForm.EventRecord
        ? new PayloadOptions(form, false, false, false, View.NewImage)
        : new PayloadOptions(form, mapping.Deaggregate, mapping.ConvertDDB, mapping.AppendNewlines, mapping.View)
        {
            Unpack = mapping.Unpack, HashKey = mapping.HashKey, Transform = mapping.Transform, Key = mapping.Key, Texts = mapping.Texts,
            ReadsChanges = mapping.RecordFormat == RecordFormat.DynamoDbChanges,
        };
}
