using System.Text;
using System.Text.Json;

namespace FanOut.Engine.Events;

/// <summary>Reads a Lambda event once, from front to back, into records grouped by source.</summary>
/// <remarks>
/// <code>
/// {"Records":[{"eventSourceARN":"…","eventName":"…","kinesis":{"partitionKey":"…","sequenceNumber":"…","data":"base64"}},
///             {"eventSourceARN":"…","eventName":"INSERT","dynamodb":{"Keys":{…},"NewImage":{…},"OldImage":{…},"SequenceNumber":"…"}},
///             {"EventSource":"aws:sns","Sns":{"TopicArn":"…","MessageId":"…","Message":"…"}}]}
/// </code>
/// </remarks>
public ref struct EventReader
{
    private readonly ReadOnlyMemory<byte> _event;
    private readonly List<RecordGroup> _groups;
    private Utf8JsonReader _reader;

    private EventReader(ReadOnlyMemory<byte> json)
    {
        _event = json;
        _groups = [];
        _reader = new Utf8JsonReader(json.Span);
    }

    /// <summary>Reads an event. The records point into <paramref name="json"/>, which must stay as it is while they are used.</summary>
    /// <exception cref="InvalidEventException">It is not an event of a source that we know.</exception>
    public static IReadOnlyList<RecordGroup> Read(ReadOnlyMemory<byte> json)
    {
        var reader = new EventReader(json);
        try
        {
            reader.ReadEvent();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: text that is no text, as half a surrogate pair.
            throw new InvalidEventException($"The event is not JSON: {e.Message}", e);
        }

        return reader._groups;
    }

    private void ReadEvent()
    {
        if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject)
        {
            throw new InvalidEventException("The event is not a JSON object.");
        }

        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isRecords = _reader.ValueTextEquals("Records"u8);
            _reader.Read();
            if (isRecords && _reader.TokenType == JsonTokenType.StartArray)
            {
                while (_reader.Read() && _reader.TokenType == JsonTokenType.StartObject)
                {
                    ReadRecord();
                }

                if (_reader.TokenType != JsonTokenType.EndArray)
                {
                    throw new InvalidEventException($"The event's record {RecordCount} is not an object.");
                }
            }
            else
            {
                _reader.Skip();
            }
        }

        // Throws where anything follows.
        _reader.Read();
        if (_groups.Count == 0)
        {
            throw new InvalidEventException(
                "The event has no Records: the function takes events of Kinesis, DynamoDB Streams and SNS. Connect it with Connect-FanOutSource.");
        }
    }

    private readonly int RecordCount => _groups.Sum(g => g.Records.Count);

    private void ReadRecord()
    {
        int start = (int)_reader.TokenStartIndex;
        ReadOnlyMemory<byte> source = default;
        Parts parts = default;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (_reader.ValueTextEquals("kinesis"u8))
            {
                ReadKinesis(ref parts);
            }
            else if (_reader.ValueTextEquals("dynamodb"u8))
            {
                ReadDynamo(ref parts);
            }
            else if (_reader.ValueTextEquals("Sns"u8))
            {
                source = ReadSns(ref parts);
            }
            else if (_reader.ValueTextEquals("eventSourceARN"u8))
            {
                source = ReadText();
            }
            else if (_reader.ValueTextEquals("eventName"u8))
            {
                parts.Change = ReadChange();
            }
            else
            {
                _reader.Skip();
            }
        }

        if (_reader.TokenType != JsonTokenType.EndObject || source.IsEmpty || parts.Kind is null || parts.SequenceNumber.IsEmpty)
        {
            throw new InvalidEventException($"The event's record {RecordCount} is none of Kinesis, DynamoDB Streams or SNS.");
        }

        Add(source.Span, parts.Kind.Value, new StreamRecord
        {
            Raw = _event[start..(int)_reader.BytesConsumed],
            SequenceNumber = parts.SequenceNumber,
            Key = parts.Key,
            Data = parts.Data,
            OldImage = parts.OldImage,
            Change = parts.Kind == SourceKind.DynamoDb ? parts.Change : ChangeKind.None,
        });
    }

    private readonly void Add(ReadOnlySpan<byte> source, SourceKind kind, in StreamRecord record)
    {
        // Nearly always all records are of one source: look at the last group first, and compare without making a string.
        for (int i = _groups.Count - 1; i >= 0; i--)
        {
            if (Matches(source, _groups[i].SourceArn))
            {
                ((List<StreamRecord>)_groups[i].Records).Add(record);
                return;
            }
        }

        _groups.Add(new RecordGroup(SourceArn.WithoutConsumer(Encoding.UTF8.GetString(source)), kind, new List<StreamRecord>(64) { record }));
    }

    private static bool Matches(ReadOnlySpan<byte> source, string arn) =>
        source.Length >= arn.Length && Ascii.Equals(source[..arn.Length], arn) &&
        (source.Length == arn.Length || source[arn.Length..].StartsWith("/consumer/"u8));

    private void ReadKinesis(ref Parts parts)
    {
        parts.Kind = SourceKind.Kinesis;
        for (_reader.Read(); _reader.Read() && _reader.TokenType == JsonTokenType.PropertyName;)
        {
            if (_reader.ValueTextEquals("data"u8))
            {
                parts.Data = ReadText();
            }
            else if (_reader.ValueTextEquals("partitionKey"u8))
            {
                parts.Key = ReadText();
            }
            else if (_reader.ValueTextEquals("sequenceNumber"u8))
            {
                parts.SequenceNumber = ReadText();
            }
            else
            {
                _reader.Skip();
            }
        }
    }

    private void ReadDynamo(ref Parts parts)
    {
        parts.Kind = SourceKind.DynamoDb;
        for (_reader.Read(); _reader.Read() && _reader.TokenType == JsonTokenType.PropertyName;)
        {
            if (_reader.ValueTextEquals("NewImage"u8))
            {
                parts.Data = ReadObject();
            }
            else if (_reader.ValueTextEquals("OldImage"u8))
            {
                parts.OldImage = ReadObject();
            }
            else if (_reader.ValueTextEquals("Keys"u8))
            {
                parts.Key = ReadObject();
            }
            else if (_reader.ValueTextEquals("SequenceNumber"u8))
            {
                parts.SequenceNumber = ReadText();
            }
            else
            {
                _reader.Skip();
            }
        }
    }

    private ReadOnlyMemory<byte> ReadSns(ref Parts parts)
    {
        parts.Kind = SourceKind.Sns;
        ReadOnlyMemory<byte> topic = default;
        for (_reader.Read(); _reader.Read() && _reader.TokenType == JsonTokenType.PropertyName;)
        {
            if (_reader.ValueTextEquals("Message"u8))
            {
                parts.Data = ReadText();
            }
            else if (_reader.ValueTextEquals("MessageId"u8))
            {
                parts.Key = parts.SequenceNumber = ReadText();
            }
            else if (_reader.ValueTextEquals("TopicArn"u8))
            {
                topic = ReadText();
            }
            else
            {
                _reader.Skip();
            }
        }

        return topic;
    }

    private ChangeKind ReadChange()
    {
        _reader.Read();
        return _reader.TokenType != JsonTokenType.String ? ChangeKind.None
            : _reader.ValueTextEquals("INSERT"u8) ? ChangeKind.Insert
            : _reader.ValueTextEquals("MODIFY"u8) ? ChangeKind.Modify
            : _reader.ValueTextEquals("REMOVE"u8) ? ChangeKind.Remove
            : ChangeKind.None;
    }

    private ReadOnlyMemory<byte> ReadText()
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.String)
        {
            _reader.Skip();
            return default;
        }

        if (!_reader.ValueIsEscaped)
        {
            return _event.Slice((int)_reader.TokenStartIndex + 1, _reader.ValueSpan.Length);
        }

        byte[] unescaped = new byte[_reader.ValueSpan.Length];
        return unescaped.AsMemory(0, _reader.CopyString(unescaped));
    }

    private ReadOnlyMemory<byte> ReadObject()
    {
        _reader.Read();
        int start = (int)_reader.TokenStartIndex;
        bool isObject = _reader.TokenType == JsonTokenType.StartObject;
        _reader.Skip();
        return isObject ? _event[start..(int)_reader.BytesConsumed] : default;
    }

    private struct Parts
    {
        public SourceKind? Kind;
        public ReadOnlyMemory<byte> SequenceNumber;
        public ReadOnlyMemory<byte> Key;
        public ReadOnlyMemory<byte> Data;
        public ReadOnlyMemory<byte> OldImage;
        public ChangeKind Change;
    }
}
