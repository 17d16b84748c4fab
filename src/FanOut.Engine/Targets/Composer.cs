using System.Text;
using FanOut.Aws.Protocols;
using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Targets;

/// <summary>Writes messages of one or more payloads, and the group and deduplication ids of FIFO queues and topics.</summary>
/// <param name="collapse">How payloads share a message.</param>
/// <param name="groupOfAll">The group of messages that hold records of several keys: one, so that their order is kept.</param>
internal sealed class Composer(Collapse collapse, string groupOfAll)
{
    private readonly byte[] _groupOfAll = Encoding.UTF8.GetBytes(groupOfAll);

    /// <summary>Room for the messages of some items; they stay valid until it is disposed.</summary>
    public static RequestBody Room(ReadOnlySpan<Item> items)
    {
        int bytes = 0;
        foreach (ref readonly Item item in items)
        {
            bytes += item.Bytes;
        }

        return new RequestBody(bytes);
    }

    /// <summary>An item's message: where it is one record as it is, that record's bytes; else written into the room.</summary>
    public ReadOnlyMemory<byte> Message(Plan plan, in Item item, RequestBody room)
    {
        if (item is { Count: 1, IsBase64: false } && collapse is (Collapse.None or Collapse.Concat))
        {
            return plan[item.First].Data.Content;
        }

        int start = room.Length;
        for (int i = 0; i < item.Count; i++)
        {
            if (collapse == Collapse.Json)
            {
                room.Write(i == 0 ? "{\"Records\":["u8 : ","u8);
            }

            room.Write(plan[item.First + i].Data.Content.Span);
        }

        if (collapse == Collapse.Json)
        {
            room.Write("]}"u8);
        }

        if (item.IsBase64 || collapse == Collapse.ConcatBase64)
        {
            room.EncodeBase64(start);
        }

        return room.Slice(start);
    }

    /// <summary>The group of an item's message: its record's key, or one for all where a message holds several.</summary>
    public ReadOnlyMemory<byte> Group(Plan plan, in Item item) =>
        collapse == Collapse.None ? Keys.ForGroup(plan[item.First].Key) : Keys.ForGroup(_groupOfAll);

    /// <summary>The deduplication id: sequence and sub-sequence number of the first record, and of the last where there are several.</summary>
    public static ReadOnlyMemory<byte> Deduplication(Plan plan, in Item item)
    {
        string id = Number(plan, item.First);
        return Keys.ForGroup(Encoding.ASCII.GetBytes(item.Count == 1 ? id : id + "_" + Number(plan, item.First + item.Count - 1)));
    }

    private static string Number(Plan plan, int index)
    {
        Payload payload = plan[index];
        return $"{Encoding.ASCII.GetString(plan.RecordOf(payload).SequenceNumber.Span)}-{payload.SubSequence}";
    }
}
