using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using FanOut.Aws;
using FanOut.Aws.Protocols;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Transform;

namespace FanOut.Engine.DeadLetters;

/// <summary>Writes the envelopes of records that a mapping's target did not get; docs/deadletters.md describes their form.</summary>
/// <remarks>Not thread-safe.</remarks>
/// <param name="mapping">The mapping.</param>
/// <param name="group">The records.</param>
/// <param name="origin">The function that writes them; null: envelopes do not name it.</param>
internal sealed class Envelopes(Mapping mapping, RecordGroup group, Origin? origin)
{
    /// <summary>The version of the form.</summary>
    public const int Version = 1;


    private static readonly int DataMembers = ",\"data\":\"\"}".Length;

    private List<SubRecord> _unpacked = [];
    private int _unpackedRecord = -1;

    /// <summary>Writes one envelope.</summary>
    /// <param name="into">Where it is written.</param>
    /// <param name="undelivered">What was not delivered.</param>
    /// <param name="most">How many bytes it may have: with more the data is left out.</param>
    /// <param name="omission">Why the data is left out although it fits; null: it is not left out.</param>
    /// <returns>Whether the data is in it.</returns>
    public bool Write(RequestBody into, in Undelivered undelivered, long most, string? omission = null)
    {
        int start = into.Length;
        Blob data = WriteHead(into, undelivered);
        long whole = into.Length - start + DataMembers + data.Base64Length;
        if (omission is null && whole <= most)
        {
            into.Write(",\"data\":\""u8);
            into.WriteBase64(data);
            into.Write("\"}"u8);
            return true;
        }

        into.Write(",\"dataOmitted\":{\"bytes\":"u8);
        into.WriteNumber(data.Length);
        into.Write(",\"reason\":"u8);
        into.WriteJsonString(omission ?? string.Create(CultureInfo.InvariantCulture, $"The envelope would have {whole} bytes with it, the destination takes {most}."));
        into.Write("}}"u8);
        return false;
    }

    /// <summary>How many bytes an envelope will have.</summary>
    /// <param name="undelivered">What was not delivered.</param>
    /// <param name="most">How many bytes it may have: with more the data is left out.</param>
    public int Measure(in Undelivered undelivered, long most)
    {
        using (var scratch = new RequestBody(2_048))
        {
            Blob data = WriteHead(scratch, undelivered);
            long whole = scratch.Length + DataMembers + data.Base64Length;
            if (whole <= most)
            {
                return (int)whole;
            }
        }

        using var without = new RequestBody(2_048);
        Write(without, undelivered, most);
        return without.Length;
    }

    /// <summary>Writes all but the data, which is returned.</summary>
    private Blob WriteHead(RequestBody into, in Undelivered undelivered)
    {
        StreamRecord record = group.Records[undelivered.Record];
        SubRecord? sub = undelivered.SubSequence is { } position ? SubRecord(undelivered.Record, position) : null;
        using var head = new RequestBody(1_024 + record.Key.Length);
        WriteHead(head, undelivered, record, sub);
        Copy(head.Written, into);
        return DataOf(record, sub);
    }

    private void WriteHead(RequestBody head, in Undelivered undelivered, in StreamRecord record, in SubRecord? sub)
    {
        EventFacts facts = EventFacts.Of(record);
        head.Write("{\"version\":"u8);
        head.WriteNumber(Version);
        Text(head, ",\"mappingId\":"u8, mapping.Id);
        Text(head, ",\"type\":"u8, MappingText.Of(mapping.Type));
        Text(head, ",\"destination\":"u8, mapping.Destination.Display);
        Text(head, ",\"sourceArn\":"u8, group.SourceArn);
        Text(head, ",\"shardId\":"u8, facts.ShardId);
        if (!record.SequenceNumber.IsEmpty)
        {
            Text(head, ",\"sequenceNumber\":"u8, record.SequenceNumber.Span);
        }

        WriteKey(head, undelivered, record, sub);
        if (group.Kind == SourceKind.Sns)
        {
            WriteExtras(head, MessageExtras.Of(record));
        }

        Time(head, ",\"arrivalTime\":"u8, facts.ArrivalTime);
        Text(head, ",\"class\":"u8, undelivered.Failure.Class.ToString());
        Text(head, ",\"code\":"u8, undelivered.Failure.Code);
        Text(head, ",\"reason\":"u8, undelivered.Failure.Reason);
        Text(head, ",\"requestId\":"u8, undelivered.Failure.RequestId is { Length: > 0 } id ? id : null);
        head.Write(",\"attempts\":"u8);
        head.WriteNumber(undelivered.Attempts.Count);
        bool wasSent = undelivered.Attempts.Count > 0;
        Time(head, ",\"firstAttempt\":"u8, wasSent ? undelivered.Attempts.First : null);
        Time(head, ",\"lastAttempt\":"u8, wasSent ? undelivered.Attempts.Last : null);
        Text(head, ",\"functionName\":"u8, origin?.FunctionName);
        Text(head, ",\"functionVersion\":"u8, origin?.FunctionVersion);
    }

