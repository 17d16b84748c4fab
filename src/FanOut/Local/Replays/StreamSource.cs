using FanOut.Local.Streams;

namespace FanOut.Local.Replays;

/// <summary>A stream that still holds the records of a replay.</summary>
/// <param name="stream">The stream.</param>
/// <param name="time">The clock.</param>
/// <param name="random">The jitter of back-off.</param>
internal sealed class StreamSource(IStreamService stream, TimeProvider time, Random random) : IReplaySource
{
    private readonly ReadShard _reader = new(stream, time, random);

    /// <inheritdoc/>
    public bool IsInOrderOfTime => true;

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings => [];

    /// <inheritdoc/>
    public Task<IReadOnlyList<StreamShard>> ListShardsAsync(CancellationToken cancellationToken) => stream.ListShardsAsync(cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<StreamPage> ReadAsync(string shardId, ReplayRequest request, ReplayedShard done, CancellationToken cancellationToken) =>
        _reader.ReadAsync(shardId, done.After is { } after ? ShardPosition.After(after) : request.From.Position, cancellationToken);

    /// <inheritdoc/>
    public long? TotalOf(ReplayRequest request, IReadOnlyDictionary<string, ReplayedShard> shards) => null;

    /// <inheritdoc/>
    public Task<ReplaySample> SampleAsync(ReplayRequest request, CancellationToken cancellationToken) => new SampleStream(stream, request, time, random).RunAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        // There is nothing to free.
    }
}
