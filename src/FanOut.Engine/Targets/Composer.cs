using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FanOut.Aws.Protocols;
using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;
using FanOut.Engine.Templates;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Targets;

/// <summary>Writes messages of one or more payloads, and the group and deduplication ids of FIFO queues and topics.</summary>
/// <param name="mapping">
/// The mapping. Its id is the FIFO group of messages that hold records of several keys, so that their order is kept.
/// </param>
internal sealed class Composer(Mapping mapping)
{
    private readonly byte[] _groupOfAll = Encoding.UTF8.GetBytes(mapping.Id);

    private readonly int _deduplicationId = TextTemplates.NumberOf(mapping.Texts, MappingAttributes.DeduplicationId);

    // Sequence numbers are unique within a source only: two tables may have the same ones.
    private readonly string _mark = MarkOf(mapping);

    /// <summary>What tells a mapping's names of records from those of other mappings, also of other sources: 16 letters and digits.</summary>
    public static string MarkOf(Mapping mapping) => $"{Digest.Of($"{mapping.SourceArn}\n{mapping.Id}"):x16}";

    /// <summary>A buffer for all that some items hold.</summary>
    public static RequestBody RoomForAll(ReadOnlySpan<Item> items)
    {
        int bytes = 0;
        foreach (ref readonly Item item in items)
        {
            bytes += item.Bytes;
        }

        return new RequestBody(bytes);
    }

    /// <summary>A buffer for those of some items' messages that have to be written; the messages stay valid until it is disposed.</summary>
    public RequestBody Room(ReadOnlySpan<Item> items)
    {
        int bytes = 0;
        foreach (ref readonly Item item in items)
        {
            bytes += IsRecordItself(item) ? 0 : item.Bytes;
        }

        return new RequestBody(bytes);
    }

    /// <summary>An item's message: the record's own bytes if it is one unchanged record, otherwise written to the buffer.</summary>
    public ReadOnlyMemory<byte> Message(TargetBatch batch, in Item item, RequestBody room)
    {
        if (IsRecordItself(item))
        {
            return batch[item.First].Data.Content;
        }

        int start = room.Length;
        for (int i = 0; i < item.Count; i++)
        {
            if (mapping.Collapse == Collapse.Json)
            {
                room.Write(i == 0 ? "{\"Records\":["u8 : ","u8);
            }

            room.Write(batch[item.First + i].Data.Content.Span);
        }

        if (mapping.Collapse == Collapse.Json)
        {
            room.Write("]}"u8);
        }

        if (item.IsBase64 || mapping.Collapse == Collapse.ConcatBase64)
        {
            room.EncodeBase64(start);
        }

        return room.Slice(start);
    }

    /// <summary>The FIFO group of an item's message: its record's key, or one group for all messages if they hold several records.</summary>
    public ReadOnlyMemory<byte> Group(TargetBatch batch, in Item item) =>
        mapping.Collapse == Collapse.None ? Keys.ForFifo(batch[item.First].Key) : Keys.ForFifo(_groupOfAll);

    /// <summary>
    /// The FIFO deduplication id: what the mapping makes of the record, else the record's sequence number and, if it was unpacked from an aggregate, its position there, a digest of all numbers if there
    /// are several, and a mark of source and mapping. So none of these is taken for a duplicate: another source's record with the same number, another
    /// mapping's copy of the record, another message that begins with it, and the aggregate of which it is the first record.
    /// </summary>
    public ReadOnlyMemory<byte> Deduplication(TargetBatch batch, in Item item)
    {
        if (_deduplicationId >= 0)
        {
            return Keys.ForFifo(batch.TextOf(batch[item.First], _deduplicationId));
        }

        if (item.Count == 1)
        {
            return Keys.ForFifo(Encoding.ASCII.GetBytes($"{Number(batch, item.First)}-{_mark}"));
        }

        var all = new StringBuilder(item.Count * 64);
        for (int i = 0; i < item.Count; i++)
        {
            all.Append(Number(batch, item.First + i)).Append(' ');
        }

        return Keys.ForFifo(Encoding.ASCII.GetBytes($"{Number(batch, item.First)}-{Digest.Of(all.ToString()):x16}-{_mark}"));
    }

    /// <summary>The same for a request of items that hold one record each.</summary>
    public string RequestId(TargetBatch batch, ReadOnlySpan<Item> items)
    {
        if (_deduplicationId >= 0)
        {
            return Keys.ForHeader(batch.TextOf(batch[items[0].First], _deduplicationId));
        }

        string first = Number(batch, items[0].First);
        if (items.Length == 1)
        {
            return $"{first}-{_mark}";
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> part = stackalloc byte[12];
        foreach (ref readonly Item item in items)
        {
            ref readonly Payload payload = ref batch[item.First];
            hash.AppendData(batch.RecordOf(payload).SequenceNumber.Span);
            if (payload.IsSubRecord)
            {
                payload.SubSequence.TryFormat(part, out int digits, provider: CultureInfo.InvariantCulture);
                hash.AppendData("."u8);
                hash.AppendData(part[..digits]);
            }

            hash.AppendData(" "u8);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return $"{first}-{Convert.ToHexString(digest[..8]).ToLowerInvariant()}-{_mark}";
    }

    private bool IsRecordItself(in Item item) => item is { Count: 1, IsBase64: false } && mapping.Collapse is (Collapse.None or Collapse.Concat);

    /// <summary>A record's sequence number and, if it was unpacked from an aggregate, its position there.</summary>
    internal static string Number(TargetBatch batch, int index)
    {
        Payload payload = batch[index];
        string sequence = Encoding.ASCII.GetString(batch.RecordOf(payload).SequenceNumber.Span);
        return payload.IsSubRecord ? $"{sequence}.{payload.SubSequence}" : sequence;
    }
}
