using System.Buffers;
using FanOut.Engine.Events;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Progress;

/// <summary>The names of records in notes: digests of their sequence numbers and keys.</summary>
/// <remarks>
/// Both, because a sequence number of Kinesis is promised to be unique per key within a shard
/// (https://docs.aws.amazon.com/streams/latest/dev/key-concepts.html), and DynamoDB promises nothing for the shards of a table, whose keys differ.
/// </remarks>
internal static class RecordDigests
{
    /// <summary>
    /// The digest of a record that stands in its batch twice, or has no sequence number: it names none, so that what is settled of one is not taken
    /// for another.
    /// </summary>
    public const ulong None = 0;

    /// <summary>The digests of a batch's records.</summary>
    public static ulong[] Of(RecordGroup group)
    {
        ulong[] digests = new ulong[group.Records.Count];
        var seen = new Dictionary<ulong, int>(digests.Length);
        var text = new ArrayBufferWriter<byte>(256);
        for (int i = 0; i < digests.Length; i++)
        {
            StreamRecord record = group.Records[i];
            if (record.SequenceNumber.IsEmpty)
            {
                continue;
            }

            text.ResetWrittenCount();
            text.Write(record.SequenceNumber.Span);
            text.Write("\n"u8);
            text.Write(record.Key.Span);
            digests[i] = Digest.Of(text.WrittenSpan);
            if (!seen.TryAdd(digests[i], i))
            {
                digests[seen[digests[i]]] = digests[i] = None;
            }
        }

        return digests;
    }
}
