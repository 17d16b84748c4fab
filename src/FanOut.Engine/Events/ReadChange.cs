using System.Globalization;
using System.Text.Unicode;
using FanOut.Engine.Json;

namespace FanOut.Engine.Events;

/// <summary>Reads the change of a table's item out of the data of a Kinesis record: what DynamoDB sends where a table streams to Kinesis.</summary>
/// <remarks>
/// <code>
/// {"awsRegion":"us-east-1","eventID":"…","eventName":"INSERT","userIdentity":null,"recordFormat":"application/json","tableName":"orders",
///  "dynamodb":{"ApproximateCreationDateTime":1720740233012995,"Keys":{…},"NewImage":{…},"OldImage":{…},"SizeBytes":99,"ApproximateCreationDateTimePrecision":"MICROSECOND"},
///  "eventSource":"aws:dynamodb"}
/// </code>
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/kds.html says what a record holds, and that the time is what tells the order of an item's changes; this form is that of
/// records as they are published by those who read such streams (AWS's guide shows none in full). In milliseconds, or in microseconds since the end of 2023, as the table's
/// ApproximateCreationDateTimePrecision says (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_EnableKinesisStreamingConfiguration.html). Not confirmed by AWS: that nothing
/// of it is ever escaped, on which reading relies, and that the time is always there.
/// </remarks>
internal ref struct ReadChange
{
    // Milliseconds reach this in the year 5138; microseconds passed it in 1973.
    private const long LeastMicroseconds = 100_000_000_000_000;

    private readonly ReadOnlyMemory<byte> _data;
    private JsonCursor _json;
    private EventField _seen;
    private ReadOnlyMemory<byte> _keys;
    private ReadOnlyMemory<byte> _newImage;
    private ReadOnlyMemory<byte> _oldImage;
    private ChangeKind _change;
    private string? _problem;

    private ReadChange(ReadOnlyMemory<byte> data)
    {
        _data = data;
        _json = new JsonCursor(data.Span);
    }

    /// <summary>When the item was changed, in microseconds since 1970; 0: it is not known.</summary>
    private long Time { get; set; }

    /// <summary>The change, as a record of the table's own stream would have it, but for the sequence number, which is that of Kinesis.</summary>
    /// <param name="carrier">The record of Kinesis.</param>
    /// <param name="data">Its data, decoded.</param>
    /// <param name="time">When the item was changed, in microseconds since 1970.</param>
    public static StreamRecord Of(in StreamRecord carrier, ReadOnlyMemory<byte> data, out long time)
    {
        var read = new ReadChange(data);
        string? problem = read.Read();
        time = read.Time;
        return new StreamRecord
        {
            Raw = data.Trim(" \t\r\n"u8),
            SequenceNumber = carrier.SequenceNumber,
            Key = read._keys,
            Data = read._newImage,
            OldImage = read._oldImage,
            Change = read._change,
            Problem = problem is null ? null : $"The record is no change of a DynamoDB table, as the mapping's recordFormat says of all records of the stream: {problem}.",
        };
    }

    /// <summary>Reads a time in microseconds since 1970, be it written in those or in milliseconds.</summary>
    /// <param name="json">A number.</param>
    /// <param name="time">The time.</param>
    public static bool TryReadTime(ReadOnlySpan<byte> json, out long time)
    {
        bool isTime = long.TryParse(json, NumberStyles.None, CultureInfo.InvariantCulture, out time) && time > 0;
        time = !isTime ? 0 : time < LeastMicroseconds ? time * 1_000 : time;
        return isTime;
    }

    private string? Read()
    {
        if (!Utf8.IsValid(_data.Span))
        {
            return "it is not valid UTF-8";
        }

        return !TryReadFields(null) || !_json.IsAtEnd() ? _problem ?? "it is no JSON object"
            : _change == ChangeKind.None ? "its eventName is none of INSERT, MODIFY and REMOVE"
            : (_seen & EventField.DynamoDb) == 0 ? "it has no dynamodb"
            : _keys.IsEmpty ? "it has no Keys in dynamodb"
            : Time == 0 ? "it has no ApproximateCreationDateTime in dynamodb, or one that is no number of milliseconds or microseconds"
            : null;
    }

    private bool TryReadFields(SourceKind? of)
    {
        if (!_json.TryTake((byte)'{'))
        {
            return false;
        }

        if (_json.TryTake((byte)'}'))
        {
            return true;
        }

        do
        {
            if (!_json.TryTakeString(out ReadOnlySpan<byte> quoted) || !_json.TryTake((byte)':') || !TryReadValue(of, quoted[1..^1]))
            {
                return false;
            }
        }
        while (_json.TryTake((byte)','));
        return _json.TryTake((byte)'}');
    }

    private bool TryReadValue(SourceKind? of, ReadOnlySpan<byte> name)
    {
        EventField field = EventFields.Find(of, name);
        switch (field)
        {
            case EventField.EventName:
                return TryNote(field, name) && TryReadName();
            case EventField.DynamoDb when _json.Peek() == '{':
                return TryNote(field, name) && TryReadFields(SourceKind.DynamoDb);
            case EventField.Key:
                return TryNote(field, name) && TryObject(out _keys);
            case EventField.Data:
                return TryNote(field, name) && TryObject(out _newImage);
            case EventField.OldImage:
                return TryNote(field, name) && TryObject(out _oldImage);
            default:
                return of == SourceKind.DynamoDb && name.SequenceEqual("ApproximateCreationDateTime"u8) ? TryReadTime() : JsonText.TryTakeValue(ref _json);
        }
    }

    // Each may stand there once: of two values nobody can say which is meant.
    private bool TryNote(EventField field, ReadOnlySpan<byte> name)
    {
        _problem = (_seen & field) == 0 ? null : $"{System.Text.Encoding.UTF8.GetString(name)} stands in it twice";
        _seen |= field;
        return _problem is null;
    }

    private bool TryReadName()
    {
        if (!_json.TryTakeString(out ReadOnlySpan<byte> quoted))
        {
            return false;
        }

        _change = ReadRecord.ChangeOf(quoted[1..^1]);
        return true;
    }

    private bool TryReadTime()
    {
        _json.Peek();
        int start = _json.Position;
        if (!JsonText.TryTakeValue(ref _json))
        {
            return false;
        }

        TryReadTime(_json.Since(start), out long time);
        Time = time;
        return true;
    }

    /// <summary>Takes an object; empty: null stands there.</summary>
    private bool TryObject(out ReadOnlyMemory<byte> json)
    {
        byte first = _json.Peek();
        int start = _json.Position;
        bool isRead = first is (byte)'{' or (byte)'n' && JsonText.TryTakeValue(ref _json);
        json = isRead && first == '{' ? _data[start.._json.Position] : default;
        return isRead;
    }
}
