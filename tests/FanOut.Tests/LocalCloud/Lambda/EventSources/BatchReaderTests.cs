using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.EventSources;
using FanOut.LocalCloud.Streams;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.LocalCloud.Lambda.EventSources;

public sealed class BatchReaderTests
{
    private const int Timeout = 60_000;

    // {"Records":[…]} around the records.
    private const int Envelope = 14;

    [Theory(Timeout = Timeout)]
    [InlineData(LambdaLimits.SynchronousRequest - Envelope - 1 - 3_000_000, 2)]
    [InlineData(LambdaLimits.SynchronousRequest - Envelope - 1 - 3_000_000 + 1, 1)]
    public async Task A_batch_is_cut_so_that_its_event_is_at_most_6_MB(int secondSize, int expected)
    {
        var shard = Shard(Shards.Record(1, size: 3_000_000), Shards.Record(2, size: secondSize), Shards.Record(3));

        var batch = await ReadAsync(shard, new());

        Assert.Equal(expected, batch.Records.Count);
        Assert.Equal(expected, batch.End);
        Assert.True(BatchEvent.Write(batch, new(0, expected)).Length <= LambdaLimits.SynchronousRequest);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_record_too_large_for_any_event_comes_alone()
    {
        var shard = Shard(Shards.Record(1, size: LambdaLimits.SynchronousRequest - Envelope + 1), Shards.Record(2));

        var batch = await ReadAsync(shard, new());

        Assert.Equal(["1"], batch.Records.Select(record => record.Record.SequenceNumber));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_bucket_sees_only_its_own_keys_and_passes_the_others()
    {
        var settings = new EventSourceMappingOptions { ParallelizationFactor = 10, BatchSize = 1000 };
        var shard = Shard([.. Enumerable.Range(0, 200).Select(i => Shards.Record(i, $"key-{i % 20}"))]);
        var seen = new List<string>();
        for (var bucket = 0; bucket < 10; bucket++)
        {
            if (Enumerable.Range(0, 20).Any(key => Bucket(key) == bucket))
            {
                var batch = await new BatchReader(shard, bucket, settings, TimeProvider.System).ReadAsync(0, _ => { }, Token);
                Assert.Equal(200, batch.End);
                Assert.Equal(batch.Records.Select(record => record.Index).Order(), batch.Records.Select(record => record.Index));
                seen.AddRange(batch.Records.Select(record => record.Record.SequenceNumber));
            }
        }

        Assert.Equal(200, seen.Distinct().Count());
        Assert.Equal(200, seen.Count);

        static int Bucket(int key) => PartitionBucket.Of(Shards.Record(1, $"key-{key}").EventJson.Span, 10);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_batch_waits_for_more_records_until_its_window_ends()
    {
        var time = new FakeTimeProvider();
        var shard = Shard(Shards.Record(1));
        var settings = new EventSourceMappingOptions { MaximumBatchingWindow = TimeSpan.FromSeconds(10), BatchSize = 3 };
        var reading = new BatchReader(shard, 0, settings, time).ReadAsync(0, _ => { }, Token);

        time.Advance(TimeSpan.FromSeconds(9.9));
        shard.Append(Shards.Record(2));
        Assert.False(reading.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(2, (await reading).Records.Count);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_full_batch_does_not_wait_for_its_window()
    {
        var shard = Shard(Shards.Record(1));
        var settings = new EventSourceMappingOptions { MaximumBatchingWindow = TimeSpan.FromSeconds(10), BatchSize = 2 };
        var reading = new BatchReader(shard, 0, settings, new FakeTimeProvider()).ReadAsync(0, _ => { }, Token);

        shard.Append(Shards.Record(2));

        Assert.Equal(2, (await reading).Records.Count);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static EventShard Shard(params ShardRecord[] records)
    {
        var shard = new EventShard("shardId-000000000000");
        Array.ForEach(records, shard.Append);
        return shard;
    }

    private static Task<Batch> ReadAsync(EventShard shard, EventSourceMappingOptions settings) =>
        new BatchReader(shard, 0, settings, TimeProvider.System).ReadAsync(0, _ => { }, Token);
}
