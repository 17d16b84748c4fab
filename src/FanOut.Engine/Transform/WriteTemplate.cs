using FanOut.Aws.Protocols;
using FanOut.Engine.Templates;

namespace FanOut.Engine.Transform;

/// <summary>Writes what a template makes of a record.</summary>
/// <param name="template">The template.</param>
/// <param name="asked">The template's values, where <paramref name="read"/> has them.</param>
/// <param name="read">The record's values.</param>
internal sealed class WriteTemplate(RecordTransform template, TemplateValue[] asked, ShapeValues read)
{
    // More than any target takes of a record. A template may write the same large field many times.
    private const long MostBytes = 16 * 1024 * 1024;

    private readonly ValueSources _needs = asked.Aggregate(ValueSources.None, static (all, value) => all | SourceOf(value.Kind));

    /// <summary>Whether a value of what was written last is missing, null or an empty text.</summary>
    public bool LacksValue { get; private set; }

    /// <summary>Writes it.</summary>
    /// <param name="payload">The record, at which its values stand: its position, its key and its data as they came.</param>
    /// <param name="arena">Takes it.</param>
    /// <param name="end">What follows it.</param>
    /// <param name="text">What was written.</param>
    /// <returns>Why nothing can be written; null: it was.</returns>
    public Undecodable? Write(in Payload payload, Arena arena, ReadOnlySpan<byte> end, out ReadOnlyMemory<byte> text)
    {
        text = default;
        LacksValue = false;
        if (read.Read(_needs) is { } fault)
        {
            return fault;
        }

        long bytes = end.Length;
        foreach (TemplatePart part in template.Parts)
        {
            bytes += part.IsLiteral ? part.Literal.Length : LengthOf(part);
        }

        if (bytes > MostBytes)
        {
            return new Undecodable(payload.Record, "Oversize", $"What the mapping makes of the record has {bytes} bytes; {MostBytes} are allowed.", payload.Key);
        }

        arena.Begin((int)bytes);
        foreach (TemplatePart part in template.Parts)
        {
            if (part.IsLiteral)
            {
                arena.Write(part.Literal.Span);
            }
            else if (!TryWrite(part, arena))
            {
                return new Undecodable(payload.Record, Undecodable.Broken, "A text that the mapping asks for has half a surrogate pair in it.", payload.Key);
            }
        }

        arena.Write(end);
        text = arena.Take();
        return null;
    }

    private static ValueSources SourceOf(ValueKind kind) => kind switch
    {
        ValueKind.EventField or ValueKind.ArrivalTime => ValueSources.Event,
        ValueKind.ShardId => ValueSources.Event | ValueSources.Shard,
        ValueKind.Data => ValueSources.Data,
        ValueKind.DataField => ValueSources.DataFields,
        ValueKind.Keys => ValueSources.Keys,
        ValueKind.NewImage => ValueSources.NewImage,
        ValueKind.OldImage => ValueSources.OldImage,
        _ => ValueSources.None,
    };

    /// <summary>How many bytes <see cref="TryWrite"/> writes of a value, at most.</summary>
    private int LengthOf(TemplatePart part)
    {
        ReadOnlySpan<byte> value = read.Of(asked[part.Value], out ValueForm form);

        // Only Kinesis has shards: that others have none is no lack of the record's.
        LacksValue |= asked[part.Value].Kind != ValueKind.ShardId && (value.IsEmpty || (form == ValueForm.Json && (value.SequenceEqual("null"u8) || value.SequenceEqual("\"\""u8))));
        return (part.Place, form) switch
        {
            (Place.Json, ValueForm.Missing) => "null"u8.Length,
            (Place.Json, ValueForm.Text) => JsonEscape.LengthOf(value) + 2,
            (Place.JsonString, ValueForm.Text) => JsonEscape.LengthOf(value),
            (Place.JsonString, ValueForm.Json) when !IsString(value) => JsonEscape.LengthOf(value),
            _ => value.Length,
        };
    }

    private bool TryWrite(TemplatePart part, Arena arena)
    {
        ReadOnlySpan<byte> value = read.Of(asked[part.Value], out ValueForm form);
        switch (part.Place, form)
        {
            case (Place.Json, ValueForm.Missing):
                arena.Write("null"u8);
                return true;
            case (Place.Json, ValueForm.Text):
                arena.Write("\""u8);
                WriteEscaped(value, arena);
                arena.Write("\""u8);
                return true;
            case (Place.JsonString, ValueForm.Json) when IsString(value):
                arena.Write(value[1..^1]);
                return true;
            case (Place.JsonString, _):
                WriteEscaped(value, arena);
                return true;
            case (Place.Text, ValueForm.Json) when IsString(value):
                bool isText = JsonEscape.TryUndo(value, arena.GetSpan(value.Length), out int length);
                arena.Advance(isText ? length : 0);
                return isText;
            default:
                arena.Write(value);
                return true;
        }
    }

    private static void WriteEscaped(ReadOnlySpan<byte> text, Arena arena) => arena.Advance(JsonEscape.Write(text, arena.GetSpan(JsonEscape.LengthOf(text))));

    private static bool IsString(ReadOnlySpan<byte> json) => json[0] == (byte)'"';
}
