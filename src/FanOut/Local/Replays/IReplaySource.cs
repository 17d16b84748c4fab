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
    /// <param name="request">What is to be replayed: where it begins; what lies behind its end may be among the records.</param>
    /// <param name="done">How far the shard is.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">The service refused a call for good.</exception>
    IAsyncEnumerable<StreamPage> ReadAsync(string shardId, ReplayRequest request, ReplayedShard done, CancellationToken cancellationToken);

    /// <summary>About how many records this run has sent when it is at its end, by what it has read by now; null: the source cannot tell, or not yet.</summary>
    /// <param name="request">What is to be replayed.</param>
    /// <param name="shards">How far the shards are.</param>
    long? TotalOf(ReplayRequest request, IReadOnlyDictionary<string, ReplayedShard> shards);

    /// <summary>Some of the records, and how many there are in all by them.</summary>
    /// <param name="request">What is to be replayed.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<ReplaySample> SampleAsync(ReplayRequest request, CancellationToken cancellationToken);
}
