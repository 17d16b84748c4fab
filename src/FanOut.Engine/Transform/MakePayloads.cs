using System.Buffers;
using System.Buffers.Text;
using System.Text;
using FanOut.Aws;
using FanOut.Engine.Events;
using FanOut.Engine.Json;

namespace FanOut.Engine.Transform;

/// <summary>Turns records into payloads. It decodes, unpacks and converts only what the options ask for.</summary>
public static class MakePayloads
{
    // A payload by itself has 72 bytes, and what a target remembers of it until it is sent nearly as many.
    private const int BytesPerPayload = 128;

    /// <summary>The payloads of a group.</summary>
    public static Payloads Of(RecordGroup group, PayloadOptions options)
    {
        ArgumentNullException.ThrowIfNull(group);
        return Of(group, options, 0, group.Records.Count, long.MaxValue);
    }

    /// <summary>The payloads of some records of a group: at least of one, and of no more than there is memory for.</summary>
    /// <param name="group">The records.</param>
    /// <param name="options">How the payloads look.</param>
    /// <param name="first">The position of the first record.</param>
    /// <param name="end">The position behind the last one.</param>
    /// <param name="most">How many bytes they may take, together with what targets make of them; the last record may go beyond.</param>
    internal static Payloads Of(RecordGroup group, PayloadOptions options, int first, int end, long most)
    {
        var payloads = new Payloads(group, new Arena(), first, end, (int)Math.Min(end - first, most / BytesPerPayload));
        var maker = new Maker(payloads, options);
        using ShapePayloads? shape = options.Transform is null && options.Key is null ? null : new(payloads, options);
        WritePassthrough? passthrough = options.Form == PayloadForm.Passthrough ? new(payloads) : null;
        int next = first;
        while (next < end && (next == first || payloads.Arena.Bytes + ((long)payloads.Items.Count * BytesPerPayload) < most))
        {
            int before = payloads.Items.Count;
            maker.Add(next++);
            shape?.Replace(before);
            passthrough?.Replace(before);
        }

        payloads.End = next;
        return payloads;
    }

    private sealed class Maker
    {
        private readonly Payloads _payloads;
        private readonly PayloadOptions _options;
        private readonly byte[] _hashKey;
        private readonly List<KplRecord> _unpacked = [];
        private readonly ChangeFacts _facts = new();

        // The same for all records of a stream, of which there may be thousands.
        private string? _missingImage;

        public Maker(Payloads payloads, PayloadOptions options)
        {
            _payloads = payloads;

            // What a transform reads is the data as it came.
            _options = options.Transform is null ? options : options with { Form = PayloadForm.AsIs, AppendNewlines = false };
            _hashKey = Encoding.UTF8.GetBytes(options.HashKey ?? "");
        }

        public void Add(int index)
        {
            StreamRecord record = _payloads.Group.Records[index];
            switch (_payloads.Group.Kind)
            {
                case var _ when record.Problem is { } problem:
                    _payloads.AddBroken(new Undecodable(index, Undecodable.Unreadable, problem, default));
                    break;
                case var _ when _options.Form == PayloadForm.EventRecord:
                    // The key of an untouched record goes nowhere; for DynamoDB its typed form will do.
                    Emit(new Payload { Record = index, Key = record.Key, Data = new Blob(record.Raw, false), IsJson = true });
                    break;
                case SourceKind.Kinesis:
                    AddKinesis(index, record);
                    break;
                case SourceKind.DynamoDb:
                    AddDynamo(index, record);
                    break;
                default:
                    AddMessage(index, record);
                    break;
            }
        }

        private void Emit(in Payload payload) => _payloads.Items.Add(payload);

        private void AddMessage(int index, in StreamRecord record)
        {
            Emit(new Payload { Record = index, Key = record.Key, Data = new Blob(Terminated(record.Data), false) });
            if (MessageExtras.Of(record) is { IsEmpty: false } extras)
            {
                (_payloads.Extras ??= [])[index] = extras;
            }
        }

