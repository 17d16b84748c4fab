using FanOut.EndToEnd.Servers;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Redis;
using FanOut.Engine.Targets;
using StackExchange.Redis;

namespace FanOut.EndToEnd.Caches;

public sealed class RedisCacheTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Values_are_set_and_keys_deleted_in_order()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using RedisCache cache = new(new() { Host = "127.0.0.1", Port = server.Port });

        IReadOnlyList<CacheFailure> failures = await cache.SendAsync(
            new[]
            {
                Entry.Set("a", "1"), Entry.Set("b", "1"), Entry.Delete("a"), Entry.Set("b", "2"), Entry.Delete("never there"),
                Entry.Set("schlüssel 鍵\r\n", "multi"),
            },
            Cancellation);

        Assert.Empty(failures);
        await using ConnectionMultiplexer reader = await ReadAsync(server);
        IDatabase database = reader.GetDatabase();
        Assert.True((await database.StringGetAsync("a")).IsNull);
        Assert.Equal("2", await database.StringGetAsync("b"));
        Assert.Equal("multi", await database.StringGetAsync("schlüssel 鍵\r\n"));
    }

    [Fact]
    public async Task Every_byte_and_a_large_value_arrive_as_they_are()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using RedisCache cache = new(new() { Host = "127.0.0.1", Port = server.Port });
        byte[] all = [.. Enumerable.Range(0, 256).Select(code => (byte)code)];
        byte[] large = new byte[6 * 1024 * 1024];
        new Random(7).NextBytes(large);

        Assert.Empty(await cache.SendAsync(
            new[] { new CacheEntry(all, all, false), Entry.Set("large", large), Entry.Set("empty", "") }, Cancellation));

        await using ConnectionMultiplexer reader = await ReadAsync(server);
        IDatabase database = reader.GetDatabase();
        Assert.Equal(all, (byte[]?)await database.StringGetAsync(all));
        Assert.Equal(large, (byte[]?)await database.StringGetAsync("large"));
        Assert.Equal("", await database.StringGetAsync("empty"));
    }

    [Fact]
    public async Task Ten_thousand_entries_go_over_one_connection_named_fanout()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using RedisCache cache = new(new() { Host = "127.0.0.1", Port = server.Port });
        CacheEntry[] entries = [.. Enumerable.Range(0, 10_000).Select(i => Entry.Set($"key-{i % 1000}", $"{i}"))];

        Assert.Empty(await cache.SendAsync(entries, Cancellation));
        Assert.Empty(await cache.SendAsync(entries, Cancellation));

        await using ConnectionMultiplexer reader = await ReadAsync(server);
        IDatabase database = reader.GetDatabase();
        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal($"{9000 + i}", await database.StringGetAsync($"key-{i}"));
        }

        string clients = (string)(await database.ExecuteAsync("CLIENT", "LIST"))!;
        Assert.Single(clients.Split('\n'), line => line.Contains("name=fanout ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_database_is_the_one_asked_for()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using RedisCache cache = new(new() { Host = "127.0.0.1", Port = server.Port, Database = 3 });

        Assert.Empty(await cache.SendAsync(new[] { Entry.Set("a", "1") }, Cancellation));

        await using ConnectionMultiplexer reader = await ReadAsync(server);
        IDatabase database = reader.GetDatabase();
        Assert.Equal("1", await reader.GetDatabase(3).StringGetAsync("a"));
        Assert.True((await database.StringGetAsync("a")).IsNull);
    }

    [Fact]
    public async Task Tls_with_user_and_password_works_and_a_certificate_of_nobody_is_refused()
    {
        using ServerCertificate certificate = new();
        await using RedisServer server = await RedisServer.StartWithTlsAsync(
            certificate, "--user", "writer", "on", ">correct horse", "~*", "+@all", "--user", "default", "off");
        RedisOptions options = new()
        {
            Host = "localhost", Port = server.Port, Tls = true, User = "writer", Password = "correct horse", CertificateValidation = certificate.Trust,
        };
        await using RedisCache cache = new(options);
        await using RedisCache distrustful = new(new() { Host = "localhost", Port = server.Port, Tls = true, Password = "correct horse" });

        Assert.Empty(await cache.SendAsync(new[] { Entry.Set("a", "1"), Entry.Delete("b") }, Cancellation));

        CacheUnavailableException refused = await Assert.ThrowsAsync<CacheUnavailableException>(
            () => distrustful.SendAsync(new[] { Entry.Set("a", "1") }, Cancellation).AsTask());
        Assert.Contains("TLS handshake", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("correct horse", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "wrong horse")]
    [InlineData("nobody", "correct horse")]
    [InlineData(null, null)]
    public async Task A_wrong_user_or_password_is_access_denied_and_never_shown(string? user, string? password)
    {
        await using RedisServer server = await RedisServer.StartAsync("--requirepass", "correct horse");
        await using RedisCache cache = new(new() { Host = "127.0.0.1", Port = server.Port, User = user, Password = password });

        CacheAccessDeniedException denied = await Assert.ThrowsAsync<CacheAccessDeniedException>(
            () => cache.SendAsync(new[] { Entry.Set("a", "1") }, Cancellation).AsTask());

        Assert.Contains($"{server.Port}", denied.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("horse", denied.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+@connection +set +del +info +cluster|nodes +cluster|slots")]
    [InlineData("+@connection +set +del")]
    [InlineData("+ping +set +del")]
    [InlineData("+echo +set +del")]
    [InlineData("-@all +@read +@write")]
    [InlineData("+set +del")]
    public async Task A_user_who_may_only_set_and_delete_suffices(string rights)
    {
        await using RedisServer server = await RedisServer.StartAsync(["--user", "writer", "on", ">secret", "~*", .. rights.Split(' ')]);
        await using RedisCache cache = new(new() { Host = "127.0.0.1", Port = server.Port, User = "writer", Password = "secret" });

        Assert.Empty(await cache.SendAsync(new[] { Entry.Set("a", "1"), Entry.Set("b", "2"), Entry.Delete("b") }, Cancellation));

        Assert.Equal(":1", await server.AskAsync("DBSIZE"));
    }

    [Theory]
    [InlineData("~* +get", "run the 'del' command")]
    [InlineData("~orders:* +set +del", "access one of the keys")]
    public async Task A_user_who_may_run_nothing_that_shows_whether_a_connection_works_is_told_what_to_allow(string rights, string expected)
    {
        await using RedisServer server = await RedisServer.StartAsync(["--user", "writer", "on", ">secret", .. rights.Split(' ')]);
        await using RedisCache cache = new(new() { Host = "127.0.0.1", Port = server.Port, User = "writer", Password = "secret" });

        CacheAccessDeniedException denied = await Assert.ThrowsAsync<CacheAccessDeniedException>(() => cache.SendAsync(new[] { Entry.Set("a", "1") }, Cancellation).AsTask());

        Assert.Contains(expected, denied.Message, StringComparison.Ordinal);
        Assert.Contains("Allow PING to the user", denied.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", denied.ToString(), StringComparison.Ordinal);
    }

    // The library changes the database without looking at the answer: all entries went to database 0 and counted as taken.
    [Theory]
    [InlineData("+@all", 99, "NoSuchDatabase")]
    [InlineData("+ping +set +del", 2, "Allow SELECT to the user")]
    public async Task Nothing_goes_to_another_database_than_the_one_asked_for(string rights, int database, string expected)
    {
        await using RedisServer server = await RedisServer.StartAsync(["--user", "writer", "on", ">secret", "~*", .. rights.Split(' ')]);
        await using RedisCache cache = new(new() { Host = "127.0.0.1", Port = server.Port, User = "writer", Password = "secret", Database = database });

        Exception fault = await Assert.ThrowsAnyAsync<Exception>(() => cache.SendAsync(new[] { Entry.Set("a", "1") }, Cancellation).AsTask());

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Equal(FailureClass.PermanentTarget, Classify.Of(fault).Class);
        Assert.Equal(":0", await server.AskAsync("DBSIZE"));
    }

    [Theory]
    [InlineData("+set +del +cluster|nodes", 0, null)]
    [InlineData("+@connection +set +del", 0, "Allow it to the user: +cluster|nodes")]
    [InlineData("+set +del", 0, "Allow it to the user: +cluster|nodes")]
    [InlineData("+@all", 3, "it is a cluster, which has only database 0")]
    public async Task A_cluster_needs_the_right_to_see_its_servers_and_has_one_database(string rights, int database, string? expected)
    {
        await using RedisCluster cluster = await RedisCluster.StartAsync(Cancellation);
        foreach (RedisServer node in cluster.Nodes)
        {
            Assert.Equal("+OK", await node.AskAsync($"ACL SETUSER writer on >secret ~* {rights}"));
        }

        await using RedisCache cache = new(new() { Host = "127.0.0.1", Port = cluster.Nodes[0].Port, User = "writer", Password = "secret", Database = database });
        CacheEntry[] entries = [.. Enumerable.Range(0, 50).Select(i => Entry.Set($"key-{i}", $"{i}"))];
        if (expected is null)
        {
            Assert.Empty(await cache.SendAsync(entries, Cancellation));
            return;
        }

        Exception fault = await Assert.ThrowsAnyAsync<Exception>(() => cache.SendAsync(entries, Cancellation).AsTask());
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Equal(FailureClass.PermanentTarget, Classify.Of(fault).Class);
    }

    [Fact]
    public async Task A_user_who_may_not_set_is_access_denied()
    {
        await using RedisServer server = await RedisServer.StartAsync("--user", "reader", "on", ">secret", "~*", "+@all", "-set");
        await using RedisCache cache = new(new() { Host = "127.0.0.1", Port = server.Port, User = "reader", Password = "secret" });

        await Assert.ThrowsAsync<CacheAccessDeniedException>(() => cache.SendAsync(new[] { Entry.Set("a", "1") }, Cancellation).AsTask());
    }

    [Fact]
    public async Task A_full_server_refuses_for_another_attempt()
    {
        await using RedisServer server = await RedisServer.StartAsync("--maxmemory", "1mb", "--maxmemory-policy", "noeviction");
        await using RedisCache cache = new(new() { Host = "127.0.0.1", Port = server.Port });

        CacheFailure failure = Assert.Single(await cache.SendAsync(new[] { Entry.Delete("b"), Entry.Set("a", new byte[2_000_000]) }, Cancellation));

        Assert.Equal((1, true, "OOM"), (failure.Index, failure.Retryable, failure.Code));
    }

    [Fact]
    public async Task A_replica_refuses_for_another_attempt_and_the_connection_is_made_anew()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using RedisCache cache = new(new() { Host = "127.0.0.1", Port = server.Port });
        Assert.Empty(await cache.SendAsync(new[] { Entry.Set("a", "1") }, Cancellation));
        await server.AskAsync($"REPLICAOF 127.0.0.1 {FreePort.Pick()}");

        CacheFailure failure = Assert.Single(await cache.SendAsync(new[] { Entry.Set("a", "2") }, Cancellation));
        Assert.Equal((true, "READONLY"), (failure.Retryable, failure.Code));

        await server.AskAsync("REPLICAOF NO ONE");
        Assert.Empty(await cache.SendAsync(new[] { Entry.Set("a", "3") }, Cancellation));
        await using ConnectionMultiplexer reader = await ReadAsync(server);
        Assert.Equal("3", await reader.GetDatabase().StringGetAsync("a"));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unavailable_until_it_is_started()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using RedisCache cache = new(new() { Host = "127.0.0.1", Port = server.Port, ConnectTimeout = TimeSpan.FromSeconds(1) });
        await server.StopAsync();

        CacheUnavailableException failure = await Assert.ThrowsAsync<CacheUnavailableException>(
            () => cache.SendAsync(new[] { Entry.Set("a", "1") }, Cancellation).AsTask());
        Assert.Contains($"redis://127.0.0.1:{server.Port} cannot be reached", failure.Message, StringComparison.Ordinal);

        await server.StartAgainAsync();
        Assert.Empty(await cache.SendAsync(new[] { Entry.Set("a", "1") }, Cancellation));
    }

    [Fact]
    public async Task A_server_that_was_killed_and_restarted_is_found_again()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using RedisCache cache = new(new() { Host = "127.0.0.1", Port = server.Port });
        Assert.Empty(await cache.SendAsync(new[] { Entry.Set("a", "1") }, Cancellation));

        await server.StopAsync();
        await server.StartAgainAsync();
        await UntilTakenAsync(cache, Entry.Set("a", "2"));

        await using ConnectionMultiplexer reader = await ReadAsync(server);
        Assert.Equal("2", await reader.GetDatabase().StringGetAsync("a"));
    }

    [Fact]
    public async Task A_cluster_is_known_by_one_of_its_servers_and_each_takes_its_slots()
    {
        await using RedisCluster cluster = await RedisCluster.StartAsync(Cancellation);
        await using RedisCache cache = new(new() { Host = "127.0.0.1", Port = cluster.Nodes[0].Port });
        CacheEntry[] entries = [.. Enumerable.Range(0, 3000).Select(i => i % 10 == 9 ? Entry.Delete($"key-{i - 1}") : Entry.Set($"key-{i}", $"{i}"))];

        Assert.Empty(await cache.SendAsync(entries, Cancellation));

        List<long> sizes = [];
        foreach (RedisServer node in cluster.Nodes)
        {
            sizes.Add(long.Parse((await node.AskAsync("DBSIZE"))[1..], null));
        }

        Assert.Equal(2400, sizes.Sum());
        Assert.All(sizes, size => Assert.InRange(size, 600, 1000));
        await using ConnectionMultiplexer reader = await ReadAsync(cluster.Nodes[1]);
        IDatabase database = reader.GetDatabase();
        Assert.Equal("7", await database.StringGetAsync("key-7"));
        Assert.True((await database.StringGetAsync("key-8")).IsNull);
    }

    [Fact]
    public async Task Of_a_cluster_with_a_dead_server_the_others_take_theirs_and_the_restarted_one_is_found_again()
    {
        await using RedisCluster cluster = await RedisCluster.StartAsync(Cancellation);
        await using RedisCache cache = new(
            new() { Host = "127.0.0.1", Port = cluster.Nodes[0].Port, OperationTimeout = TimeSpan.FromSeconds(1) });
        CacheEntry[] entries = [.. Enumerable.Range(0, 300).Select(i => Entry.Set($"key-{i}", $"{i}"))];
        Assert.Empty(await cache.SendAsync(entries, Cancellation));
        long ofTwo = long.Parse((await cluster.Nodes[1].AskAsync("DBSIZE"))[1..], null);

        await cluster.Nodes[1].StopAsync();
        IReadOnlyList<CacheFailure> failures = await cache.SendAsync(entries, Cancellation);
        Assert.Equal(ofTwo, failures.Count);
        Assert.All(failures, failure => Assert.True(failure.Retryable, failure.Reason));

        await cluster.Nodes[1].StartAgainAsync();
        foreach (CacheFailure failure in failures)
        {
            await UntilTakenAsync(cache, entries[failure.Index]);
        }

        Assert.Equal($":{ofTwo}", await cluster.Nodes[1].AskAsync("DBSIZE"));
    }

    private static async Task<ConnectionMultiplexer> ReadAsync(RedisServer server) =>
        await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port},allowAdmin=true");

    // Delivery's part: what failed for want of a connection is sent again.
    private static async Task UntilTakenAsync(RedisCache cache, CacheEntry entry)
    {
        for (; ; )
        {
            try
            {
                if ((await cache.SendAsync(new[] { entry }, Cancellation)).Count == 0)
                {
                    return;
                }
            }
            catch (Exception exception) when (exception is CacheUnavailableException or TimeoutException)
            {
                await Task.Yield();
            }
        }
    }
}