    private void WriteKey(RequestBody head, in Undelivered undelivered, in StreamRecord record, in SubRecord? sub)
    {
        if (sub is { } unpacked)
        {
            head.Write(",\"subSequenceNumber\":"u8);
            head.WriteNumber(undelivered.SubSequence!.Value);
            Text(head, ",\"partitionKey\":"u8, unpacked.PartitionKey.Span);
            if (!unpacked.ExplicitHashKey.IsEmpty)
            {
                Text(head, ",\"explicitHashKey\":"u8, unpacked.ExplicitHashKey.Span);
            }
        }
        else if (group.Kind == SourceKind.Kinesis && (record.Problem is null || !record.Key.IsEmpty))
        {
            Text(head, ",\"partitionKey\":"u8, record.Key.Span);
        }
        else if (group.Kind == SourceKind.DynamoDb && !record.Key.IsEmpty)
        {
            head.Write(",\"keys\":"u8);
            head.Write(record.Key.Span);
        }
    }

    // As Lambda's events have them, so that they can be put into one again.
    private static void WriteExtras(RequestBody head, in MessageExtras extras)
    {
        Text(head, ",\"subject\":"u8, extras.Subject);
        if (extras.Attributes is not { } attributes)
        {
            return;
        }

        head.Write(",\"messageAttributes\":{"u8);
        for (int i = 0; i < attributes.Count; i++)
        {
            head.Write(i == 0 ? ""u8 : ","u8);
            head.WriteJsonString(attributes[i].Name);
            Text(head, ":{\"Type\":"u8, attributes[i].DataType);
            Text(head, ",\"Value\":"u8, attributes[i].Value);
            head.Write("}"u8);
        }

        head.Write("}"u8);
    }

    // The data as it came. A Kinesis record's base64 is copied; if it is not valid base64, it is encoded once more, so that nothing is lost.
    // If a record cannot be read, it is not known which part of it is the data: the whole record is taken.
    private Blob DataOf(in StreamRecord record, in SubRecord? sub) => group.Kind switch
    {
        _ when record.Problem is not null => new Blob(record.Raw, false),
        SourceKind.Kinesis when sub is { } unpacked => new Blob(unpacked.Data, false),
        SourceKind.Kinesis => new Blob(record.Data, IsBase64(record.Data.Span)),
        SourceKind.DynamoDb => new Blob(record.Raw, false),
        _ => new Blob(record.Data, false),
    };

    // Blanks are allowed in base64, but not in a line of JSON.
    private static bool IsBase64(ReadOnlySpan<byte> text) => Base64.IsValid(text) && text.IndexOfAny(" \t\r\n"u8) < 0;

    // The payload may have a line feed or a passthrough object around the data, so the record is unpacked once more.
    private SubRecord? SubRecord(int record, int position)
    {
        if (_unpackedRecord != record)
        {
            _unpackedRecord = record;
            _unpacked = Unpack(group.Records[record]);
        }

        return position < _unpacked.Count ? _unpacked[position] : null;
    }

    private List<SubRecord> Unpack(in StreamRecord record)
    {
        byte[] data = new byte[Base64.GetMaxDecodedFromUtf8Length(record.Data.Length)];
        if (Base64.DecodeFromUtf8(record.Data.Span, data, out _, out int written) != OperationStatus.Done)
        {
            return [];
        }

        // Its memory is left to the garbage collector: letters are few.
        using var unpack = new UnpackRecords(mapping.Unpack, new Arena(), UnpackRecords.MostBytes);
        unpack.Read(data.AsMemory(0, written), record.Key, DeaggregateKpl.IsAggregate(data.AsMemory(0, written)), out _, out _);
        return unpack.SubRecords;
    }

    // An envelope is one line, of characters that XML allows, as queues and topics ask for. Beyond ASCII, JSON has characters only inside strings, where
    // they can be escaped.
    private static void Copy(ReadOnlySpan<byte> head, RequestBody into)
    {
        if (head.IndexOfAny((byte)'\r', (byte)'\n') < 0 && XmlText.IsValid(head))
        {
            into.Write(head);
            return;
        }

        while (!head.IsEmpty)
        {
            Rune.DecodeFromUtf8(head, out Rune rune, out int bytes);
            head = head[bytes..];
            if (rune.IsAscii)
            {
                into.Write(rune.Value < ' ' ? " "u8 : [(byte)rune.Value]);
                continue;
            }

            foreach (char c in rune.ToString())
            {
                into.Write([(byte)'\\', (byte)'u', Hex(c >> 12), Hex(c >> 8), Hex(c >> 4), Hex(c)]);
            }
        }
    }

    private static byte Hex(int digit) => "0123456789abcdef"u8[digit & 0xF];


    private static void Text(RequestBody head, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            head.Write(name);
            head.WriteJsonString(value);
        }
    }

    private static void Text(RequestBody head, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        head.Write(name);
        head.WriteJsonString(value);
    }

    private static void Time(RequestBody head, ReadOnlySpan<byte> name, DateTimeOffset? value) =>
        Text(head, name, value?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}
