using FanOut.Engine.Mappings;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Mappings;

public sealed class MappingCacheTests : IMappingSource
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _reads = [];
    private CancellationToken _token;
    private Func<Task<MappingSet>> _answer = () => Task.FromResult(new MappingSet([], []));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_copy_is_good_for_the_refresh_time()
    {
        MappingCache cache = Cache();
        MappingSet first = await cache.ReadAsync("a", Token);
        _time.Advance(TimeSpan.FromSeconds(44));
        Assert.Same(first, await cache.ReadAsync("a", Token));
        Assert.Equal(["a"], _reads);
        _time.Advance(TimeSpan.FromSeconds(16));
        Assert.NotSame(first, await cache.ReadAsync("a", Token));
        Assert.Equal(["a", "a"], _reads);
    }

    [Fact]
    public async Task In_the_last_quarter_of_its_time_a_copy_serves_while_the_next_one_is_read()
    {
        MappingCache cache = Cache();
        MappingSet first = await cache.ReadAsync("a", Token);
        var pending = new TaskCompletionSource<MappingSet>();
        _answer = () => pending.Task;
        _time.Advance(TimeSpan.FromSeconds(45));

        Assert.Same(first, await cache.ReadAsync("a", Token));
        Assert.Same(first, await cache.ReadAsync("a", Token));
        Assert.Equal(2, _reads.Count);

        var next = new MappingSet([], []);
        pending.SetResult(next);
        Assert.Same(next, await cache.ReadAsync("a", Token));
        _time.Advance(TimeSpan.FromSeconds(44));
        Assert.Same(next, await cache.ReadAsync("a", Token));
        Assert.Equal(2, _reads.Count);
    }

    [Fact]
    public async Task A_copy_does_not_serve_beyond_its_time_however_long_the_next_one_takes()
    {
        MappingCache cache = Cache();
        await cache.ReadAsync("a", Token);
        var pending = new TaskCompletionSource<MappingSet>();
        _answer = () => pending.Task;
        _time.Advance(TimeSpan.FromSeconds(59));
        await cache.ReadAsync("a", Token);
        _time.Advance(TimeSpan.FromSeconds(1));

        Task<MappingSet> waiting = cache.ReadAsync("a", Token);
        Assert.False(waiting.IsCompleted);
        var next = new MappingSet([], []);
        pending.SetResult(next);
        Assert.Same(next, await waiting);
        Assert.Equal(2, _reads.Count);
    }

    [Fact]
    public async Task A_copy_that_could_not_be_read_again_ahead_of_time_is_as_good_as_before_and_asked_for_again()
    {
        MappingCache cache = Cache();
        MappingSet first = await cache.ReadAsync("a", Token);
        MappingsUnavailableException error = Fail();
        _time.Advance(TimeSpan.FromSeconds(50));

        Assert.Same(first, await cache.ReadAsync("a", Token));
        Assert.Same(first, await cache.ReadAsync("a", Token));
        Assert.Equal(2, _reads.Count);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Same(first, await cache.ReadAsync("a", Token));
        Assert.Equal(3, _reads.Count);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Same(error, (await cache.ReadAsync("a", Token)).Stale);
    }

    [Theory]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    public async Task A_copy_that_is_doubted_is_read_again_if_it_is_not_of_just_now(int seconds, int reads)
    {
        MappingCache cache = Cache();
        await cache.ReadAsync("a", Token);
        _time.Advance(TimeSpan.FromSeconds(seconds));
        cache.Invalidate("a");
        cache.Invalidate("b");
        await cache.ReadAsync("a", Token);
        await cache.ReadAsync("a", Token);
        Assert.Equal(reads, _reads.Count);
    }

    [Fact]
    public async Task Each_source_has_its_own_copy()
    {
        MappingCache cache = Cache();
        Assert.NotSame(await cache.ReadAsync("a", Token), await cache.ReadAsync("b", Token));
        Assert.Equal(["a", "b"], _reads);
    }

    [Fact]
    public async Task With_a_refresh_time_of_zero_every_call_reads()
    {
        MappingCache cache = Cache(seconds: 0);
        await cache.ReadAsync("a", Token);
        await cache.ReadAsync("a", Token);
        Assert.Equal(2, _reads.Count);
    }

    [Fact]
    public async Task Callers_at_the_same_time_share_one_read()
    {
        var pending = new TaskCompletionSource<MappingSet>();
        _answer = () => pending.Task;
        MappingCache cache = Cache(seconds: 0);
        Task<MappingSet>[] callers = [.. Enumerable.Range(0, 10).Select(_ => cache.ReadAsync("a", Token))];
        Assert.Single(_reads);

        var set = new MappingSet([], []);
        pending.SetResult(set);
        Assert.All(await Task.WhenAll(callers), answer => Assert.Same(set, answer));
    }

    [Fact]
    public async Task A_caller_that_gives_up_does_not_end_the_read_of_the_others()
    {
        var pending = new TaskCompletionSource<MappingSet>();
        _answer = () => pending.Task;
        MappingCache cache = Cache();
        using var impatient = new CancellationTokenSource();
        Task<MappingSet> first = cache.ReadAsync("a", impatient.Token);
        Task<MappingSet> second = cache.ReadAsync("a", Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        pending.SetResult(new MappingSet([], []));
        Assert.Null((await second).Stale);
        Assert.Single(_reads);
    }

    [Fact]
    public async Task When_the_table_cannot_be_read_the_last_good_copy_is_kept_and_says_so()
    {
        MappingCache cache = Cache();
        MappingSet good = await cache.ReadAsync("a", Token);
        MappingsUnavailableException error = Fail();
        _time.Advance(TimeSpan.FromSeconds(60));

        MappingSet stale = await cache.ReadAsync("a", Token);
        Assert.Same(error, stale.Stale);
        Assert.Same(good.Mappings, stale.Mappings);
        Assert.Null(good.Stale);
    }

    [Fact]
    public async Task A_failing_table_is_tried_again_after_five_seconds_not_with_every_call()
    {
        MappingCache cache = Cache();
        await cache.ReadAsync("a", Token);
        Fail();
        _time.Advance(TimeSpan.FromSeconds(60));
        await cache.ReadAsync("a", Token);
        await cache.ReadAsync("a", Token);
        _time.Advance(TimeSpan.FromSeconds(4));
        await cache.ReadAsync("a", Token);
        Assert.Equal(2, _reads.Count);

        _answer = () => Task.FromResult(new MappingSet([], []));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null((await cache.ReadAsync("a", Token)).Stale);
        Assert.Equal(3, _reads.Count);
    }

    [Fact]
    public async Task The_last_good_copy_is_kept_for_an_hour_then_the_error_surfaces()
    {
        MappingCache cache = Cache();
        await cache.ReadAsync("a", Token);
        MappingsUnavailableException error = Fail();
        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(5));
        Assert.NotNull((await cache.ReadAsync("a", Token)).Stale);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Same(error, await Assert.ThrowsAsync<MappingsUnavailableException>(() => cache.ReadAsync("a", Token)));

        _answer = () => Task.FromResult(new MappingSet([], []));
        Assert.Null((await cache.ReadAsync("a", Token)).Stale);
    }

    [Fact]
    public async Task A_table_that_does_not_answer_keeps_nobody_from_the_last_good_copy_nor_from_the_next_read()
    {
        MappingCache cache = Cache();
        MappingSet good = await cache.ReadAsync("a", Token);
        Func<Task<MappingSet>> healthy = _answer;
        _answer = Hang;
        _time.Advance(TimeSpan.FromSeconds(60));
        Task<MappingSet> reading = cache.ReadAsync("a", Token);
        Assert.False(reading.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(2));
        MappingSet stale = await reading;
        Assert.Same(good.Mappings, stale.Mappings);
        Assert.All(["table-of-mappings", " a ", "has not answered for 2 s"], part => Assert.Contains(part, stale.Stale!.Message, StringComparison.Ordinal));

        _answer = healthy;
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null((await cache.ReadAsync("a", Token)).Stale);
    }

    [Fact]
    public async Task Without_a_good_copy_a_table_that_does_not_answer_is_an_error_after_five_seconds()
    {
        MappingCache cache = Cache();
        Func<Task<MappingSet>> healthy = _answer;
        _answer = Hang;
        Task<MappingSet> reading = cache.ReadAsync("a", Token);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.False(reading.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<MappingsUnavailableException>(() => reading);
        _answer = healthy;
        Assert.Null((await cache.ReadAsync("a", Token)).Stale);
    }

    [Fact]
    public async Task Without_a_good_copy_the_error_surfaces_and_the_next_call_reads_again()
    {
        MappingCache cache = Cache();
        MappingsUnavailableException error = Fail();
        Assert.Same(error, await Assert.ThrowsAsync<MappingsUnavailableException>(() => cache.ReadAsync("a", Token)));
        Assert.Same(error, await Assert.ThrowsAsync<MappingsUnavailableException>(() => cache.ReadAsync("a", Token)));
        Assert.Equal(2, _reads.Count);
    }

    [Fact]
    public async Task What_is_read_now_was_not_read_before()
    {
        MappingCache cache = Cache();
        var first = new TaskCompletionSource<MappingSet>();
        MappingSet changed = new([], []);
        _answer = () => _reads.Count == 1 ? first.Task : Task.FromResult(changed);
        Task<MappingSet> before = cache.ReadAsync("a", Token);

        Task<MappingSet>[] now = [cache.ReadNowAsync("a", Token), cache.ReadNowAsync("a", Token)];
        Assert.DoesNotContain(now, static n => n.IsCompleted);
        MappingSet old = new([], []);
        first.SetResult(old);

        Assert.Same(old, await before);
        Assert.All(await Task.WhenAll(now), set => Assert.Same(changed, set));
        Assert.Equal(2, _reads.Count);
        await cache.ReadNowAsync("a", Token);
        Assert.Equal(3, _reads.Count);
        await cache.ReadAsync("a", Token);
        Assert.Equal(3, _reads.Count);
    }

    [Fact]
    public async Task A_clock_set_back_makes_the_cache_read_again()
    {
        var clock = new BackwardClock();
        var cache = new MappingCache(this, MappingCache.DefaultRefresh, clock);
        await cache.ReadAsync("a", Token);
        clock.Now -= TimeSpan.FromDays(1);
        await cache.ReadAsync("a", Token);
        Assert.Equal(2, _reads.Count);
    }

    string IMappingSource.Table => "table-of-mappings";

    Task<MappingSet> IMappingSource.ReadAsync(string sourceArn, CancellationToken cancellationToken)
    {
        _reads.Add(sourceArn);
        _token = cancellationToken;
        return _answer();
    }

    private async Task<MappingSet> Hang()
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, _time, _token);
        throw new InvalidOperationException("It goes on for ever.");
    }

    private MappingCache Cache(int seconds = 60) => new(this, TimeSpan.FromSeconds(seconds), _time);

    private MappingsUnavailableException Fail()
    {
        var error = new MappingsUnavailableException("fanoutTargets", "a", new HttpRequestException("no route"));
        _answer = () => Task.FromException<MappingSet>(error);
        return error;
    }

    private sealed class BackwardClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
