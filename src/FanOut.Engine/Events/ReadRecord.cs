using System.Text.Json;
using System.Text.Unicode;
using FanOut.Engine.Json;

namespace FanOut.Engine.Events;

/// <summary>Reads one record of an event: what stands in it, and what is wrong with it.</summary>
/// <remarks>Only the JSON reader throws, if the event is not JSON; what is wrong with one record never fails others.</remarks>
internal ref struct ReadRecord
{
    /// <summary>
    /// The most digits of a sequence number: https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Record.html, <c>0|([1-9]\d{0,128})</c>; those of
    /// DynamoDB Streams are shorter.
    /// </summary>
    public const int LongestNumber = 129;

    // Those of SNS are UUIDs.
    private const int LongestId = 128;

    private EventJson _json;
    private EventField _seen;
    private ReadOnlyMemory<byte> _arn;
    private ReadOnlyMemory<byte> _topic;
    private ReadOnlyMemory<byte> _number;
    private ReadOnlyMemory<byte> _key;
    private ReadOnlyMemory<byte> _data;
    private ReadOnlyMemory<byte> _oldImage;
    private ChangeKind _change;
    private string? _problem;
    private bool _isMaybeMarked;

    private ReadRecord(ReadOnlyMemory<byte> json) => _json = new EventJson(json);

    /// <summary>What kind of record it is; null: of none that FanOut knows.</summary>
    public SourceKind? Kind { get; private set; }

    /// <summary>The ARN of the stream or topic, with or without a consumer; empty where there is none.</summary>
    public readonly ReadOnlySpan<byte> Source => Kind == SourceKind.Sns ? _topic.Span : _arn.Span;

    /// <summary>The record.</summary>
    public StreamRecord Record { get; private set; }

    /// <summary>Its <see cref="TestMark"/>; null: it has none.</summary>
    public string? Mark { get; private set; }

    /// <summary>Reads the value on which a reader stands, to its end.</summary>
    /// <param name="json">The event.</param>
    /// <param name="isUtf8">Whether all of it is known to be UTF-8.</param>
    /// <param name="reader">The reader of the event.</param>
    public static ReadRecord From(ReadOnlyMemory<byte> json, bool isUtf8, ref Utf8JsonReader reader)
    {
        var read = new ReadRecord(json);
        int start = (int)reader.TokenStartIndex, depth = reader.CurrentDepth;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            read.ReadFields(ref reader, null);
        }
        else
        {
            read._json.Skip(ref reader);
            read._problem = "it is no object";
        }

        ReadOnlyMemory<byte> raw = read._json.Since(start, reader);
        bool isNumber = read.IsNumber();
        read.Check(isUtf8 || Utf8.IsValid(raw.Span), read._json.Deepest - depth, isNumber);
        read.Record = new StreamRecord
        {
            Raw = raw,
            SequenceNumber = isNumber ? read._number : default,
            Key = read._key,
            Data = read._data,
            OldImage = read._oldImage,
            Change = read.Kind == SourceKind.DynamoDb ? read._change : ChangeKind.None,
            Problem = read._problem is null ? null : $"The record cannot be read: {read._problem}.",
        };
        if (read._isMaybeMarked)
        {
            read.Mark = TestMark.InMessage(read.Record);
        }

        return read;
    }

    /// <summary>Whether a text is a sequence number of a stream.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> text) => text.Length is > 0 and <= LongestNumber && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    /// <summary>What an event's name says that happened to an item.</summary>
    public static ChangeKind ChangeOf(ReadOnlySpan<byte> eventName) => eventName switch
    {
        _ when eventName.SequenceEqual("INSERT"u8) => ChangeKind.Insert,
        _ when eventName.SequenceEqual("MODIFY"u8) => ChangeKind.Modify,
        _ when eventName.SequenceEqual("REMOVE"u8) => ChangeKind.Remove,
        _ => ChangeKind.None,
    };

    private readonly bool IsNumber() => Kind == SourceKind.Sns
        ? _number.Length is > 0 and <= LongestId && _number.Span.IndexOfAnyExceptInRange((byte)'!', (byte)'~') < 0
        : IsNumber(_number.Span) || (Kind == SourceKind.Kinesis && IsNumberOfPart(_number.Span));

    // A part of an aggregate, or a log event, that is sent again out of its letter: the record's number and its position, as ids are made of the two.
    // Kinesis itself has no such numbers.
    private static bool IsNumberOfPart(ReadOnlySpan<byte> text) => text.LastIndexOf((byte)'.') is > 0 and var dot && IsNumber(text[..dot]) && IsNumber(text[(dot + 1)..]);

    private void Check(bool isUtf8, int depth, bool isNumber)
    {
        _problem = !isUtf8 ? "it is not valid UTF-8"
            : depth > JsonText.MaxDepth ? $"it is nested deeper than {JsonText.MaxDepth} levels"
            : _problem ?? Kind switch
            {
                null => "it is none of Kinesis, DynamoDB Streams or SNS",
                SourceKind.Kinesis => Missing(EventField.Arn) ?? Missing(EventField.Number) ?? Missing(EventField.Data) ?? Missing(EventField.Key),
                SourceKind.DynamoDb => Missing(EventField.Arn) ?? Missing(EventField.Number)
                    ?? (_change == ChangeKind.None ? "its eventName is none of INSERT, MODIFY and REMOVE" : null),
                _ => Missing(EventField.Topic) ?? Missing(EventField.Number) ?? Missing(EventField.Data),
            } ?? (isNumber ? null : Kind == SourceKind.Sns ? "its MessageId is no id" : "its sequence number is no decimal number");
    }

    private readonly string? Missing(EventField field) => (_seen & field) != 0 ? null : $"it has no {EventFields.NameOf(field == EventField.Arn ? null : Kind, field)}";

    /// <summary>Reads the fields of the record, or of the object in it that tells its kind.</summary>
    private void ReadFields(ref Utf8JsonReader reader, SourceKind? of)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            EventField field = EventFields.Find(of, _json.Name(reader));
            switch (field)
            {
                case EventField.None:
                    _json.Skip(ref reader);
                    break;
                case EventField.Data:
                    _data = of == SourceKind.DynamoDb ? ReadObject(ref reader, field) : ReadText(ref reader, of, field);
                    break;
                case EventField.Key:
                    _key = of == SourceKind.DynamoDb ? ReadObject(ref reader, field) : ReadText(ref reader, of, field);
                    Mark = of == SourceKind.Kinesis && reader.ValueIsEscaped ? TestMark.InKey(_key.Span) : null;
                    break;
                case EventField.Number:
                    _number = ReadText(ref reader, of, field);
                    _key = of == SourceKind.Sns ? _number : _key;
                    break;
                case EventField.OldImage:
                    _oldImage = ReadObject(ref reader, field);
                    break;
                case EventField.Topic:
                    _topic = ReadText(ref reader, of, field);
                    break;
                case EventField.Arn:
                    _arn = ReadText(ref reader, of, field);
                    break;
                case EventField.Attributes:
                    int start = (int)reader.TokenStartIndex;
                    _json.Skip(ref reader);
                    _isMaybeMarked |= TestMark.MayBeIn(_json.Since(start, reader).Span);
                    break;
                case EventField.EventName:
                    _change = ChangeOf(ReadText(ref reader, null, field).Span);
                    break;
                default:
                    ReadSource(ref reader, field);
                    break;
            }
        }
    }

    /// <summary>Reads the object that tells the kind of a record; anything but an object is skipped.</summary>
    private void ReadSource(ref Utf8JsonReader reader, EventField field)
    {
        reader.Read();
        SourceKind kind = EventFields.KindOf(field);
        bool isObject = reader.TokenType == JsonTokenType.StartObject;
        _problem ??= !isObject ? $"{EventFields.NameOf(null, field)} is no object" : Kind is not null ? "it is of more than one kind" : null;
        Kind ??= kind;
        if (isObject)
        {
            ReadFields(ref reader, kind);
        }
        else
        {
            _json.Skip(ref reader);
        }
    }

    private ReadOnlyMemory<byte> ReadText(ref Utf8JsonReader reader, SourceKind? of, EventField field)
    {
        Note(of, field);
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            _json.Skip(ref reader);
            _problem ??= $"{EventFields.NameOf(of, field)} is no text";
            return default;
        }

        if (!_json.TryText(reader, out ReadOnlyMemory<byte> text))
        {
            _problem ??= $"{EventFields.NameOf(of, field)} holds half a surrogate pair";
        }

        return text;
    }

    private ReadOnlyMemory<byte> ReadObject(ref Utf8JsonReader reader, EventField field)
    {
        Note(SourceKind.DynamoDb, field);
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        JsonTokenType first = reader.TokenType;
        _json.Skip(ref reader);
        if (first == JsonTokenType.StartObject)
        {
            return _json.Since(start, reader);
        }

        _problem ??= first == JsonTokenType.Null ? null : $"{EventFields.NameOf(SourceKind.DynamoDb, field)} is no object";
        return default;
    }

    // Each field may stand there once: of two values nobody can say which is meant.
    private void Note(SourceKind? of, EventField field)
    {
        _problem ??= (_seen & field) != 0 ? $"{EventFields.NameOf(of, field)} stands in it twice" : null;
        _seen |= field;
    }
}
