using System.Buffers;
using System.Buffers.Text;
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

    /// <summary>Writes an item's message.</summary>
    public ReadOnlyMemory<byte> Message(Plan plan, in Item item)
    {
        if (item is { Count: 1, IsBase64: false } && collapse is (Collapse.None or Collapse.Concat))
        {
            return plan[item.First].Data.Content;
        }

        using var body = new RequestBody(item.Bytes + 16);
        for (int i = 0; i < item.Count; i++)
        {
            if (collapse == Collapse.Json)
            {
                body.Write(i == 0 ? "{\"Records\":["u8 : ","u8);
            }

            body.WriteBytes(plan[item.First + i].Data);
        }

        if (collapse == Collapse.Json)
        {
            body.Write("]}"u8);
        }

        return item.IsBase64 || collapse == Collapse.ConcatBase64 ? Base64Of(body.Written) : body.Written.ToArray();
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

    private static byte[] Base64Of(ReadOnlySpan<byte> bytes)
    {
        byte[] text = new byte[Base64.GetMaxEncodedToUtf8Length(bytes.Length)];
        OperationStatus status = Base64.EncodeToUtf8(bytes, text, out _, out int written);
        return status == OperationStatus.Done && written == text.Length ? text : throw new InvalidOperationException("base64 has another length than counted.");
    }
}
