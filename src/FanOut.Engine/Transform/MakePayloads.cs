using System.Text;
using FanOut.Aws;
using FanOut.Engine.Events;
using FanOut.Engine.Json;
using FanOut.Engine.Mappings;

namespace FanOut.Engine.Transform;

/// <summary>Turns records into payloads. It decodes, unpacks and converts only what the options ask for.</summary>
public static class MakePayloads
{
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
    /// <param name="mostUnpacked">How many bytes a record may unpack to.</param>
    internal static Payloads Of(RecordGroup group, PayloadOptions options, int first, int end, long most, long mostUnpacked = UnpackRecords.MostBytes)
    {
        var arena = new Arena();
        ChangeRecords? changes = options.ReadsChanges ? new(group, first, arena) : null;
        var payloads = new Payloads(changes?.ToGroup() ?? group, arena, first, end, (int)Math.Min(end - first, most / Payloads.BytesPerPayload))
        {
            Changes = changes,
            Texts = options.Texts is { } texts ? new PayloadTexts(texts.Count) : null,
        };
        using UnpackRecords? unpack = options is { Deaggregate: false, Unpack: Unpack.None } ? null : new(options.Unpack, payloads.Arena, mostUnpacked);
        var maker = new Maker(payloads, options, options.Deaggregate ? new CheckDigests(payloads, end, most) : null, unpack);
        using ShapePayloads? shape = options is { Transform: null, Key: null, Texts: null } ? null : new(payloads, options);
        WritePassthrough? passthrough = options.Form == PayloadForm.Passthrough ? new(payloads) : null;
        int next = first;
        while (next < end && (next == first || payloads.Taken < most))
        {
            int before = payloads.Items.Count;
            changes?.ReadNext();
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
        private readonly CheckDigests? _digests;
        private readonly UnpackRecords? _unpack;
        private readonly byte[] _hashKey;
        private readonly ChangeFacts _facts = new();

        // The same for all records of a stream, of which there may be thousands.
        private string? _missingImage;

        public Maker(Payloads payloads, PayloadOptions options, CheckDigests? digests, UnpackRecords? unpack)
        {
            _payloads = payloads;
            _digests = digests;
            _unpack = unpack;

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
                    _payloads.AddBroken(new Undecodable(index, IsRead(index) ? Undecodable.NotChange : Undecodable.Unreadable, problem, default));
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

        /// <summary>Whether a record of Kinesis itself could be read, so that what it carries is at fault.</summary>
        private bool IsRead(int index) => _payloads.Group.Carrier?.Records[index].Problem is null && _payloads.Group.Carrier is not null;

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
            ReadOnlySpan<byte> text = record.Data.Span;
            if (_digests is not null && DeaggregateKpl.MayBeAggregate(text))
            {
                if (_digests.TryDecode(index, out ReadOnlyMemory<byte> aggregate, out bool isRight))
                {
                    AddDecoded(index, record.Key, aggregate, isRight);
                }
                else
                {
                    AddBroken(index, record.Key);
                }

                return;
            }

            // What goes through as it came stands in a request unescaped.
            if (_options is { Form: PayloadForm.AsIs, AppendNewlines: false } && _unpack?.MayHoldSome(text) != true && (record.IsBase64 || Base64Text.Is(text)))
            {
                Emit(new Payload { Record = index, Key = record.Key, Data = new Blob(record.Data, true) });
            }
            else if (!_payloads.Arena.TryDecode(text, _options.AppendNewlines && _unpack is null, out ReadOnlyMemory<byte> data))
            {
                AddBroken(index, record.Key);
            }
            else if (_unpack is not null)
            {
                // Nearly always plain. But blanks in the text may have hidden how it begins.
                AddDecoded(index, record.Key, data, _options.Deaggregate && DeaggregateKpl.IsAggregate(data));
            }
            else
            {
                Emit(new Payload { Record = index, Key = record.Key, Data = new Blob(data, false) });
            }
        }

        private void AddBroken(int index, ReadOnlyMemory<byte> key) =>
            _payloads.AddBroken(new Undecodable(index, Undecodable.Broken, "The record's data is not base64.", key));

        /// <summary>Adds data that may hold records, or be packed.</summary>
        /// <param name="index">The record's position.</param>
        /// <param name="key">The record's key.</param>
        /// <param name="data">Its data.</param>
        /// <param name="isAggregate">Whether it has an aggregate's digest.</param>
        private void AddDecoded(int index, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> data, bool isAggregate)
        {
            switch (_unpack!.Read(data, key, isAggregate, out ReadOnlyMemory<byte> whole, out UnpackFault? fault))
            {
                case RecordContent.Whole:
                    Emit(new Payload { Record = index, Key = key, Data = new Blob(Terminated(whole), false) });
                    break;
                case RecordContent.Broken:
                    _payloads.AddBroken(new Undecodable(index, fault!.Code, fault.Reason, key));
                    break;
                default:
                    AddSubRecords(index, _unpack.SubRecords);
                    break;
            }
        }

        private void AddSubRecords(int index, List<SubRecord> all)
        {
            if (all.Count == 0)
            {
                (_payloads.Hollow ??= []).Add(index);
            }

            for (int i = 0; i < all.Count; i++)
            {
                SubRecord sub = all[i];
                var payload = new Payload
                {
                    Record = index, SubSequence = i, IsSubRecord = true, Key = sub.PartitionKey, ExplicitHashKey = sub.ExplicitHashKey, Data = new Blob(Terminated(sub.Data), false),
                };
                Emit(payload);
                if (sub.Fault is { } fault)
                {
                    _payloads.AddUnshaped(payload, new Undecodable(index, fault.Code, fault.Reason, sub.PartitionKey));
                }
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
                _payloads.AddBroken(new Undecodable(index, MissingImage.Code, _missingImage ??= MissingImage.ReasonOf(record, _options.View, isCarried: _payloads.Changes is not null), key));
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

        private bool IsDelete(in StreamRecord record) => record.Change == ChangeKind.Remove && _options.View == View.NewImage;

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
    }
}
