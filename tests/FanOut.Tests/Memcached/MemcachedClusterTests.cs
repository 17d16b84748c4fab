using System.Text;
using FanOut.Engine.Memcached;
using FanOut.Engine.Targets;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Memcached;

public sealed class MemcachedClusterTests
{
    private static readonly byte[] NoCluster = "ERROR\r\n"u8.ToArray();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_share_a_connection_and_entries_keep_their_order()
    {
        List<string> lines = [];
        await using TcpResponder server = new((stream, _) => ServeAsync(stream, request =>
        {
            lines.Add($"{request.Line} {Encoding.UTF8.GetString(request.Value)}");
            return request.Verb == "set" ? "STORED\r\n" : "NOT_FOUND\r\n";
        }));
        await using MemcachedCluster cluster = Cluster(server);

        Assert.Empty(await cluster.SendAsync(new[] { Entry.Set("a", "1"), Entry.Set("b", ""), Entry.Delete("a") }, Cancellation));
        Assert.Empty(await cluster.SendAsync(new[] { Entry.Set("a", "2") }, Cancellation));
        Assert.Empty(await cluster.SendAsync(default, Cancellation));

        Assert.Equal(["set a 0 0 1 1", "set b 0 0 0 ", "delete a ", "set a 0 0 1 2"], lines);
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData(8 * 1024)]
    [InlineData((8 * 1024) + 1)]
    [InlineData(3_000_000)]
    public async Task Values_of_every_size_arrive_whole(int length)
    {
        byte[] value = new byte[length];
        new Random(length).NextBytes(value);
        List<byte[]> values = [];
        await using TcpResponder server = new((stream, _) => ServeAsync(stream, request =>
        {
            values.Add(request.Value);
            return "STORED\r\n";
        }));
        await using MemcachedCluster cluster = Cluster(server);
        CacheEntry large = new("k"u8.ToArray(), value, false);

        Assert.Empty(await cluster.SendAsync(new[] { Entry.Set("a", "1"), large, large, Entry.Set("b", "2") }, Cancellation));

        Assert.Equal(["1"u8.ToArray(), value, value, "2"u8.ToArray()], values);
    }

    [Fact]
    public async Task Answers_that_come_byte_by_byte_are_answers()
    {
        await using TcpResponder server = new(async (stream, _) =>
        {
            await TextRequest.ReadAsync(stream);
            await stream.WriteAsync(NoCluster);
            for (int i = 0; i < 3; i++)
            {
                await TextRequest.ReadAsync(stream);
                foreach (byte part in "STORED\r\n"u8.ToArray())
                {
                    await stream.WriteAsync(new[] { part });
                }
            }
        });
        await using MemcachedCluster cluster = Cluster(server);

        Assert.Empty(await cluster.SendAsync(new[] { Entry.Set("a"), Entry.Set("b"), Entry.Set("c") }, Cancellation));
    }

    // More in both directions than the kernel keeps: a client that read only after its last write would wait forever.
    [Fact]
    public async Task Long_values_and_long_answers_do_not_wait_for_each_other()
    {
        string full = $"SERVER_ERROR out of memory {new string('x', 1900)}\r\n";
        await using TcpResponder server = new((stream, _) => ServeAsync(stream, _ => full));
        await using MemcachedCluster cluster = Cluster(server);
        string value = new('v', 2000);
        CacheEntry[] entries = [.. Enumerable.Range(0, 10_000).Select(i => Entry.Set($"{i}", value))];

        IReadOnlyList<CacheFailure> failures = await cluster.SendAsync(entries, Cancellation);

        Assert.Equal(Enumerable.Range(0, 10_000), failures.Select(failure => failure.Index));
    }

