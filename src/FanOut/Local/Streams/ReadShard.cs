using System.Runtime.CompilerServices;
using Amazon.Runtime;

namespace FanOut.Local.Streams;

/// <summary>Reads a shard page by page, within the stream's limits, and goes on over throttling, iterators that have expired and faults that pass.</summary>
/// <param name="stream">The stream.</param>
/// <param name="time">The clock.</param>
/// <param name="random">The jitter of back-off; it may be shared by several shards.</param>
internal sealed class ReadShard(IStreamService stream, TimeProvider time, Random random)
{
    // That there is no record does not mean that there is none behind: "it might take multiple calls to get to a portion of the shard that contains stream
    // records". Kinesis says how far a page is behind; for DynamoDB Streams AWS does not document how many calls are enough.
    private const int EmptyPagesAtEnd = 10;

    private const int MostFaults = 6;

    /// <summary>The pages, until the shard has been read to its end, which open shards do not have: see <see cref="StreamPage.IsLast"/>.</summary>
    /// <param name="shardId">The shard.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="AmazonServiceException">The service refused a call for good.</exception>
    public async IAsyncEnumerable<StreamPage> ReadAsync(string shardId, ShardPosition from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pace = new ReadPace(time);
        var place = new ShardPlace(from);
        int empty = 0;
        do
        {
            StreamPage page = await NextAsync(shardId, place, pace, cancellationToken).ConfigureAwait(false);
            empty = page.Records.Count == 0 ? empty + 1 : 0;
            bool isLast = page.Next is null || (page.Behind is { } behind ? behind == TimeSpan.Zero : empty >= EmptyPagesAtEnd);
            yield return place.Pass(page) with { IsLast = isLast };
        }
        while (place.Iterator is not null);
    }

    private async Task<StreamPage> NextAsync(string shardId, ShardPlace place, ReadPace pace, CancellationToken cancellationToken)
    {
        for (int faults = 0; ;)
        {
            await pace.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                place.Iterator ??= await stream.GetIteratorAsync(shardId, place.Wanted, cancellationToken).ConfigureAwait(false);
                long started = time.GetTimestamp();
                StreamPage page = await stream.GetRecordsAsync(shardId, place.Iterator, Math.Min(pace.Limit, stream.MostRecords), cancellationToken).ConfigureAwait(false);
                pace.Read(started, page);
                return page;
            }
            catch (AmazonServiceException e) when (e.ErrorCode == "ExpiredIteratorException")
            {
                place.Renew();
            }
            catch (AmazonServiceException e) when (e.ErrorCode == "TrimmedDataAccessException")
            {
                place.Trim();
            }
            catch (Exception e) when (ReadFaults.IsThrottling(e) || (ReadFaults.MayPass(e) && ++faults < MostFaults))
            {
                pace.Refused(random);
            }
        }
    }
}
