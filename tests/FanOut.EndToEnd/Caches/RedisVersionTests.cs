using System.Globalization;
using System.Text;
using CsCheck;
using FanOut.EndToEnd.Servers;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Redis;
using FanOut.Engine.Targets;
using StackExchange.Redis;

namespace FanOut.EndToEnd.Caches;

/// <summary>Changes that carry their time: whatever comes late, the server keeps the latest of each key.</summary>
public sealed class RedisVersionTests
{
    private const string Prefix = "fanout:changed:vm9:";
    private const long Time = 1_720_740_233_000_000;

    // Braces decide where a cluster keeps a key: whole tags, none, empty ones, halves, in any order.
    private static readonly string[] Odd = ["a", "{a}b", "x{a}", "{}a", "a}b{c", "a{b", "}{", "{{a}}", "{a}{b}", "a}b", "{\"id\":1}", "schlüssel 鍵\r\n", "a b", "{", "}"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_that_comes_late_in_another_call_changes_nothing()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using RedisCache cache = Cache(server);
        await using ConnectionMultiplexer reader = await ReadAsync(server);
        IDatabase database = reader.GetDatabase();

        Assert.Empty(await cache.SendAsync(new[] { Set("a", 5), Set("b", 5), Set("c", 1), Set("c", 2) }, Cancellation));
        Assert.Equal([0, 2], await SendAsync(cache, Set("a", 4), Set("b", 6), Delete("a", 3), Set("a", 5, "again")));
        Assert.Equal(["again", "6", "2"], await database.StringGetAsync(["a", "b", "c"]));

        // What was deleted does not come back, and what was never there neither.
        Assert.Empty(await cache.SendAsync(new[] { Delete("a", 8), Delete("never", 8) }, Cancellation));
        Assert.Equal([0, 1], await SendAsync(cache, Set("a", 7), Set("never", 7)));
        Assert.True((await database.StringGetAsync("a")).IsNull);
        Assert.True((await database.StringGetAsync("never")).IsNull);
        Assert.Empty(await cache.SendAsync(new[] { Set("a", 9) }, Cancellation));
        Assert.Equal("9", await database.StringGetAsync("a"));
    }

    [Fact]
    public async Task Readers_see_the_entry_as_ever_and_its_time_is_gone_after_a_day()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using RedisCache cache = Cache(server);
        await using ConnectionMultiplexer reader = await ReadAsync(server);
        IDatabase database = reader.GetDatabase();
        byte[] all = [.. Enumerable.Range(0, 256).Select(static code => (byte)code)];

        Assert.Empty(await cache.SendAsync(new[] { new CacheEntry(all, all, false) { Version = Time }, Set("empty", 1, ""), Delete("gone", 1) }, Cancellation));

        Assert.Equal(all, (byte[]?)await database.StringGetAsync(all));
        Assert.Equal("", await database.StringGetAsync("empty"));
        Assert.Null(await database.KeyTimeToLiveAsync("empty"));
        Assert.Equal($"{Time + 1}", await database.StringGetAsync(Prefix + "empty"));
        foreach (string key in new[] { "empty", "gone" })
        {
            Assert.InRange((await database.KeyTimeToLiveAsync(Prefix + key))!.Value, TimeSpan.FromHours(23), TimeSpan.FromHours(24));
        }

