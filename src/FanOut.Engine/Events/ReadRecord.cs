using System.Text.Json;
using System.Text.Unicode;
using FanOut.Engine.Json;

namespace FanOut.Engine.Events;

/// <summary>Reads one record of an event: what stands in it, and what is wrong with it.</summary>
/// <remarks>Only the JSON reader throws, if the event is not JSON; what is wrong with one record never fails others.</remarks>
internal ref struct ReadRecord
{
    // https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Record.html: 0|([1-9]\d{0,128}); those of DynamoDB Streams are shorter.
    private const int LongestNumber = 129;

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

    private ReadRecord(ReadOnlyMemory<byte> json) => _json = new EventJson(json);

    // Each field may stand there once: of two values nobody can say which is meant.
    [Flags]
    private enum EventField
    {
        Arn = 1,
        EventName = 2,
        Data = 4,
        Key = 8,
        Number = 16,
        OldImage = 32,
        Topic = 64,
    }

    /// <summary>What kind of record it is; null: of none that FanOut knows.</summary>
    public SourceKind? Kind { get; private set; }

    /// <summary>The ARN of the stream or topic, with or without a consumer; empty where there is none.</summary>
    public readonly ReadOnlySpan<byte> Source => Kind == SourceKind.Sns ? _topic.Span : _arn.Span;

    /// <summary>The record.</summary>
    public StreamRecord Record { get; private set; }

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
            read.ReadFields(ref reader);
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
        return read;
    }

    private readonly bool IsNumber() => Kind == SourceKind.Sns
        ? _number.Length is > 0 and <= LongestId && _number.Span.IndexOfAnyExceptInRange((byte)'!', (byte)'~') < 0
        : _number.Length is > 0 and <= LongestNumber && _number.Span.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    private void Check(bool isUtf8, int depth, bool isNumber)
    {
        _problem = !isUtf8 ? "it is not valid UTF-8"
            : depth > JsonText.MaxDepth ? $"it is nested deeper than {JsonText.MaxDepth} levels"
            : _problem ?? Kind switch
            {
                null => "it is none of Kinesis, DynamoDB Streams or SNS",
                SourceKind.Kinesis => Missing(EventField.Arn, "eventSourceARN") ?? Missing(EventField.Number, "sequenceNumber")
                    ?? Missing(EventField.Data, "data") ?? Missing(EventField.Key, "partitionKey"),
                SourceKind.DynamoDb => Missing(EventField.Arn, "eventSourceARN") ?? Missing(EventField.Number, "SequenceNumber")
                    ?? (_change == ChangeKind.None ? "its eventName is none of INSERT, MODIFY and REMOVE" : null),
                _ => Missing(EventField.Topic, "TopicArn") ?? Missing(EventField.Number, "MessageId") ?? Missing(EventField.Data, "Message"),
            } ?? (isNumber ? null : Kind == SourceKind.Sns ? "its MessageId is no id" : "its sequence number is no decimal number");
    }

    private readonly string? Missing(EventField field, string name) => (_seen & field) != 0 ? null : $"it has no {name}";

    private void ReadFields(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = _json.Name(reader);
            if (name.SequenceEqual("kinesis"u8))
            {
                ReadKinesis(ref reader);
            }
            else if (name.SequenceEqual("dynamodb"u8))
            {
                ReadDynamo(ref reader);
            }
            else if (name.SequenceEqual("Sns"u8))
            {
                ReadSns(ref reader);
            }
            else if (name.SequenceEqual("eventSourceARN"u8))
            {
                _arn = ReadText(ref reader, EventField.Arn, "eventSourceARN");
            }
            else if (name.SequenceEqual("eventName"u8))
            {
                _change = ReadChange(ref reader);
            }
            else
            {
                _json.Skip(ref reader);
            }
        }
    }

    private void ReadKinesis(ref Utf8JsonReader reader)
    {
        for (bool isObject = Enter(ref reader, SourceKind.Kinesis, "kinesis"); isObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName;)
        {
            ReadOnlySpan<byte> name = _json.Name(reader);
            if (name.SequenceEqual("data"u8))
            {
                _data = ReadText(ref reader, EventField.Data, "data");
            }
            else if (name.SequenceEqual("partitionKey"u8))
            {
                _key = ReadText(ref reader, EventField.Key, "partitionKey");
            }
            else if (name.SequenceEqual("sequenceNumber"u8))
            {
                _number = ReadText(ref reader, EventField.Number, "sequenceNumber");
            }
            else
            {
                _json.Skip(ref reader);
            }
        }
    }

    private void ReadDynamo(ref Utf8JsonReader reader)
    {
        for (bool isObject = Enter(ref reader, SourceKind.DynamoDb, "dynamodb"); isObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName;)
        {
            ReadOnlySpan<byte> name = _json.Name(reader);
            if (name.SequenceEqual("NewImage"u8))
            {
                _data = ReadObject(ref reader, EventField.Data, "NewImage");
            }
            else if (name.SequenceEqual("OldImage"u8))
            {
                _oldImage = ReadObject(ref reader, EventField.OldImage, "OldImage");
            }
            else if (name.SequenceEqual("Keys"u8))
            {
                _key = ReadObject(ref reader, EventField.Key, "Keys");
            }
            else if (name.SequenceEqual("SequenceNumber"u8))
            {
                _number = ReadText(ref reader, EventField.Number, "SequenceNumber");
            }
            else
            {
                _json.Skip(ref reader);
            }
        }
    }

    private void ReadSns(ref Utf8JsonReader reader)
    {
        for (bool isObject = Enter(ref reader, SourceKind.Sns, "Sns"); isObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName;)
        {
            ReadOnlySpan<byte> name = _json.Name(reader);
            if (name.SequenceEqual("Message"u8))
            {
                _data = ReadText(ref reader, EventField.Data, "Message");
            }
            else if (name.SequenceEqual("MessageId"u8))
            {
                _key = _number = ReadText(ref reader, EventField.Number, "MessageId");
            }
            else if (name.SequenceEqual("TopicArn"u8))
            {
                _topic = ReadText(ref reader, EventField.Topic, "TopicArn");
            }
            else
            {
                _json.Skip(ref reader);
            }
        }
    }

    /// <summary>Enters the object that tells the kind of a record; anything but an object is skipped.</summary>
    private bool Enter(ref Utf8JsonReader reader, SourceKind kind, string name)
    {
        reader.Read();
        bool isObject = reader.TokenType == JsonTokenType.StartObject;
        if (!isObject)
        {
            _json.Skip(ref reader);
        }

        _problem ??= !isObject ? $"{name} is no object" : Kind is not null ? "it is of more than one kind" : null;
        Kind ??= kind;
        return isObject;
    }

    private ChangeKind ReadChange(ref Utf8JsonReader reader) => ReadText(ref reader, EventField.EventName, "eventName").Span switch
    {
        var name when name.SequenceEqual("INSERT"u8) => ChangeKind.Insert,
        var name when name.SequenceEqual("MODIFY"u8) => ChangeKind.Modify,
        var name when name.SequenceEqual("REMOVE"u8) => ChangeKind.Remove,
        _ => ChangeKind.None,
    };

    private ReadOnlyMemory<byte> ReadText(ref Utf8JsonReader reader, EventField field, string name)
    {
        Note(field, name);
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            _json.Skip(ref reader);
            _problem ??= $"{name} is no text";
            return default;
        }

        if (!_json.TryText(reader, out ReadOnlyMemory<byte> text))
        {
            _problem ??= $"{name} holds half a surrogate pair";
        }

        return text;
    }

    private ReadOnlyMemory<byte> ReadObject(ref Utf8JsonReader reader, EventField field, string name)
    {
        Note(field, name);
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        JsonTokenType first = reader.TokenType;
        _json.Skip(ref reader);
        if (first == JsonTokenType.StartObject)
        {
            return _json.Since(start, reader);
        }

        _problem ??= first == JsonTokenType.Null ? null : $"{name} is no object";
        return default;
    }

    private void Note(EventField field, string name)
    {
        _problem ??= (_seen & field) != 0 ? $"{name} stands in it twice" : null;
        _seen |= field;
    }
}
