using System.Buffers;
using System.Buffers.Text;
using System.Text.Unicode;
using FanOut.Aws;
using FanOut.Engine.Events;
using FanOut.Engine.Filtering;
using FanOut.Engine.Filtering.Matching;
using FanOut.Engine.Json;

namespace FanOut.Engine.Transform;

/// <summary>Matches the records of a group against a filter. Only what the filter looks at is decoded or converted.</summary>
internal sealed class MatchRecords(RecordFilter filter, RecordGroup group) : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly byte[] _state = new byte[filter.Slots];

    /// <summary>Whether a record, or a record of an aggregate, is to be sent.</summary>
    /// <param name="payload">The record's position, its key and its data as they came; DynamoDB: its position only.</param>
    public bool Matches(in Payload payload)
    {
        Span<byte> state = _state;
        state.Clear();
        StreamRecord record = group.Records[payload.Record];
        var read = new ReadEvent(state);
        if (filter.Event is { } level)
        {
            scoped var json = new JsonCursor(record.Raw.Span);
            ReadRecord(read, level, ref json);
        }

        if (filter.SequenceNumber is { } number)
        {
            read.Text(number, record.SequenceNumber.Span);
        }

        if (group.Kind == SourceKind.DynamoDb)
        {
            ReadImage(read, state, filter.Keys, record.Key.Span);
            ReadImage(read, state, filter.NewImage, record.Data.Span);
            ReadImage(read, state, filter.OldImage, record.OldImage.Span);
        }
        else
        {
            if (filter.PartitionKey is { } key)
            {
                read.Text(key, payload.Key.Span);
            }

            if (filter.DataJson is not null || filter.DataText is not null)
            {
                ReadData(read, state, payload.Data);
            }
        }

        return filter.Root.HoldsAny(state);
    }

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();

    /// <summary>
    /// Judges the fields of the record itself. Those in the <c>kinesis</c> object are taken as if they were one level up, as Lambda's filters do.
    /// </summary>
    private void ReadRecord(in ReadEvent read, Level level, scoped ref JsonCursor json)
    {
        // The event was read before, so this is JSON.
        json.TryTake((byte)'{');
        do
        {
            if (!json.TryTakeString(out ReadOnlySpan<byte> name) || !json.TryTake((byte)':'))
            {
                return;
            }

            if (group.Kind == SourceKind.Kinesis && name.SequenceEqual("\"kinesis\""u8) && json.Peek() == (byte)'{')
            {
                ReadRecord(read, level, ref json);
                continue;
            }

            // DynamoDB writes null into Kinesis where a table's own stream has nothing.
            LevelField? field = group.Carrier is not null && json.Peek() == (byte)'n' ? null : level.Find(name);
            if (!(field is null ? JsonText.TryTakeValue(ref json) : read.TryValue(field, ref json)))
            {
                return;
            }
        }
        while (json.TryTake((byte)','));
        json.TryTake((byte)'}');
    }

    private void ReadData(in ReadEvent read, Span<byte> state, Blob blob)
    {
        ReadOnlySpan<byte> data = blob.Content.Span;
        if (blob.IsBase64)
        {
            int most = Base64.GetMaxDecodedFromUtf8Length(data.Length);
            _scratch.Begin(most);
            bool decoded = Base64.DecodeFromUtf8(data, _scratch.GetSpan(most), out _, out int written) == OperationStatus.Done;
            _scratch.Advance(decoded ? written : 0);
            data = _scratch.Written;
        }

        bool isUtf8 = Utf8.IsValid(data);
        if (filter.DataText is { } text)
        {
            if (isUtf8)
            {
                read.Text(text, data);
            }
            else
            {
                text.NoteMismatch(state);
            }
        }

        if (filter.DataJson is { } field)
        {
            ReadJson(read, state, field, isUtf8 ? data : default);
        }
    }

    private void ReadImage(in ReadEvent read, Span<byte> state, LevelField? field, ReadOnlySpan<byte> typed)
    {
        if (field is null || typed.IsEmpty)
        {
            return;
        }

        _scratch.Begin(typed.Length);
        ConvertDynamo.TryWritePlain(typed, _scratch, out _);
        ReadJson(read, state, field, _scratch.Written);
    }

    private static void ReadJson(in ReadEvent read, Span<byte> state, LevelField field, ReadOnlySpan<byte> text)
    {
        scoped var json = new JsonCursor(text);
        if (!read.TryValue(field, ref json) || !json.IsAtEnd())
        {
            field.NoteMismatch(state);
        }
    }
}
