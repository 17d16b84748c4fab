using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Unicode;
using FanOut.Engine.Events;
using FanOut.Engine.Json;
using FanOut.Engine.Templates;

namespace FanOut.Engine.Transform;

/// <summary>The values of one record at a time that a template asks for. What it does not ask for is neither decoded nor converted.</summary>
/// <param name="transform">The template.</param>
/// <param name="group">The records.</param>
/// <param name="skipLast">Whether the last byte of the payloads' data is a line feed that was appended, which is not the record's.</param>
internal sealed class ShapeValues(RecordTransform transform, RecordGroup group, bool skipLast) : IDisposable
{
    private static readonly PathNode EventId = MakeEventId();
    private static readonly ValueKind[] Images = [ValueKind.Keys, ValueKind.NewImage, ValueKind.OldImage];

    private readonly FieldPlaces _places = new(transform.Roots.Count);
    private readonly Dictionary<ValueKind, Scratch> _images = Images.Where(i => transform.Roots[i] is not null).ToDictionary(static i => i, static _ => new Scratch());
    private readonly Scratch _decoded = new();
    private readonly Scratch _made = new();
    private readonly bool _needsData = Array.Exists(transform.Values, static v => v.Kind is ValueKind.Data or ValueKind.DataField);

    // Changes that a Kinesis stream carries do not tell the shard: the stream's own records do.
    private readonly FieldPlaces? _ofCarrier = group.Carrier is not null && Array.Exists(transform.Values, static v => v.Kind == ValueKind.ShardId) ? new(1) : null;
    private ReadOnlyMemory<byte> _carrier;
    private StreamRecord _record;
    private Payload _payload;
    private bool _isDecoded;
    private bool _isJson;

    /// <summary>Goes on to another record, or record of an aggregate.</summary>
    /// <param name="payload">Its position, its key and its data as they came.</param>
    /// <returns>Why the transform can do nothing with it; null: it can.</returns>
    public Undecodable? Read(in Payload payload)
    {
        (_record, _payload) = (group.Records[payload.Record], payload);
        _places.Clear();
        if (transform.Roots[ValueKind.EventField] is { } fields)
        {
            _places.ReadRecord(_record.Raw.Span, fields, group.Kind);
        }

        if (_ofCarrier is not null)
        {
            _carrier = group.Carrier!.Records[payload.Record].Raw;
            _ofCarrier.Clear();
            _ofCarrier.ReadRecord(_carrier.Span, EventId, SourceKind.Kinesis);
        }

        if (_needsData && ReadData() is { } fault)
        {
            return fault;
        }

        foreach ((ValueKind kind, Scratch image) in _images)
        {
            if (ReadImage(kind, image) is { } reason)
            {
                return Broken(Undecodable.Broken, reason);
            }
        }

        return null;
    }

    /// <summary>A value of the record. It is valid until the next one is asked for.</summary>
    /// <param name="index">Its position among the transform's values.</param>
    /// <param name="form">What it is.</param>
    public ReadOnlySpan<byte> Of(int index, out ValueForm form)
    {
        TemplateValue value = transform.Values[index];
        ReadOnlySpan<byte> text = value.Kind switch
        {
            ValueKind.SequenceNumber => _record.SequenceNumber.Span,
            ValueKind.PartitionKey => _payload.Key.Span,
            ValueKind.Record => _record.Raw.Span,
            ValueKind.Data => _isJson ? Data.Trim(" \t\r\n"u8) : Data,
            ValueKind.DataField => _places.Of(Data, value.Node),
            ValueKind.Keys or ValueKind.NewImage or ValueKind.OldImage => _places.Of(_images[value.Kind].Written, value.Node),
            ValueKind.ShardId when _ofCarrier is not null => _ofCarrier.Of(_carrier.Span, 0),
            _ => WithoutNull(_places.Of(_record.Raw.Span, value.Node)),
        };
        form = value.Kind switch
        {
            ValueKind.SequenceNumber or ValueKind.PartitionKey => ValueForm.Text,
            ValueKind.Data => _isJson ? ValueForm.Json : ValueForm.Text,
            _ => text.IsEmpty ? ValueForm.Missing : ValueForm.Json,
        };
        return form != ValueForm.Json ? text : value switch
        {
            { Kind: ValueKind.ShardId } => ShardOf(text, out form),
            { Kind: ValueKind.ArrivalTime } => TimeOf(text, out form),
            { Rest.IsEmpty: false } => AllOf(text, value.Rest.Span),
            _ => text,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Scratch scratch in _images.Values)
        {
            scratch.Dispose();
        }

        _decoded.Dispose();
        _made.Dispose();
    }