        // Then, or where a full server has evicted it, it is as it was without: what comes last stays.
        await database.KeyDeleteAsync(Prefix + "empty");
        Assert.Empty(await cache.SendAsync(new[] { Set("empty", 0) }, Cancellation));
        Assert.Equal("0", await database.StringGetAsync("empty"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task The_last_state_is_that_of_the_latest_change_whatever_two_writers_send_in_which_order(int nodes)
    {
        await using RedisCluster? cluster = nodes > 0 ? await RedisCluster.StartAsync(nodes, Cancellation) : null;
        await using RedisServer? single = nodes > 0 ? null : await RedisServer.StartAsync();
        IReadOnlyList<RedisServer> servers = cluster?.Nodes ?? [single!];
        await using RedisCache one = Cache(servers[0]), other = Cache(servers[^1]);
        await using ConnectionMultiplexer reader = await ReadAsync(servers[0]);
        IDatabase database = reader.GetDatabase();
        int round = 0;

        await Gen.Select(Gen.Int[1, Odd.Length], Gen.Int[1, 12], Gen.Int[0, 1_000_000]).SampleAsync(async (keys, changes, seed) =>
        {
            var random = new Random(seed);
            string mark = $"{Interlocked.Increment(ref round)}-";
            CacheEntry[] happened = [.. Enumerable.Range(0, keys).SelectMany(k => Enumerable.Range(1, changes)
                .Select(v => random.Next(4) == 0 ? Delete(Odd[k] + mark, v) : Set(Odd[k] + mark, v)))];

            await Task.WhenAll(SendAllAsync(one, happened, new Random(seed)), SendAllAsync(other, happened, new Random(seed + 1)), FlushAsync(servers, new Random(seed)));

            foreach (CacheEntry latest in happened.GroupBy(static e => Encoding.UTF8.GetString(e.Key.Span)).Select(static g => g.MaxBy(static e => e.Version)))
            {
                Assert.Equal(latest.Delete ? null : latest.Value.ToArray(), (byte[]?)await database.StringGetAsync(latest.Key.ToArray()));
            }
        }, iter: 60, threads: 1);
    }

    [Fact]
    public async Task Any_key_and_its_time_lie_on_the_same_server_of_a_cluster()
    {
        await using RedisCluster cluster = await RedisCluster.StartAsync(3, Cancellation);
        await using RedisCache cache = Cache(cluster.Nodes[0]);
        await using ConnectionMultiplexer reader = await ReadAsync(cluster.Nodes[0]);
        IDatabase database = reader.GetDatabase();

        await Gen.OneOf(Gen.Char["{}ab"], Gen.Char).Array[1, 12].SampleAsync(async letters =>
        {
            byte[] key = Encoding.UTF8.GetBytes(letters);
            Assert.Equal((int)await database.ExecuteAsync("CLUSTER", "KEYSLOT", key), (int)await database.ExecuteAsync("CLUSTER", "KEYSLOT", (byte[])[.. Encoding.ASCII.GetBytes(Prefix), .. key]));
            Assert.Empty(await cache.SendAsync(new[] { new CacheEntry(key, "v"u8.ToArray(), false) { Version = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() * 1_000 } }, Cancellation));
            Assert.True(await database.KeyExistsAsync((byte[])[.. Encoding.ASCII.GetBytes(Prefix), .. key]));
        }, iter: 500, threads: 1);
    }

    [Fact]
    public async Task A_server_that_was_started_anew_knows_no_script_and_gets_it()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using RedisCache cache = Cache(server);
        Assert.Empty(await cache.SendAsync(new[] { Set("a", 1), Set("a", 2) }, Cancellation));
        Assert.Equal("+OK", await server.AskAsync("SCRIPT FLUSH"));

        Assert.Equal([1], await SendAsync(cache, Set("b", 1), Set("a", 1), Set("a", 2, "x"), Set("a", 2, "y")));
        Assert.Equal([0], await SendAsync(cache, Set("a", 1)));

        await using ConnectionMultiplexer reader = await ReadAsync(server);
        Assert.Equal("y", await reader.GetDatabase().StringGetAsync("a"));

        // Once by its text, else by its hash.
        string calls = (string)(await reader.GetDatabase().ExecuteAsync("INFO", "commandstats"))!;
        Assert.Contains("cmdstat_eval:calls=6,", calls, StringComparison.Ordinal);
        Assert.Contains("cmdstat_evalsha:calls=7,", calls, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("~* +set +del +ping +get +evalsha +eval", null)]
    [InlineData("~orders:* ~fanout:changed:vm9:orders:* +set +del +ping +get +evalsha +eval", null)]
    [InlineData("~orders:* +set +del +ping +get +evalsha +eval", "access one of the keys")]
    [InlineData("~* +set +del +ping", "evalsha")]
    [InlineData("~* +set +del +ping +get +evalsha", "eval")]
    [InlineData("~* +set +del +ping +evalsha +eval", "executing the script")]
    [InlineData("~* +del +get +ping +evalsha +eval", "executing the script")]
    public async Task A_user_who_lacks_a_right_is_told_all_that_it_needs(string rights, string? expected)
    {
        await using RedisServer server = await RedisServer.StartAsync(["--user", "writer", "on", ">secret", .. rights.Split(' ')]);
        await using RedisCache cache = new(new() { Host = "127.0.0.1", Port = server.Port, User = "writer", Password = "secret" });
        CacheEntry[] entries = [Set("orders:1", 1), Delete("orders:2", 1), Set("orders:1", 2)];
        if (expected is null)
        {
            Assert.Empty(await cache.SendAsync(entries, Cancellation));
            return;
        }

        CacheAccessDeniedException denied = await Assert.ThrowsAsync<CacheAccessDeniedException>(() => cache.SendAsync(entries, Cancellation).AsTask());

        Assert.Contains(expected, denied.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"Allow EVALSHA, EVAL, GET, SET and DEL to the user, of these keys and of those that begin with {Prefix}", denied.Message, StringComparison.Ordinal);
        Assert.Equal(":0", await server.AskAsync("DBSIZE"));
    }

    [Theory]
    [InlineData("EVALSHA")]
    [InlineData("EVAL")]
    public async Task A_server_without_scripts_is_told_as_one_and_nothing_is_written(string missing)
    {
        await using RedisServer server = await RedisServer.StartAsync("--rename-command", missing, "");
        await using RedisCache cache = Cache(server);

        TargetFaultException fault = await Assert.ThrowsAsync<TargetFaultException>(() => cache.SendAsync(new[] { Set("a", 1), Delete("b", 1) }, Cancellation).AsTask());

        Failure failure = Classify.Of(fault);
        Assert.Equal((FailureClass.PermanentTarget, "NoScripts"), (failure.Class, failure.Code));
        Assert.Contains("unknown command", failure.Reason, StringComparison.Ordinal);
        Assert.Equal(":0", await server.AskAsync("DBSIZE"));
        Assert.Empty(await cache.SendAsync(new[] { Entry.Set("a", "1") }, Cancellation));
    }

    [Fact]
    public async Task A_full_server_refuses_for_another_attempt_and_takes_deletions()
    {
        await using RedisServer server = await RedisServer.StartAsync("--maxmemory-policy", "noeviction");
        await using RedisCache cache = Cache(server);
        Assert.Empty(await cache.SendAsync(new[] { Set("a", 1), Set("b", 1) }, Cancellation));
        await server.AskAsync("CONFIG SET maxmemory 1");

        CacheFailure failure = Assert.Single(await cache.SendAsync(new[] { Delete("b", 2), Set("a", 2) }, Cancellation));

        Assert.Equal((1, true, "OOM"), (failure.Index, failure.Retryable, failure.Code));
        await server.AskAsync("CONFIG SET maxmemory 0");
        Assert.Equal([0, 1], await SendAsync(cache, Set("b", 1), Set("a", 0)));
        Assert.Empty(await cache.SendAsync(new[] { Set("a", 2) }, Cancellation));
    }

    [Fact]
    public async Task A_replica_refuses_for_another_attempt()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using RedisCache cache = Cache(server);
        Assert.Empty(await cache.SendAsync(new[] { Set("a", 1) }, Cancellation));
        await server.AskAsync($"REPLICAOF 127.0.0.1 {FreePort.Pick()}");

        CacheFailure failure = Assert.Single(await cache.SendAsync(new[] { Set("a", 2) }, Cancellation));

        Assert.Equal((true, "READONLY"), (failure.Retryable, failure.Code));
        await server.AskAsync("REPLICAOF NO ONE");
        Assert.Empty(await cache.SendAsync(new[] { Set("a", 2) }, Cancellation));
    }

    [Fact]
    public async Task What_somebody_else_has_put_where_the_time_stands_is_no_time()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using RedisCache cache = Cache(server);
        await server.AskAsync($"SET {Prefix}a nonsense");
        await server.AskAsync($"LPUSH {Prefix}b 1");

        CacheFailure failure = Assert.Single(await cache.SendAsync(new[] { Set("a", 1), Set("b", 1) }, Cancellation));

        Assert.Equal((1, false, "WRONGTYPE"), (failure.Index, failure.Retryable, failure.Code));
        Assert.Equal([0], await SendAsync(cache, Set("a", 0)));
    }

