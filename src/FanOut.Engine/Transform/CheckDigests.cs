using FanOut.Engine.Events;

namespace FanOut.Engine.Transform;

/// <summary>
/// Decodes the records that begin as aggregates of the Kinesis Producer Library do, and checks their digests: those of several records beside each other, which takes a
/// quarter of the time.
/// </summary>
/// <param name="payloads">The payloads that are made; the records are decoded into their memory.</param>
/// <param name="end">The position behind the last record.</param>
/// <param name="most">Records are decoded ahead only while the payloads have taken less than so many bytes.</param>
internal sealed class CheckDigests(Payloads payloads, int end, long most)
{
    // To hash in all lanes takes as long as to hash four times the longest message.
    private const int LanesCost = 4;

    private readonly Decoded[] _ahead = new Decoded[Md5Lanes.Count];
    private int _count;
    private int _next;

    /// <summary>Decodes a record that may be an aggregate; they are asked for in their order.</summary>
    /// <param name="index">The record's position.</param>
    /// <param name="data">Its data.</param>
    /// <param name="isAggregate">Whether it is an aggregate by magic and digest.</param>
    /// <returns>Whether the record is base64.</returns>
    public bool TryDecode(int index, out ReadOnlyMemory<byte> data, out bool isAggregate)
    {
        if (_next == _count)
        {
            DecodeFrom(index);
            Check(_ahead.AsSpan(0, _count));
        }

        (data, bool isBase64, isAggregate) = _ahead[_next++];
        return isBase64;
    }

    private void DecodeFrom(int index)
    {
        (_next, _count) = (0, 0);
        for (int i = index; i < end && _count < _ahead.Length && (i == index || payloads.Taken < most); i++)
        {
            StreamRecord record = payloads.Group.Records[i];
            if (record.Problem is null && DeaggregateKpl.MayBeAggregate(record.Data.Span))
            {
                bool isBase64 = payloads.Arena.TryDecode(record.Data.Span, isTerminated: false, out ReadOnlyMemory<byte> data);
                _ahead[_count++] = new Decoded(data, isBase64, false);
            }
        }
    }

    private static void Check(Span<Decoded> records)
    {
        var messages = new ReadOnlyMemory<byte>[records.Length];
        long longest = 0, all = 0;
        for (int i = 0; i < records.Length; i++)
        {
            (messages[i], _) = DeaggregateKpl.Divide(records[i].Data);
            longest = Math.Max(longest, messages[i].Length);
            all += messages[i].Length;
        }

        if (longest * LanesCost > all)
        {
            foreach (ref Decoded record in records)
            {
                record = record with { IsAggregate = DeaggregateKpl.IsAggregate(record.Data) };
            }

            return;
        }

        Span<byte> digests = stackalloc byte[Md5Lanes.Count * Md5Lanes.DigestBytes];
        Md5Lanes.Hash(messages, digests);
        for (int i = 0; i < records.Length; i++)
        {
            bool isRight = DeaggregateKpl.Divide(records[i].Data).Digest.Span.SequenceEqual(digests.Slice(i * Md5Lanes.DigestBytes, Md5Lanes.DigestBytes));
            records[i] = records[i] with { IsAggregate = isRight };
        }
    }

    private readonly record struct Decoded(ReadOnlyMemory<byte> Data, bool IsBase64, bool IsAggregate);
}
