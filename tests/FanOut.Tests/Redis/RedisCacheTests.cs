using FanOut.Engine.Redis;
using FanOut.Engine.Targets;

namespace FanOut.Tests.Redis;

public sealed class RedisCacheTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_entry_gets_its_own_answer()
    {
        await using RespServer server = new(words => words[1] switch
        {
            "full" => "-OOM command not allowed when used memory > 'maxmemory'.\r\n",
            "bad" => "-ERR string exceeds maximum allowed size\r\n",
            _ => words[0] == "SET" ? "+OK\r\n" : ":0\r\n",
        });
        await using RedisCache cache = Cache(server);

        IReadOnlyList<CacheFailure> failures = await cache.SendAsync(
            new[] { Entry.Set("a"), Entry.Set("bad"), Entry.Delete("b"), Entry.Set("full"), Entry.Set("c") }, Cancellation);

        Assert.Equal([(1, false, "ERR"), (3, true, "OOM")], failures.Select(failure => (failure.Index, failure.Retryable, failure.Code)));
        Assert.Empty(await cache.SendAsync(default, Cancellation));
    }

    [Fact]
    public async Task All_entries_are_written_before_the_first_answer()
    {
        int read = 0;
        await using RespServer server = new(_ => ++read == 500 ? string.Concat(Enumerable.Repeat("+OK\r\n", 500)) : "");
        await using RedisCache cache = Cache(server);

        Assert.Empty(await cache.SendAsync(Enumerable.Range(0, 500).Select(i => Entry.Set($"key-{i}")).ToArray(), Cancellation));
    }

    // The library makes of each of them another error: that no connection can be made, or a text of its own without the server's code.
    [Theory]
    [InlineData("MOVED 3999 127.0.0.1:1", "MOVED")]
    [InlineData("MOVED 3999 ?:7000", "MOVED")]
    [InlineData("MOVED nonsense", "MOVED")]
    [InlineData("ERR MOVED 3999 127.0.0.1:1", "MOVED")]
    [InlineData("ERR ASK 3999 127.0.0.1:1", "ASK")]
    public async Task A_redirection_that_leads_nowhere_is_told_as_one(string answer, string code)
    {
        await using RespServer server = new(_ => $"-{answer}\r\n");
        await using RedisCache cache = Cache(server);

        IReadOnlyList<CacheFailure> failures = await cache.SendAsync(new[] { Entry.Set("a") }, Cancellation);

        CacheFailure failure = Assert.Single(failures);
        Assert.Equal((true, code), (failure.Retryable, failure.Code));
        Assert.Contains($"redis://127.0.0.1:{server.Port} redirects the entry to another server", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_write_that_a_later_one_stands_for_is_not_reported()
    {
        int writes = 0;
        await using RespServer server = new(_ => ++writes == 1 ? "-TRYAGAIN\r\n" : "+OK\r\n");
        await using RedisCache cache = Cache(server);

        Assert.Empty(await cache.SendAsync(new[] { Entry.Set("a", "1"), Entry.Set("a", "2") }, Cancellation));
    }

    [Fact]
    public async Task A_user_who_may_write_only_some_keys_has_written_these()
    {
        await using RespServer server = new(words => words[1] == "theirs" ? "-NOPERM No permissions to access a key\r\n" : "+OK\r\n");
        await using RedisCache cache = Cache(server);

        IReadOnlyList<CacheFailure> failures = await cache.SendAsync(new[] { Entry.Set("ours"), Entry.Set("theirs"), Entry.Set("ours too") }, Cancellation);

        Assert.Equal([(1, false, "NOPERM")], failures.Select(static f => (f.Index, f.Retryable, f.Code)));
        await Assert.ThrowsAsync<CacheAccessDeniedException>(() => cache.SendAsync(new[] { Entry.Set("theirs") }, Cancellation).AsTask());
    }

    [Fact]
    public async Task What_was_answered_before_the_connection_broke_counts()
    {
        int writes = 0;
        await using RespServer server = new(_ => ++writes <= 2 ? "+OK\r\n" : null);
        await using RedisCache cache = Cache(server);

        IReadOnlyList<CacheFailure> failures = await cache.SendAsync(
            new[] { Entry.Set("a"), Entry.Set("b"), Entry.Set("secret key"), Entry.Set("d") }, Cancellation);

        Assert.Equal([(2, true, "NoAnswer"), (3, true, "NoAnswer")], failures.Select(failure => (failure.Index, failure.Retryable, failure.Code)));
        Assert.All(failures, failure => Assert.DoesNotContain("secret key", failure.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_connection_that_breaks_without_an_answer_is_told_and_mended()
    {
        int writes = 0;
        await using RespServer server = new(_ => ++writes == 1 ? null : "+OK\r\n");
        await using RedisCache cache = Cache(server);

        CacheUnavailableException failure = await Assert.ThrowsAsync<CacheUnavailableException>(
            () => cache.SendAsync(new[] { Entry.Set("secret key") }, Cancellation).AsTask());

        Assert.Contains($"redis://127.0.0.1:{server.Port} broke", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret key", failure.ToString(), StringComparison.Ordinal);
        Assert.Empty(await cache.SendAsync(new[] { Entry.Set("a") }, Cancellation));
    }

    [Theory]
    [InlineData("$-7\r\nnonsense\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n")]
    public async Task Garbage_is_no_answer(string garbage)
    {
        await using RespServer server = new(_ => garbage);
        await using RedisCache cache = Cache(server);

        await Assert.ThrowsAsync<CacheUnavailableException>(() => cache.SendAsync(new[] { Entry.Set("a") }, Cancellation).AsTask());
    }

    [Fact]
    public async Task A_server_that_falls_silent_times_out()
    {
        await using RespServer server = new(_ => "");
        await using RedisCache cache = new(new() { Host = "127.0.0.1", Port = server.Port, OperationTimeout = TimeSpan.FromMilliseconds(100) });

        TimeoutException failure = await Assert.ThrowsAsync<TimeoutException>(
            () => cache.SendAsync(new[] { Entry.Set("secret key") }, Cancellation).AsTask());

        Assert.Contains("did not answer within 0.1 s", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret key", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_cancels_gets_control_back_and_the_next_call_a_new_connection()
    {
        using CancellationTokenSource cancel = new();
        TaskCompletionSource wasRead = new();
        await using RespServer server = new(words =>
        {
            wasRead.TrySetResult();
            return words[1] == "silent" ? "" : "+OK\r\n";
        });
        await using RedisCache cache = Cache(server);

        Task<IReadOnlyList<CacheFailure>> sending = cache.SendAsync(new[] { Entry.Set("silent") }, cancel.Token).AsTask();
        await wasRead.Task;
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Empty(await cache.SendAsync(new[] { Entry.Set("a") }, Cancellation));
    }

    [Fact]
    public async Task Calls_at_the_same_time_share_one_connection()
    {
        await using RespServer server = new(_ => "+OK\r\n");
        await using RedisCache cache = Cache(server);

        IReadOnlyList<CacheFailure>[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            cache.SendAsync(new[] { Entry.Set($"a-{i}"), Entry.Set($"b-{i}") }, Cancellation).AsTask()));

        Assert.All(answers, Assert.Empty);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task What_is_no_Redis_server_is_unavailable()
    {
        await using TcpResponder server = new(async (stream, _) => await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray()));
        await using RedisCache cache = new(new() { Host = "127.0.0.1", Port = server.Port, ConnectTimeout = TimeSpan.FromSeconds(1) });

        CacheUnavailableException failure = await Assert.ThrowsAsync<CacheUnavailableException>(
            () => cache.SendAsync(new[] { Entry.Set("a") }, Cancellation).AsTask());
        Assert.Contains($"redis://127.0.0.1:{server.Port} cannot be reached", failure.Message, StringComparison.Ordinal);
    }

    private static RedisCache Cache(RespServer server) => new(new() { Host = "127.0.0.1", Port = server.Port });
}
