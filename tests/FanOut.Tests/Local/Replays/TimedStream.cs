using System.Globalization;
using FanOut.Local.Events;
using FanOut.Local.Streams;

namespace FanOut.Tests.Local.Replays;

/// <summary>A stream of one shard whose records have the times that a test gives them.</summary>
/// <param name="now">Until when it was filled.</param>
/// <param name="seconds">How many records came in which second, in their order.</param>
internal sealed class TimedStream(DateTimeOffset now, IReadOnlyList<(DateTimeOffset At, int Count)> seconds) : IStreamService
{
    private readonly EventRecord[] _records = [.. seconds.SelectMany(static s => Enumerable.Range(0, s.Count).Select(i => s.At.AddMilliseconds(1000.0 * i / s.Count)))
        .Select(static (at, n) => new EventRecord { Key = "k", Data = "data"u8.ToArray(), SequenceNumber = (n + 1).ToString(CultureInfo.InvariantCulture), Time = at })];

    public string SourceArn => "arn:aws:kinesis:us-east-1:123456789012:stream/timed";

    public int MostRecords => 10_000;

    /// <summary>How often records were read.</summary>
    public int Reads { get; private set; }

    public Task<IReadOnlyList<StreamShard>> ListShardsAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<StreamShard>>([new StreamShard("shardId-000000000000", [], "1", null)]);

    public Task<string> GetIteratorAsync(string shardId, ShardPosition position, CancellationToken cancellationToken)
    {
        int first = position.Time is { } time ? Array.FindIndex(_records, r => r.Time >= time) : 0;
        return Task.FromResult((first < 0 ? _records.Length : first).ToString(CultureInfo.InvariantCulture));
    }

    public Task<StreamPage> GetRecordsAsync(string shardId, string iterator, int limit, CancellationToken cancellationToken)
    {
        Reads++;
        int first = int.Parse(iterator, CultureInfo.InvariantCulture);
        EventRecord[] page = [.. _records.Skip(first).Take(limit)];
        bool isLast = first + page.Length >= _records.Length;
        return Task.FromResult(new StreamPage(page, (first + page.Length).ToString(CultureInfo.InvariantCulture))
        {
            Behind = isLast ? TimeSpan.Zero : now - page[^1].Time,
            Bytes = page.Sum(static r => (long)r.Bytes),
        });
    }
}
