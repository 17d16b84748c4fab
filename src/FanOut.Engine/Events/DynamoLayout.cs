using System.Text.Unicode;
using FanOut.Engine.Json;
using FanOut.Engine.Pooling;

namespace FanOut.Engine.Events;

/// <summary>
/// Reads an event of DynamoDB Streams in which nothing is wrong: without a general JSON reader, which would look at each value of each item on the way over it. What remains
/// is for <see cref="EventReader.ReadAny"/>.
/// </summary>
/// <remarks>
/// The fields may come in any order, with blanks between them, but there is no escape in what is read, each is there once, and nothing is missing. What is accepted here means
/// the same to <see cref="EventReader.ReadAny"/>, as tests see to.
/// </remarks>
internal ref struct DynamoLayout
{
    // An item is nested 69 deep at most. How far from the top a value stands makes no difference to so low a limit.
    private const int MostDepth = 128;

    private const EventField Needed = EventField.Arn | EventField.EventName | EventField.DynamoDb | EventField.Number;

    private readonly ReadOnlyMemory<byte> _event;
    private JsonCursor _json;

    // Of the record that is read.
    private EventField _seen;
    private ReadOnlyMemory<byte> _keys;
    private ReadOnlyMemory<byte> _newImage;
    private ReadOnlyMemory<byte> _oldImage;
    private ReadOnlyMemory<byte> _number;
    private ReadOnlyMemory<byte> _arn;
    private ReadOnlyMemory<byte> _name;

    private DynamoLayout(ReadOnlyMemory<byte> json)
    {
        _event = json;
        _json = new JsonCursor(json.Span);
    }

    /// <summary>Reads the records; null: the event is not of this layout.</summary>
    public static IReadOnlyList<RecordGroup>? TryRead(ReadOnlyMemory<byte> json)
    {
        var groups = new GroupRecords();
        return new DynamoLayout(json).TryRead(groups) && Utf8.IsValid(json.Span) ? groups.Groups : null;
    }

    private bool TryRead(GroupRecords groups)
    {
        if (!_json.TryTake((byte)'{') || !_json.TryTake("\"Records\""u8) || !_json.TryTake((byte)':') || !_json.TryTake((byte)'['))
        {
            return false;
        }

        do
        {
            if (!TryReadRecord(groups))
            {
                return false;
            }
        }
        while (_json.TryTake((byte)','));
        return _json.TryTake((byte)']') && _json.TryTake((byte)'}') && _json.IsAtEnd();
    }

    private bool TryReadRecord(GroupRecords groups)
    {
        _json.Peek();
        int start = _json.Position;
        _seen = EventField.None;
        (_keys, _newImage, _oldImage) = (default, default, default);
        if (!TryReadFields(null) || (_seen & Needed) != Needed || !ReadRecord.IsNumber(_number.Span) || ReadRecord.ChangeOf(_name.Span) is not (not ChangeKind.None and var change)
            || groups.GroupOf(SourceKind.DynamoDb, _arn.Span) is not { } group)
        {
            return false;
        }

        ((PooledList<StreamRecord>)group.Records).Add(new StreamRecord
        {
            Raw = _event[start.._json.Position],
            SequenceNumber = _number,
            Key = _keys,
            Data = _newImage,
            OldImage = _oldImage,
            Change = change,
        });
        return true;
    }

    /// <summary>Reads the fields of the record, or of the object in it that tells its kind.</summary>
    private bool TryReadFields(SourceKind? of)
    {
        if (!_json.TryTake((byte)'{'))
        {
            return false;
        }

        do
        {
            if (!TryText(out ReadOnlyMemory<byte> name) || !_json.TryTake((byte)':') || !TryReadValue(EventFields.Find(of, name.Span)))
            {
                return false;
            }
        }
        while (_json.TryTake((byte)','));
        return _json.TryTake((byte)'}');
    }

    private bool TryReadValue(EventField field)
    {
        if ((_seen & field) != 0)
        {
            return false;
        }

        _seen |= field;
        return field switch
        {
            EventField.None => JsonText.TryTakeValue(ref _json, MostDepth),
            EventField.DynamoDb => TryReadFields(SourceKind.DynamoDb),
            EventField.Key => TryObject(out _keys),
            EventField.Data => TryObject(out _newImage),
            EventField.OldImage => TryObject(out _oldImage),
            EventField.Number => TryText(out _number),
            EventField.Arn => TryText(out _arn),
            EventField.EventName => TryText(out _name),
            _ => false,
        };
    }

    private bool TryObject(out ReadOnlyMemory<byte> json)
    {
        bool isObject = _json.Peek() == '{';
        int start = _json.Position;
        bool isRead = isObject && JsonText.TryTakeValue(ref _json, MostDepth);
        json = _event[start.._json.Position];
        return isRead;
    }

    /// <summary>Takes a text without escapes.</summary>
    private bool TryText(out ReadOnlyMemory<byte> text)
    {
        if (!_json.TryTakeString(out ReadOnlySpan<byte> quoted) || quoted.Contains((byte)'\\'))
        {
            text = default;
            return false;
        }

        text = _event.Slice(_json.Position - quoted.Length + 1, quoted.Length - 2);
        return true;
    }
}
