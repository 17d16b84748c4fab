using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Unicode;
using FanOut.Engine.Events;
using FanOut.Engine.Json;
using FanOut.Engine.Templates;

namespace FanOut.Engine.Transform;

/// <summary>The values of one record at a time that a mapping's templates ask for. What none of them asks for is neither decoded nor converted, all else once for all of them.</summary>
/// <param name="roots">Where the paths of all templates lead.</param>
/// <param name="group">The records.</param>
/// <param name="skipLast">Whether the last byte of the payloads' data is a line feed that was appended, which is not the record's.</param>
internal sealed class ShapeValues(TransformRoots roots, RecordGroup group, bool skipLast) : IDisposable
{
    private const ValueSources AnyData = ValueSources.Data | ValueSources.DataFields;

    private static readonly PathNode EventId = MakeEventId();

    private readonly FieldPlaces _places = new(roots.Count);
    private readonly PlainImage? _keys = ImageOf(ValueSources.Keys, roots[ValueKind.Keys]);
    private readonly PlainImage? _newImage = ImageOf(ValueSources.NewImage, roots[ValueKind.NewImage]);
    private readonly PlainImage? _oldImage = ImageOf(ValueSources.OldImage, roots[ValueKind.OldImage]);
    private readonly Scratch _decoded = new();
    private readonly Scratch _made = new();
    private readonly FieldPlaces? _ofCarrier = group.Carrier is null ? null : new(1);
    private ReadOnlyMemory<byte> _carrier;
    private StreamRecord _record;
    private Payload _payload;
    private ValueSources _read;
    private Undecodable? _dataFault;
    private bool _isDecoded;
    private bool _isJson;

    /// <summary>Goes on to another record, or record of an aggregate.</summary>
    /// <param name="payload">Its position, its key and its data as they came.</param>
    public void Begin(in Payload payload)
    {
        (_record, _payload) = (group.Records[payload.Record], payload);
        _read = ValueSources.None;
        _places.Clear();
    }

    /// <summary>Reads what a template needs of the record, unless another has needed it already.</summary>
    /// <param name="needs">What it needs.</param>
    /// <returns>Why the template can do nothing with the record; null: it can.</returns>
    public Undecodable? Read(ValueSources needs)
    {
        if (IsNew(needs, ValueSources.Event) && roots[ValueKind.EventField] is { } fields)
        {
            _places.ReadRecord(_record.Raw.Span, fields, group.Kind);
        }

        if (_ofCarrier is not null && IsNew(needs, ValueSources.Shard))
        {
            _carrier = group.Carrier!.Records[_payload.Record].Raw;
            _ofCarrier.Clear();
            _ofCarrier.ReadRecord(_carrier.Span, EventId, SourceKind.Kinesis);
        }

        return ReadData(needs) ?? ReadImage(needs, _keys, _record.Key) ?? ReadImage(needs, _newImage, _record.Data) ?? ReadImage(needs, _oldImage, _record.OldImage);
    }

    /// <summary>A value of the record. It is valid until the next one is asked for.</summary>
    /// <param name="value">The value, of a template for which <see cref="Read"/> had no fault.</param>
    /// <param name="form">What it is.</param>
    public ReadOnlySpan<byte> Of(in TemplateValue value, out ValueForm form)
    {
        ReadOnlySpan<byte> text = value.Kind switch
        {
            ValueKind.SequenceNumber => _record.SequenceNumber.Span,
            ValueKind.PartitionKey => _payload.Key.Span,
            ValueKind.Record => _record.Raw.Span,
            ValueKind.Data => _isJson ? Data.Trim(" \t\r\n"u8) : Data,
            ValueKind.DataField => _places.Of(Data, value.Node),
            ValueKind.Keys => _places.Of(_keys!.Json, value.Node),
            ValueKind.NewImage => _places.Of(_newImage!.Json, value.Node),
            ValueKind.OldImage => _places.Of(_oldImage!.Json, value.Node),
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
        _keys?.Dispose();
        _newImage?.Dispose();
        _oldImage?.Dispose();
        _decoded.Dispose();
        _made.Dispose();
    }

    private static PlainImage? ImageOf(ValueSources source, PathNode? paths) => paths is null ? null : new PlainImage(source, paths);

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

    // Marks it as read.
    private bool IsNew(ValueSources needs, ValueSources source)
    {
        bool isNew = (needs & ~_read & source) != ValueSources.None;
        _read |= needs & source;
        return isNew;
    }

    private Undecodable? ReadData(ValueSources needs)
    {
        if ((needs & AnyData) == ValueSources.None)
        {
            return null;
        }

        if ((_read & AnyData) == ValueSources.None)
        {
            _read |= AnyData;
            _dataFault = DecodeData();
            _isJson = _dataFault is null && (roots[ValueKind.DataField] is { } fields ? _places.TryRead(Data, fields) : JsonText.IsJson(Data));
        }

        return _dataFault
            ?? (_isJson || (needs & ValueSources.DataFields) == ValueSources.None ? null : Broken("NotJson", "The record's data is not JSON, into which paths of the mapping lead."));
    }

    private Undecodable? DecodeData()
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

        return Utf8.IsValid(Data) ? null : Broken("NotText", "The record's data is not text in UTF-8, which the mapping needs of it.");
    }

    private Undecodable? ReadImage(ValueSources needs, PlainImage? image, ReadOnlyMemory<byte> typed)
    {
        if (image is null || (needs & image.Source) == ValueSources.None)
        {
            return null;
        }

        if (IsNew(needs, image.Source))
        {
            image.Read(typed.Span, _places);
        }

        return image.Fault is { } reason ? Broken(Undecodable.Broken, reason) : null;
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
