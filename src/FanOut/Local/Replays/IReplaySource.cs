using FanOut.Local.Streams;

namespace FanOut.Local.Replays;

/// <summary>Where a replay's records are: in a stream that still holds them, or in files.</summary>
internal interface IReplaySource : IDisposable
{
    /// <summary>Whether a shard's records come in the order of their times, so that what lies behind an end need not be read.</summary>
    bool IsInOrderOfTime { get; }

    /// <summary>What was left out, as sentences for warnings; asked for when all was read.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>The shards.</summary>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">The service refused a call.</exception>
    Task<IReadOnlyList<StreamShard>> ListShardsAsync(CancellationToken cancellationToken);

    /// <summary>A shard's records, page by page, from its beginning or from where an earlier run has ended.</summary>
    /// <param name="shardId">The shard.</param>
    /// <param name="from">Where the replay begins.</param>
    /// <param name="done">How far the shard is.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">The service refused a call for good.</exception>
    IAsyncEnumerable<StreamPage> ReadAsync(string shardId, ReplayStart from, ReplayedShard done, CancellationToken cancellationToken);

    /// <summary>How much of all has been read, from 0 to 1; null: it is not known how much there is.</summary>
    /// <param name="shards">How far the shards are.</param>
    double? ShareOf(IReadOnlyDictionary<string, ReplayedShard> shards);

    /// <summary>Some of the records, and how many there are in all by them.</summary>
    /// <param name="request">What is to be replayed.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<ReplaySample> SampleAsync(ReplayRequest request, CancellationToken cancellationToken);
}
