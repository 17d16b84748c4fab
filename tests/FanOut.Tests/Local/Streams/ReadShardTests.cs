using System.Net;
using Amazon.Runtime;
using FanOut.Local.Streams;
using FanOut.Tests.Sources;
using Microsoft.Extensions.Time.Testing;
using static FanOut.Tests.Local.Streams.ScriptedStream;

namespace FanOut.Tests.Local.Streams;

public sealed class ReadShardTests
{
    private readonly WaitedTime _time = new(new FakeTimeProvider());

    [Fact]
    public async Task Pages_follow_each_other_four_a_second_until_the_shard_ends()
    {
        var stream = new ScriptedStream(() => Page(1, 2), () => Page(3, 0), () => Page(3, 1, next: null));

        IReadOnlyList<StreamPage> pages = await ReadAsync(stream, ShardPosition.TrimHorizon);

        Assert.Equal(["1 2", "", "3"], pages.Select(Numbers));
        Assert.Equal([false, false, true], pages.Select(static p => p.IsLast));
        Assert.Equal(["TRIM_HORIZON"], stream.Iterators.Select(static i => i.Type));
        Assert.Equal([250, 250], _time.Waits.Select(static w => w.TotalMilliseconds));
    }

    [Fact]
    public async Task A_shard_gives_two_megabytes_a_second_and_about_half_a_one_at_a_time()
    {
        var stream = new ScriptedStream(() => Page(1, 500, 4096), () => Page(501, 256, 4096), () => Page(757, 256, 100_000), () => Page(1013, 10, 1, null));

        await ReadAsync(stream, ShardPosition.TrimHorizon);

        Assert.Equal([500, 128, 128, 20], stream.Limits);
        Assert.Equal([976, 500, 12_207], _time.Waits.Select(static w => w.TotalMilliseconds));
    }

    [Fact]
    public async Task Throttling_is_waited_out_longer_each_time_and_never_given_up()
    {
        var stream = new ScriptedStream([.. Enumerable.Repeat(Refusal("ProvisionedThroughputExceededException"), 12), () => Page(1, 1), Refusal("LimitExceededException"), () => Page(2, 1, next: null)]);

        IReadOnlyList<StreamPage> pages = await ReadAsync(stream, ShardPosition.TrimHorizon);

        Assert.Equal(["1", "2"], pages.Select(Numbers));
        Assert.Equal([1, 2, 4, 8, 16, 30, 30, 30, 30, 30, 30, 30, 0.25, 1], _time.Waits.Select(static w => w.TotalSeconds));
    }

    [Fact]
    public async Task A_fault_that_does_not_pass_ends_the_reading()
    {
        Func<StreamPage> trouble = Refusal("InternalFailure", HttpStatusCode.InternalServerError);
        var passes = new ScriptedStream([.. Enumerable.Repeat(trouble, 5), () => Page(1, 1, next: null)]);
        var stays = new ScriptedStream([.. Enumerable.Repeat(trouble, 6)]);
        var denied = new ScriptedStream(Refusal("AccessDeniedException"));

        Assert.Equal(["1"], (await ReadAsync(passes, ShardPosition.TrimHorizon)).Select(Numbers));
        await Assert.ThrowsAnyAsync<AmazonServiceException>(() => ReadAsync(stays, ShardPosition.TrimHorizon));
        await Assert.ThrowsAnyAsync<AmazonServiceException>(() => ReadAsync(denied, ShardPosition.TrimHorizon));
    }

    [Fact]
    public async Task An_iterator_that_has_expired_is_renewed_behind_what_was_read()
    {
        var stream = new ScriptedStream(() => Page(1, 2), Refusal("ExpiredIteratorException"), () => Page(2, 2, next: null));

        IReadOnlyList<StreamPage> pages = await ReadAsync(stream, ShardPosition.TrimHorizon);

        Assert.Equal(["1 2", "3"], pages.Select(Numbers));
        Assert.Equal([null, "2"], stream.Iterators.Select(static i => i.SequenceNumber));
        Assert.DoesNotContain(pages, static p => p.IsTrimmed);
    }

    [Fact]
    public async Task That_records_are_gone_is_told_whether_the_service_refuses_or_goes_on()
    {
        var refused = new ScriptedStream(() => Page(1, 2), Refusal("TrimmedDataAccessException"), () => Page(7, 2, next: null));
        var goesOn = new ScriptedStream(() => Page(7, 2), () => Page(9, 1, next: null));

        Assert.Equal(["False 1 2", "True 7 8"], (await ReadAsync(refused, ShardPosition.TrimHorizon)).Select(static p => $"{p.IsTrimmed} {Numbers(p)}"));
        Assert.Equal(["True 7 8", "False 9"], (await ReadAsync(goesOn, ShardPosition.After("2"))).Select(static p => $"{p.IsTrimmed} {Numbers(p)}"));
        Assert.Equal("TRIM_HORIZON", refused.Iterators[^1].Type);
    }

    [Fact]
    public async Task Ten_empty_pages_in_a_row_are_the_end_where_the_service_does_not_say()
    {
        Func<StreamPage> empty = static () => new StreamPage([], "next");
        var stream = new ScriptedStream([.. Enumerable.Repeat(empty, 9), () => Page(1, 1) with { Behind = null }, .. Enumerable.Repeat(empty, 10)]);

        int pages = 0;
        await foreach (StreamPage page in new ReadShard(stream, _time, new NoJitter()).ReadAsync("shard", ShardPosition.TrimHorizon, TestContext.Current.CancellationToken))
        {
            pages++;
            if (page.IsLast)
            {
                break;
            }
        }

        Assert.Equal(20, pages);
    }

    private async Task<IReadOnlyList<StreamPage>> ReadAsync(ScriptedStream stream, ShardPosition from)
    {
        List<StreamPage> pages = [];
        await foreach (StreamPage page in new ReadShard(stream, _time, new NoJitter()).ReadAsync("shard", from, TestContext.Current.CancellationToken))
        {
            pages.Add(page);
        }

        return pages;
    }

    private static string Numbers(StreamPage page) => string.Join(' ', page.Records.Select(static r => r.SequenceNumber));

    private sealed class NoJitter : Random
    {
        public override double NextDouble() => 1;
    }
}