    [Fact]
    public async Task A_value_too_large_is_rejected_and_the_connection_goes_on()
    {
        await using TcpResponder server = new((stream, _) =>
            ServeAsync(stream, request => request.Value.Length > 2 ? "SERVER_ERROR object too large for cache\r\n" : "STORED\r\n"));
        await using MemcachedCluster cluster = Cluster(server);

        CacheFailure failure = Assert.Single(await cluster.SendAsync(new[] { Entry.Set("a"), Entry.Set("b", "long"), Entry.Set("c") }, Cancellation));

        Assert.Equal(new(1, false, "SERVER_ERROR", "SERVER_ERROR object too large for cache"), failure);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task After_a_client_error_the_rest_goes_over_a_new_connection()
    {
        List<string> keys = [];
        await using TcpResponder server = new((stream, _) => ServeAsync(stream, request =>
        {
            keys.Add(request.Key);
            return request.Key == "bad" ? "CLIENT_ERROR bad data chunk\r\nERROR\r\n" : "STORED\r\n";
        }));
        await using MemcachedCluster cluster = Cluster(server);

        CacheFailure failure = Assert.Single(await cluster.SendAsync(new[] { Entry.Set("a"), Entry.Set("bad"), Entry.Set("c") }, Cancellation));

        Assert.Equal((1, false, "CLIENT_ERROR"), (failure.Index, failure.Retryable, failure.Code));
        Assert.Equal("c", keys[^1]);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_connection_that_the_server_closed_while_idle_is_made_anew()
    {
        await using TcpResponder server = new((stream, number) => ServeAsync(stream, _ => "STORED\r\n", most: number == 1 ? 2 : int.MaxValue));
        await using MemcachedCluster cluster = Cluster(server);

        Assert.Empty(await cluster.SendAsync(new[] { Entry.Set("a") }, Cancellation));
        Assert.Empty(await cluster.SendAsync(new[] { Entry.Set("b") }, Cancellation));

        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task What_was_answered_before_the_connection_broke_counts()
    {
        await using TcpResponder server = new((stream, _) => ServeAsync(stream, _ => "STORED\r\n", most: 3));
        await using MemcachedCluster cluster = Cluster(server);

        IReadOnlyList<CacheFailure> failures = await cluster.SendAsync(new[] { Entry.Set("a"), Entry.Set("b"), Entry.Set("c"), Entry.Set("d") }, Cancellation);

        Assert.Equal([(2, true, "NoAnswer"), (3, true, "NoAnswer")], failures.Select(failure => (failure.Index, failure.Retryable, failure.Code)));
        Assert.All(failures, failure => Assert.Contains("after 2 of 4 answers", failure.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_closes_every_connection_is_unavailable()
    {
        await using TcpResponder server = new((stream, number) => ServeAsync(stream, _ => "STORED\r\n", most: number == 1 ? 1 : 0));
        await using MemcachedCluster cluster = Cluster(server);

        CacheUnavailableException failure = await Assert.ThrowsAsync<CacheUnavailableException>(
            () => cluster.SendAsync(new[] { Entry.Set("a") }, Cancellation).AsTask());
        Assert.Contains($"127.0.0.1:{server.Port}", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n")]
    [InlineData("DELETED\r\n")]
    [InlineData("\0\0\0\0\n")]
    public async Task Garbage_is_told_as_such(string garbage)
    {
        await using TcpResponder server = new((stream, _) => ServeAsync(stream, _ => garbage));
        await using MemcachedCluster cluster = Cluster(server);

        CacheUnavailableException failure = await Assert.ThrowsAsync<CacheUnavailableException>(
            () => cluster.SendAsync(new[] { Entry.Set("a") }, Cancellation).AsTask());
        Assert.Contains("as no Memcached server does", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_answers_than_commands_end_the_connection()
    {
        await using TcpResponder server = new((stream, number) => ServeAsync(stream, _ => number == 1 ? "STORED\r\nDELETED\r\n" : "STORED\r\n"));
        await using MemcachedCluster cluster = Cluster(server);

        Assert.Empty(await cluster.SendAsync(new[] { Entry.Set("a") }, Cancellation));
        Assert.Empty(await cluster.SendAsync(new[] { Entry.Set("b") }, Cancellation));

        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_server_that_wants_a_password_denies_access()
    {
        await using TcpResponder server = new((stream, _) => ServeAsync(stream, _ => "CLIENT_ERROR unauthenticated\r\n"));
        await using MemcachedCluster cluster = Cluster(server);

        await Assert.ThrowsAsync<CacheAccessDeniedException>(() => cluster.SendAsync(new[] { Entry.Set("a") }, Cancellation).AsTask());
    }

    [Fact]
    public async Task A_server_that_falls_silent_times_out()
    {
        FakeTimeProvider time = new();
        TaskCompletionSource wasRead = new();
        await using TcpResponder server = new(async (stream, _) =>
        {
            await TextRequest.ReadAsync(stream);
            await stream.WriteAsync(NoCluster);
            await TextRequest.ReadAsync(stream);
            wasRead.SetResult();
            await TextRequest.ReadAsync(stream);
        });
        await using MemcachedCluster cluster = Cluster(server, time);

        Task<IReadOnlyList<CacheFailure>> sending = cluster.SendAsync(new[] { Entry.Set("a") }, Cancellation).AsTask();
        await wasRead.Task;
        time.Advance(TimeSpan.FromSeconds(5));

        TimeoutException failure = await Assert.ThrowsAsync<TimeoutException>(() => sending);
        Assert.Contains("0 of 1 entries within 5 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_cancels_gets_the_connection_closed_and_the_next_call_a_new_one()
    {
        using CancellationTokenSource cancel = new();
        TaskCompletionSource wasRead = new();
        await using TcpResponder server = new((stream, number) => ServeAsync(stream, _ =>
        {
            wasRead.TrySetResult();
            return number == 1 ? "" : "STORED\r\n";
        }));
        await using MemcachedCluster cluster = Cluster(server);

        Task<IReadOnlyList<CacheFailure>> sending = cluster.SendAsync(new[] { Entry.Set("a") }, cancel.Token).AsTask();
        await wasRead.Task;
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Empty(await cluster.SendAsync(new[] { Entry.Set("a") }, Cancellation));
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task Calls_at_the_same_time_do_not_mix()
    {
        await using TcpResponder server = new((stream, _) =>
            ServeAsync(stream, request => request.Key.StartsWith("bad", StringComparison.Ordinal) ? "SERVER_ERROR out of memory\r\n" : "STORED\r\n"));
        await using MemcachedCluster cluster = Cluster(server);

        IReadOnlyList<CacheFailure>[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            cluster.SendAsync(new[] { Entry.Set($"good-{i}"), Entry.Set($"{(i % 2 == 0 ? "bad" : "good")}-x-{i}") }, Cancellation).AsTask()));

        Assert.All(answers, (failures, i) => Assert.Equal(i % 2 == 0 ? [1] : [], failures.Select(failure => failure.Index)));
        Assert.Equal(1, server.Connections);
    }

    private static MemcachedCluster Cluster(TcpResponder server, TimeProvider? time = null) =>
        new(new() { Host = "127.0.0.1", Port = server.Port }, time ?? TimeProvider.System);

    private static async Task ServeAsync(Stream stream, Func<TextRequest, string> answer, int most = int.MaxValue)
    {
        while (most-- > 0 && await TextRequest.ReadAsync(stream) is { } request)
        {
            await stream.WriteAsync(request.Verb == "config" ? NoCluster : Encoding.ASCII.GetBytes(answer(request)));
        }
    }
}