        private void AddKinesis(int index, in StreamRecord record)
        {
            bool isAsIs = _options.Form == PayloadForm.AsIs && !_options.AppendNewlines && !(_options.Deaggregate && MayBeAggregate(record.Data.Span));

            // What goes through as it came stands in a request unescaped.
            if (isAsIs && (record.IsBase64 || Base64Text.Is(record.Data.Span)))
            {
                Emit(new Payload { Record = index, Key = record.Key, Data = new Blob(record.Data, true) });
                return;
            }

            if (!TryDecode(record.Data.Span, out ReadOnlyMemory<byte> data))
            {
                _payloads.AddBroken(new Undecodable(index, Undecodable.Broken, "The record's data is not base64.", record.Key));
                return;
            }

            if (!_options.Deaggregate)
            {
                Emit(new Payload { Record = index, Key = record.Key, Data = new Blob(data, false) });
                return;
            }

            AddAggregate(index, record.Key, data);
        }

        private void AddAggregate(int index, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> data)
        {
            _unpacked.Clear();
            switch (DeaggregateKpl.Read(data, _unpacked, out string? reason))
            {
                case KplOutcome.Plain:
                    // TryDecode has appended the line feed only where nothing is unpacked.
                    Emit(new Payload { Record = index, Key = key, Data = new Blob(Terminated(data), false) });
                    break;
                case KplOutcome.Broken:
                    _payloads.AddBroken(new Undecodable(index, Undecodable.Broken, reason!, key));
                    break;
                case var _ when _unpacked.Count == 0:
                    (_payloads.Hollow ??= []).Add(index);
                    break;
                default:
                    for (int i = 0; i < _unpacked.Count; i++)
                    {
                        KplRecord sub = _unpacked[i];
                        Emit(new Payload
                        {
                            Record = index, SubSequence = i, IsSubRecord = true, Key = sub.PartitionKey, ExplicitHashKey = sub.ExplicitHashKey, Data = new Blob(Terminated(sub.Data), false),
                        });
                    }

                    break;
            }
        }

        private void AddDynamo(int index, in StreamRecord record)
        {
            Arena arena = _payloads.Arena;
            arena.Begin(DynamoKey.MostBytes(record.Key.Span));
            if (!DynamoKey.TryWrite(record.Key.Span, _hashKey, arena, out string? reason))
            {
                _payloads.AddBroken(new Undecodable(index, Undecodable.Broken, reason, default));
                return;
            }

            ReadOnlyMemory<byte> key = arena.Take();
            if (_options.Transform is not null)
            {
                Emit(new Payload { Record = index, Key = key, Data = new Blob(record.Data, false), IsDelete = IsDelete(record), IsJson = true });
                return;
            }

            if (MissingImage.IsMissing(record, _options.View))
            {
                _payloads.AddBroken(new Undecodable(index, MissingImage.Code, _missingImage ??= MissingImage.ReasonOf(record, _options.View), key));
                return;
            }

            if (!ViewDynamo.TryWrite(record, _options, _facts, arena, out ReadOnlyMemory<byte> data, out reason))
            {
                _payloads.AddBroken(new Undecodable(index, Undecodable.Broken, reason, key));
                return;
            }

            Emit(new Payload
            {
                Record = index,
                Key = key,
                Data = new Blob(data, false),
                IsDelete = IsDelete(record),
                IsJson = true,
            });
        }

        private bool IsDelete(in StreamRecord record) => record.Change == ChangeKind.Remove && _options.View == Mappings.View.NewImage;

        private bool TryDecode(ReadOnlySpan<byte> text, out ReadOnlyMemory<byte> data)
        {
            Arena arena = _payloads.Arena;
            int most = Base64.GetMaxDecodedFromUtf8Length(text.Length);
            bool terminate = _options.AppendNewlines && !_options.Deaggregate;
            arena.Begin(most + 1);
            if (Base64.DecodeFromUtf8(text, arena.GetSpan(most), out _, out int written) != OperationStatus.Done)
            {
                data = default;
                return false;
            }

            arena.Advance(written);
            if (terminate)
            {
                arena.Write("\n"u8);
            }

            data = arena.Take();
            return true;
        }

        private ReadOnlyMemory<byte> Terminated(ReadOnlyMemory<byte> data)
        {
            if (!_options.AppendNewlines)
            {
                return data;
            }

            Arena arena = _payloads.Arena;
            arena.Begin(data.Length + 1);
            arena.Write(data.Span);
            arena.Write("\n"u8);
            return arena.Take();
        }

        // The magic F3 89 9A C2 in base64: the sixth character holds its last two bits and four of the byte that follows.
        private static bool MayBeAggregate(ReadOnlySpan<byte> text) => text.StartsWith("84maw"u8) && text.Length > 5 && text[5] is >= (byte)'g' and <= (byte)'v';
    }
}