    private static PathNode MakeEventId()
    {
        int count = 0;
        var root = new PathNode();
        root.Add([new PathStep("eventID")], ref count);
        return root;
    }

    // DynamoDB writes null into Kinesis where a table's own stream has nothing.
    private ReadOnlySpan<byte> WithoutNull(ReadOnlySpan<byte> json) => group.Carrier is not null && json.SequenceEqual("null"u8) ? default : json;

    private ReadOnlySpan<byte> Data => _isDecoded ? _decoded.Written : skipLast ? _payload.Data.Content.Span[..^1] : _payload.Data.Content.Span;

    private Undecodable? ReadData()
    {
        _isDecoded = _payload.Data.IsBase64;
        if (_isDecoded)
        {
            ReadOnlySpan<byte> text = _payload.Data.Content.Span;
            int most = Base64.GetMaxDecodedFromUtf8Length(text.Length);
            _decoded.Begin(most);
            if (Base64.DecodeFromUtf8(text, _decoded.GetSpan(most), out _, out int written) != OperationStatus.Done)
            {
                return Broken(Undecodable.Broken, "The record's data is not base64.");
            }

            _decoded.Advance(written);
        }

        if (!Utf8.IsValid(Data))
        {
            return Broken("NotText", "The record's data is not text in UTF-8, which the mapping needs of it.");
        }

        if (transform.Roots[ValueKind.DataField] is not { } fields)
        {
            _isJson = JsonText.IsJson(Data);
            return null;
        }

        _isJson = _places.TryRead(Data, fields);
        return _isJson ? null : Broken("NotJson", "The record's data is not JSON, into which paths of the mapping lead.");
    }

    private string? ReadImage(ValueKind kind, Scratch image)
    {
        ReadOnlyMemory<byte> typed = kind switch { ValueKind.Keys => _record.Key, ValueKind.NewImage => _record.Data, _ => _record.OldImage };
        image.Begin(typed.Length);
        if (typed.IsEmpty)
        {
            return null;
        }

        if (ConvertDynamo.TryWritePlain(typed.Span, image, out string? reason))
        {
            _places.TryRead(image.Written, transform.Roots[kind]!);
        }

        return reason;
    }

    // "shardId-000000000006:49590338271490256608559692538361571095921575989136588898"
    private static ReadOnlySpan<byte> ShardOf(ReadOnlySpan<byte> eventId, out ValueForm form)
    {
        ReadOnlySpan<byte> text = eventId.Trim((byte)'"');
        int end = text.LastIndexOf((byte)':');
        form = end > 0 ? ValueForm.Text : ValueForm.Missing;
        return end > 0 ? text[..end] : default;
    }

    // Kinesis and DynamoDB write seconds since 1970, SNS writes ISO 8601, and DynamoDB writes milliseconds or microseconds into Kinesis.
    private ReadOnlySpan<byte> TimeOf(ReadOnlySpan<byte> json, out ValueForm form)
    {
        form = ValueForm.Json;
        if (json[0] == (byte)'"')
        {
            return json;
        }

        form = ValueForm.Missing;
        double seconds = 0;
        bool isTime = group.Carrier is null
            ? double.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out seconds)
            : ReadChange.TryReadTime(json, out long microseconds) && (seconds = microseconds / 1_000_000.0) > 0;
        if (!isTime || seconds is not (>= 0 and < 253_402_300_800))
        {
            return default;
        }

        form = ValueForm.Text;
        _made.Begin(32);
        DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(seconds * 1000)).TryFormat(_made.GetSpan(), out int written, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        _made.Advance(written);
        return _made.Written;
    }

    private ReadOnlySpan<byte> AllOf(ReadOnlySpan<byte> json, ReadOnlySpan<PathStep> steps)
    {
        _made.Begin(json.Length + 2);
        new WildcardValues(_made).Write(json, steps);
        return _made.Written;
    }

    private Undecodable Broken(string code, string reason) => new(_payload.Record, code, reason, _payload.Key);
}
