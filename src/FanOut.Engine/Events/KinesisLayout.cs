using System.Buffers;
using System.Text.Unicode;
using FanOut.Engine.Json;
using FanOut.Engine.Pooling;

namespace FanOut.Engine.Events;

/// <summary>Reads an event of Kinesis that is written just as Lambda writes it: it costs a quarter of reading any JSON, which is what remains for all other events.</summary>
/// <remarks>
/// <code>
/// {"Records":[{"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"…","sequenceNumber":"…","data":"base64","approximateArrivalTimestamp":1545084650.987},
/// "eventSource":"aws:kinesis","eventVersion":"1.0","eventID":"shardId-000000000006:…","eventName":"aws:kinesis:record","invokeIdentityArn":"…","awsRegion":"…",
/// "eventSourceARN":"…"},…]}
/// </code>
/// All in this order, without blanks, without escapes, and with nothing wrong. What is accepted here means the same to <see cref="EventReader.ReadAny"/>, as tests see to.
/// https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html shows the fields in this order.
/// </remarks>
internal ref struct KinesisLayout
{
    // So much room is made for records at once, if the event is long enough for them.
    private const int MostRoom = 1_024;

    // What ends a text, must not stand in one, or stands for something else.
    private static readonly SearchValues<byte> NotInText = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(static b => (byte)b), (byte)'"', (byte)'\\']);

    private readonly ReadOnlyMemory<byte> _event;
    private readonly ReadOnlySpan<byte> _json;
    private int _at;

    // What stood in the record before behind its time of arrival, up to the number in its eventID and from there on; and where it was put. All that is the same
    // in all records of a shard, so that comparing is enough.
    private ReadOnlySpan<byte> _head;
    private ReadOnlySpan<byte> _foot;
    private PooledList<StreamRecord>? _records;

    private KinesisLayout(ReadOnlyMemory<byte> json)
    {
        _event = json;
        _json = json.Span;
    }

    /// <summary>Reads the records; null: the event is not of this layout.</summary>
    public static IReadOnlyList<RecordGroup>? TryRead(ReadOnlyMemory<byte> json)
    {
        var groups = new GroupRecords();
        return new KinesisLayout(json).TryRead(groups) ? groups.Groups : null;
    }

    private bool TryRead(GroupRecords groups)
    {
        if (!Skip("{\"Records\":["u8))
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
        while (Skip(","u8));
        return Skip("]}"u8) && _at == _json.Length;
    }

    private bool TryReadRecord(GroupRecords groups)
    {
        int start = _at;
        if (!Skip("{\"kinesis\":{\"kinesisSchemaVersion\":\"1.0\",\"partitionKey\":\""u8) || !TryText(out Range key)
            || !Skip("\",\"sequenceNumber\":\""u8) || !TryDigits(ReadRecord.LongestNumber, out Range number)
            || !Skip("\",\"data\":\""u8) || !TryBase64(out Range data)
            || !Skip("\",\"approximateArrivalTimestamp\":"u8) || !TrySkipNumber()
            || !(TrySkipSame(_json[number]) || TryReadRest(_json[number], groups)))
        {
            return false;
        }

        if (_records!.Count == 0)
        {
            _records.EnsureCapacity(Math.Min(MostRoom, (_json.Length / (_at - start)) + 1));
        }

        _records.Add(new StreamRecord
        {
            Raw = _event[start.._at],
            SequenceNumber = _event[number],
            Key = _event[key],
            Data = _event[data],
            IsBase64 = true,
        });
        return true;
    }

    /// <summary>Skips what follows a record's time of arrival, if it is as in the record before.</summary>
    private bool TrySkipSame(ReadOnlySpan<byte> number)
    {
        ReadOnlySpan<byte> rest = _json[_at..];
        int before = _head.Length, length = before + number.Length + _foot.Length;
        if (_foot.IsEmpty || rest.Length < length || !rest.StartsWith(_head) || !rest[before..].StartsWith(number) || !rest[(before + number.Length)..].StartsWith(_foot))
        {
            return false;
        }

        _at += length;
        return true;
    }

    /// <summary>Reads what follows a record's time of arrival, and finds the records of its source.</summary>
    private bool TryReadRest(ReadOnlySpan<byte> number, GroupRecords groups)
    {
        int start = _at;
        if (!Skip("},\"eventSource\":\""u8) || !TryText(out _)
            || !Skip("\",\"eventVersion\":\""u8) || !TryText(out _)
            || !Skip("\",\"eventID\":\""u8) || !TryText(out Range id)
            || !Skip("\",\"eventName\":\""u8) || !TryText(out _)
            || !Skip("\",\"invokeIdentityArn\":\""u8) || !TryText(out _)
            || !Skip("\",\"awsRegion\":\""u8) || !TryText(out _)
            || !Skip("\",\"eventSourceARN\":\""u8) || !TryText(out Range arn)
            || !Skip("\"}"u8)
            || groups.GroupOf(SourceKind.Kinesis, _json[arn]) is not { } group)
        {
            return false;
        }

        _records = (PooledList<StreamRecord>)group.Records;
        bool hasNumber = _json[id].EndsWith(number);
        _head = hasNumber ? _json[start..(id.End.Value - number.Length)] : default;
        _foot = hasNumber ? _json[id.End.Value.._at] : default;
        return true;
    }

    private bool Skip(ReadOnlySpan<byte> text)
    {
        if (!_json[_at..].StartsWith(text))
        {
            return false;
        }

        _at += text.Length;
        return true;
    }

    private bool TryText(out Range text)
    {
        int length = _json[_at..].IndexOfAny(NotInText);
        text = Take(Math.Max(length, 0));
        return length >= 0 && _json[_at] == '"' && Utf8.IsValid(_json[text]);
    }

    private bool TryBase64(out Range text)
    {
        int length = Base64Text.LengthOf(_json[_at..]);
        text = Take(Math.Max(length, 0));
        return length >= 0;
    }

    private bool TryDigits(int most, out Range digits)
    {
        int length = _json[_at..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = Take(Math.Max(length, 0));
        return length > 0 && length <= most;
    }

    // As JSON has it, but for exponents and signs: no zero before other digits, and digits behind a point.
    private bool TrySkipNumber()
    {
        int start = _at;
        return TryDigits(int.MaxValue, out _) && (_json[start] != '0' || _at == start + 1) && (!Skip("."u8) || TryDigits(int.MaxValue, out _));
    }

    private Range Take(int length)
    {
        Range taken = _at..(_at + length);
        _at += length;
        return taken;
    }
}
