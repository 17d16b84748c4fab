using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Memcached;
using FanOut.Engine.Redis;
using FanOut.Engine.Targets;

namespace FanOut.Tests.Hostile;

/// <summary>Caches that answer without end or hugely: the call ends, little was taken, and what is told of it is short.</summary>
public sealed class HostileCacheTests
{
    private const long MostTaken = 24 * 1024 * 1024;

    private static readonly Dictionary<string, Func<HostileAnswer, Task>> Answers = new()
    {
        ["a line"] = static a => a.SendForEverAsync("x"),
        ["lines"] = static a => a.SendForEverAsync("xxxx\r\n"),
        ["errors"] = static a => a.SendForEverAsync("-ERR no\r\n"),
        ["one error"] = static async a =>
        {
            await a.SendAsync("-ERR ");
            await a.SendForEverAsync("x");
        },
        ["a bulk"] = static async a =>
        {
            await a.SendAsync("$2000000000\r\n");
            await a.SendForEverAsync("x");
        },
        ["a bulk in chunks"] = static async a =>
        {
            await a.SendAsync("$?\r\n");
            await a.SendForEverAsync(";4\r\nxxxx\r\n");
        },
        ["an array"] = static async a =>
        {
            await a.SendAsync("*2000000000\r\n");
            await a.SendForEverAsync("+OK\r\n");
        },
        ["arrays in arrays"] = static a => a.SendForEverAsync("*1\r\n"),
        ["pushes"] = static a => a.SendForEverAsync(">2\r\n+x\r\n+y\r\n"),
        ["server errors"] = static a => a.SendForEverAsync("SERVER_ERROR no\r\n"),
        ["a cluster"] = static async a =>
        {
            await a.SendAsync("CONFIG cluster 0 2000000000\r\n1\n");
            await a.SendForEverAsync("host|127.0.0.1|11211 ");
        },
        ["a huge error"] = static async a => await a.SendAsync($"-ERR {new string('m', 7_000_000)}\r\n"),
        ["a huge server error"] = static async a => await a.SendAsync($"SERVER_ERROR {new string('m', 7_000_000)}\r\n"),
    };

    public static TheoryData<string> All => [.. Answers.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_call_to_redis_ends_by_itself_while_it_connects(string answer)
    {
        await using HostileHost host = HostileHost.Start(Answers[answer]);
        await using var cache = new RedisCache(new RedisOptions { Host = "127.0.0.1", Port = host.Port });

        await AssertHarmlessAsync(host, entries => cache.SendAsync(entries, TestContext.Current.CancellationToken).AsTask());

        // One per call: the library would connect again, and what it asks for might be denied and is tried otherwise, but only where the server has said so.
        Assert.InRange(host.Connections, 1, 3);
    }

    [Fact]
    public async Task A_server_that_floods_a_new_connection_is_told_as_that()
    {
        await using HostileHost host = HostileHost.Start(Answers["a bulk"]);
        await using var cache = new RedisCache(new RedisOptions { Host = "127.0.0.1", Port = host.Port });

        CacheUnavailableException fault = await Assert.ThrowsAsync<CacheUnavailableException>(
            () => cache.SendAsync(new[] { Entry.Set("a") }, TestContext.Current.CancellationToken).AsTask());

        Assert.Contains($"redis://127.0.0.1:{host.Port} sends more than 2097152 bytes", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_call_to_redis_ends_by_itself_once_it_is_connected(string answer)
    {
        await using HostileHost host = HostileHost.Start(async a =>
        {
            await Redis.RespServer.GreetAsync(a.Stream);
            await Answers[answer](a);
        });
        await using var cache = new RedisCache(new RedisOptions { Host = "127.0.0.1", Port = host.Port });

        await AssertHarmlessAsync(host, entries => cache.SendAsync(entries, TestContext.Current.CancellationToken).AsTask());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_call_to_memcached_ends_by_itself(string answer)
    {
        await using HostileHost host = HostileHost.Start(Answers[answer]);
        await using var cluster = new MemcachedCluster(new MemcachedOptions { Host = "127.0.0.1", Port = host.Port }, TimeProvider.System);

        await AssertHarmlessAsync(host, entries => cluster.SendAsync(entries, TestContext.Current.CancellationToken).AsTask());
    }

    // Whatever becomes of three calls: each ends, and what was not said to be taken is told as such.
    private static async Task AssertHarmlessAsync(HostileHost host, Func<CacheEntry[], Task<IReadOnlyList<CacheFailure>>> send)
    {
        for (int call = 0; call < 3; call++)
        {
            try
            {
                IReadOnlyList<CacheFailure> failures = await send([Entry.Set("a"), Entry.Set("b"), Entry.Delete("c")]);
                Assert.All(failures, static f => AssertShort(ItemFailure.Refused(f.Index, f.Code, f.Reason).Failure));
                Assert.NotEmpty(failures);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                AssertShort(Classify.Of(e));
            }
        }

        Assert.InRange(host.Sent, 0, 3 * MostTaken);
    }

    private static void AssertShort(Failure failure)
    {
        Assert.InRange(failure.Code.Length, 1, 200);
        Assert.InRange(failure.Reason.Length, 1, 2_500);
    }
}
