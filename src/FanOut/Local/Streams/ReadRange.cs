using Amazon.Runtime;
using FanOut.Local.Events;

namespace FanOut.Local.Streams;

/// <summary>Reads the records that a batch had, as Lambda tells of those that it gave up: by shard, first and last sequence number.</summary>
/// <param name="stream">The stream.</param>
/// <param name="time">The clock.</param>
/// <param name="random">The jitter of back-off.</param>
internal sealed class ReadRange(IStreamService stream, TimeProvider time, Random random)
{
    /// <summary>The records.</summary>
    /// <param name="shardId">The shard.</param>
    /// <param name="first">The first record's sequence number.</param>
    /// <param name="last">The last record's.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="AmazonServiceException">The service refused a call; <c>ResourceNotFoundException</c>: the shard is gone, or the stream.</exception>
    public async Task<ShardRange> OfAsync(string shardId, string first, string last, CancellationToken cancellationToken)
    {
        List<EventRecord> records = [];
        bool isTrimmed = false;
        await foreach (StreamPage page in new ReadShard(stream, time, random).ReadAsync(shardId, ShardPosition.At(first), cancellationToken).ConfigureAwait(false))
        {
            isTrimmed |= page.IsTrimmed;
            records.AddRange(page.Records.TakeWhile(r => SequenceNumbers.Compare(r.SequenceNumber, last) <= 0));
            if (page.IsLast || (page.Records is [.., var newest] && SequenceNumbers.Compare(newest.SequenceNumber, last) >= 0))
            {
                break;
            }
        }

        return new ShardRange(records, isTrimmed || records.Count == 0);
    }
}
