using System.Buffers;
using System.Buffers.Binary;
using FanOut.Engine.Events;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Progress;

/// <summary>Which records of a batch are settled, as runs of neighbours that the batch's next coming is compared with.</summary>
/// <remarks>
/// <code>run: digest of the first sequence number (8 bytes) | records in the run, 1 to 128 (1 byte) | digest of all their sequence numbers (8 bytes)</code>
/// A run counts only where all of its records stand there again: what a note does not name for certain is sent. Positions or ranges of
/// sequence numbers would not do: with a parallelization factor several batches of a shard are under way whose numbers interleave.
/// A run is cut at 128 records, so that a batch that comes back shorter loses no more than that.
/// </remarks>
internal static class DeliveredRuns
{
    private const int Longest = 128;
    private const int Bytes = 17;

    /// <summary>Writes the runs from a position on.</summary>
    /// <param name="group">The records.</param>
    /// <param name="first">Where to begin.</param>
    /// <param name="isDone">Whether a record is settled.</param>
    /// <param name="most">How many bytes it may have; what has no room is sent again.</param>
    public static byte[] Write(RecordGroup group, int first, Func<int, bool> isDone, int most)
    {
        var runs = new ArrayBufferWriter<byte>();
        for (int i = first; i < group.Records.Count && runs.WrittenCount + Bytes <= most;)
        {
            int length = 0;
            while (length < Longest && i + length < group.Records.Count && isDone(i + length))
            {
                length++;
            }

            if (length == 0)
            {
                i++;
                continue;
            }

            Span<byte> run = runs.GetSpan(Bytes);
            BinaryPrimitives.WriteUInt64LittleEndian(run, DigestOf(group, i, 1));
            run[8] = (byte)length;
            BinaryPrimitives.WriteUInt64LittleEndian(run[9..], DigestOf(group, i, length));
            runs.Advance(Bytes);
            i += length;
        }

        return runs.WrittenSpan.ToArray();
    }

    /// <summary>Finds the runs among the records of a batch.</summary>
    public static bool[] Read(ReadOnlySpan<byte> runs, RecordGroup group)
    {
        var done = new bool[group.Records.Count];
        var starts = new Dictionary<ulong, int>(runs.Length / Bytes);
        for (int at = 0; at + Bytes <= runs.Length; at += Bytes)
        {
            starts.TryAdd(BinaryPrimitives.ReadUInt64LittleEndian(runs[at..]), at);
        }

        for (int i = 0; i < done.Length && starts.Count > 0; i++)
        {
            if (starts.Remove(DigestOf(group, i, 1), out int at) && runs[at + 8] is var length && i + length <= done.Length
                && DigestOf(group, i, length) == BinaryPrimitives.ReadUInt64LittleEndian(runs[(at + 9)..]))
            {
                done.AsSpan(i, length).Fill(true);
                i += length - 1;
            }
        }

        return done;
    }

    private static ulong DigestOf(RecordGroup group, int first, int count)
    {
        if (count == 1)
        {
            return Digest.Of(group.Records[first].SequenceNumber.Span);
        }

        var all = new ArrayBufferWriter<byte>(count * 60);
        for (int i = 0; i < count; i++)
        {
            all.Write(group.Records[first + i].SequenceNumber.Span);
            all.Write(" "u8);
        }

        return Digest.Of(all.WrittenSpan);
    }
}