    // Each entry is sent, some twice, in calls of any size.
    private static async Task SendAllAsync(RedisCache cache, CacheEntry[] happened, Random random)
    {
        CacheEntry[] sent = [.. happened, .. happened.Where(_ => random.Next(3) == 0)];
        random.Shuffle(sent);
        for (int start = 0, length; start < sent.Length; start += length)
        {
            length = random.Next(1, sent.Length - start + 1);
            await SendAsync(cache, sent[start..(start + length)]);
        }
    }

    private static async Task FlushAsync(IReadOnlyList<RedisServer> servers, Random random)
    {
        for (int i = random.Next(4); i > 0; i--)
        {
            Assert.Equal("+OK", await servers[random.Next(servers.Count)].AskAsync("SCRIPT FLUSH"));
        }
    }

    // All are taken but those that come too late, which it returns.
    private static async Task<IEnumerable<int>> SendAsync(RedisCache cache, params CacheEntry[] entries)
    {
        IReadOnlyList<CacheFailure> failures = await cache.SendAsync(entries, Cancellation);
        Assert.All(failures, static f => Assert.True(f.IsLate, f.Reason));
        return failures.Select(static f => f.Index);
    }

    private static CacheEntry Set(string key, int time, string? value = null) => Entry.Set(key, value ?? time.ToString(CultureInfo.InvariantCulture)) with { Version = Time + time };

    private static CacheEntry Delete(string key, int time) => Entry.Delete(key) with { Version = Time + time };

    private static RedisCache Cache(RedisServer server) => new(new() { Host = "127.0.0.1", Port = server.Port });

    private static async Task<ConnectionMultiplexer> ReadAsync(RedisServer server) => await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port},allowAdmin=true");
}
