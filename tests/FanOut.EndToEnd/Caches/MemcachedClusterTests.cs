using System.Security.Cryptography;
using System.Text;
using FanOut.EndToEnd.Servers;
using FanOut.Engine.Memcached;
using FanOut.Engine.Targets;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.EndToEnd.Caches;

public sealed class MemcachedClusterTests
{
    private const int ItemLimit = 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Values_are_set_and_keys_deleted_in_order_over_one_connection()
    {
        await using MemcachedServer server = await MemcachedServer.StartAsync();
        await using MemcachedCluster cluster = Connect(server.Port);
        long before = await server.StatisticAsync("total_connections");

        for (int i = 0; i < 3; i++)
        {
            Assert.Empty(await cluster.SendAsync(
                new[]
                {
                    Entry.Set("a", "1"), Entry.Set("b", "1"), Entry.Delete("a"), Entry.Set("b", $"{i}"), Entry.Delete("never-there"), Entry.Set("empty", ""),
                },
                Cancellation));
        }

        // One of the two is this question's own.
        Assert.Equal(before + 2, await server.StatisticAsync("total_connections"));
        Assert.Null(await server.GetAsync("a"));
        Assert.Equal("2"u8.ToArray(), await server.GetAsync("b"));
        Assert.Equal(Array.Empty<byte>(), await server.GetAsync("empty"));
    }

    [Fact]
    public async Task Every_byte_and_a_multi_byte_key_arrive_as_they_are()
    {
        await using MemcachedServer server = await MemcachedServer.StartAsync();
        await using MemcachedCluster cluster = Connect(server.Port);
        byte[] all = [.. Enumerable.Range(0, 256).Select(code => (byte)code), .. "\r\nEND\r\nSTORED\r\n"u8];
        string longest = new string('é', 125);

        Assert.Empty(await cluster.SendAsync(new[] { Entry.Set("schlüssel|鍵", all), Entry.Set(longest, "2") }, Cancellation));

        Assert.Equal(all, await server.GetAsync("schlüssel|鍵"));
        Assert.Equal("2"u8.ToArray(), await server.GetAsync(longest));
    }

    [Fact]
    public async Task A_key_that_is_a_command_is_only_a_key()
    {
        string key = "evil 0 0 1\r\nx\r\nflush_all\r\n";
        await using MemcachedServer server = await MemcachedServer.StartAsync();
        await using MemcachedCluster cluster = Connect(server.Port);

        Assert.Empty(await cluster.SendAsync(new[] { Entry.Set("kept", "1"), Entry.Set(key, "2"), Entry.Set(new string('k', 251), "3") }, Cancellation));

        Assert.Equal("1"u8.ToArray(), await server.GetAsync("kept"));
        Assert.Equal("2"u8.ToArray(), await server.GetAsync(Sha256(key)));
        Assert.Equal("3"u8.ToArray(), await server.GetAsync(Sha256(new string('k', 251))));
        Assert.Equal(0, await server.StatisticAsync("cmd_flush"));
        Assert.Empty(await cluster.SendAsync(new[] { Entry.Delete(key) }, Cancellation));
        Assert.Null(await server.GetAsync(Sha256(key)));
    }

    [Fact]
    public async Task An_item_of_exactly_the_limit_is_taken_and_one_byte_more_is_rejected_without_harm_to_the_rest()
    {
        await using MemcachedServer server = await MemcachedServer.StartAsync();
        await using MemcachedCluster cluster = Connect(server.Port);
        int longest = await LongestValueAsync(server);
        byte[] value = new byte[longest + 1];
        new Random(5).NextBytes(value);

        CacheFailure failure = Assert.Single(await cluster.SendAsync(
            new[] { Entry.Set("first", "1"), Entry.Set("fits", value[..^1]), Entry.Set("over", value), Entry.Set("last", "2") }, Cancellation));

        Assert.Equal((2, false, "SERVER_ERROR"), (failure.Index, failure.Retryable, failure.Code));
        Assert.Contains("too large", failure.Reason, StringComparison.Ordinal);
        Assert.Equal(value[..^1], await server.GetAsync("fits"));
        Assert.Null(await server.GetAsync("over"));
        Assert.Equal("2"u8.ToArray(), await server.GetAsync("last"));
    }

    [Fact]
    public async Task A_full_server_that_may_not_evict_refuses_for_another_attempt()
    {
        await using MemcachedServer server = await MemcachedServer.StartAsync("-M", "-m", "2");
        await using MemcachedCluster cluster = Connect(server.Port);
        CacheEntry[] entries = [.. Enumerable.Range(0, 200).Select(i => Entry.Set($"key-{i}", new byte[100_000]))];

        IReadOnlyList<CacheFailure> failures = await cluster.SendAsync(entries, Cancellation);

        Assert.NotEmpty(failures);
        Assert.All(failures, failure => Assert.Equal((true, "SERVER_ERROR"), (failure.Retryable, failure.Code)));
        Assert.Equal(200 - failures.Count, await server.StatisticAsync("curr_items"));
    }

    [Fact]
    public async Task A_cluster_keeps_each_key_where_libmemcached_looks_for_it()
    {
        await using MemcachedServer one = await MemcachedServer.StartAsync();
        await using MemcachedServer two = await MemcachedServer.StartAsync();
        await using MemcachedServer three = await MemcachedServer.StartAsync();
        await using ConfigurationEndpoint endpoint = new(one.Port, two.Port, three.Port);
        await using MemcachedCluster cluster = Connect(endpoint.Port);
        MemcachedServer[] servers = [one, two, three];
        CacheEntry[] entries = [.. Enumerable.Range(0, 600).Select(i => Entry.Set($"record-{i}", $"{i}"))];

        Assert.Empty(await cluster.SendAsync(entries, Cancellation));

        IndependentKetama ketama = new([.. servers.Select(server => $"localhost:{server.Port}")]);
        for (int i = 0; i < 600; i++)
        {
            Assert.Equal($"{i}", Encoding.ASCII.GetString(await servers[ketama.OwnerOf($"record-{i}")].GetAsync($"record-{i}") ?? []));
        }

        long[] counts = await Task.WhenAll(servers.Select(server => server.StatisticAsync("curr_items")));
        Assert.Equal(600, counts.Sum());
        Assert.All(counts, count => Assert.InRange(count, 100, 300));
    }

    [Fact]
    public async Task Of_a_cluster_with_a_dead_server_the_others_take_theirs_and_the_restarted_one_is_found_again()
    {
        await using MemcachedServer one = await MemcachedServer.StartAsync();
        await using MemcachedServer two = await MemcachedServer.StartAsync();
        await using ConfigurationEndpoint endpoint = new(one.Port, two.Port);
        await using MemcachedCluster cluster = Connect(endpoint.Port);
        CacheEntry[] entries = [.. Enumerable.Range(0, 200).Select(i => Entry.Set($"record-{i}", $"{i}"))];
        Assert.Empty(await cluster.SendAsync(entries, Cancellation));
        long ofTwo = await two.StatisticAsync("curr_items");

        await two.StopAsync();
        IReadOnlyList<CacheFailure> failures = await cluster.SendAsync(entries, Cancellation);
        Assert.Equal(ofTwo, failures.Count);
        Assert.All(failures, failure => Assert.True(failure.Retryable));

        await two.StartAgainAsync();
        Assert.Empty(await cluster.SendAsync(failures.Select(failure => entries[failure.Index]).ToArray(), Cancellation));
        Assert.Equal(ofTwo, await two.StatisticAsync("curr_items"));
    }

    [Fact]
    public async Task A_cluster_that_grew_is_used_whole_after_a_minute()
    {
        FakeTimeProvider time = new();
        await using MemcachedServer one = await MemcachedServer.StartAsync();
        await using MemcachedServer two = await MemcachedServer.StartAsync();
        await using ConfigurationEndpoint endpoint = new(one.Port);
        await using MemcachedCluster cluster = new(new() { Host = "127.0.0.1", Port = endpoint.Port }, time);
        CacheEntry[] entries = [.. Enumerable.Range(0, 100).Select(i => Entry.Set($"record-{i}", $"{i}"))];
        Assert.Empty(await cluster.SendAsync(entries, Cancellation));

        endpoint.Ports = [one.Port, two.Port];
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Empty(await cluster.SendAsync(entries, Cancellation));

        Assert.InRange(await two.StatisticAsync("curr_items"), 20, 80);
    }

    [Fact]
    public async Task A_server_that_was_restarted_between_two_calls_costs_nothing()
    {
        await using MemcachedServer server = await MemcachedServer.StartAsync();
        await using MemcachedCluster cluster = Connect(server.Port);
        Assert.Empty(await cluster.SendAsync(new[] { Entry.Set("a", "1") }, Cancellation));

        await server.StopAsync();
        await server.StartAgainAsync();

        Assert.Empty(await cluster.SendAsync(new[] { Entry.Set("a", "2") }, Cancellation));
        Assert.Equal("2"u8.ToArray(), await server.GetAsync("a"));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unavailable_until_it_is_started()
    {
        await using MemcachedServer server = await MemcachedServer.StartAsync();
        await using MemcachedCluster cluster = Connect(server.Port);
        await server.StopAsync();

        CacheUnavailableException failure = await Assert.ThrowsAsync<CacheUnavailableException>(
            () => cluster.SendAsync(new[] { Entry.Set("a", "1") }, Cancellation).AsTask());
        Assert.Contains($"127.0.0.1:{server.Port} cannot be reached", failure.Message, StringComparison.Ordinal);

        await server.StartAgainAsync();
        Assert.Empty(await cluster.SendAsync(new[] { Entry.Set("a", "1") }, Cancellation));
    }

    [Fact]
    public async Task Tls_works_and_a_certificate_of_nobody_is_refused()
    {
        using ServerCertificate certificate = new();
        await using MemcachedServer? server = await MemcachedServer.StartWithTlsAsync(certificate);
        Assert.SkipWhen(server is null, "This memcached was built without TLS. To run this test: install memcached 1.6 with TLS, as Debian has it.");
        await using MemcachedCluster cluster = new(
            new() { Host = "localhost", Port = server.Port, Tls = true, CertificateValidation = certificate.Trust }, TimeProvider.System);
        await using MemcachedCluster distrustful = new(new() { Host = "localhost", Port = server.Port, Tls = true }, TimeProvider.System);
        byte[] large = new byte[500_000];
        new Random(3).NextBytes(large);

        Assert.Empty(await cluster.SendAsync(new[] { Entry.Set("a", "1"), Entry.Set("large", large) }, Cancellation));
        Assert.Equal(large, await server.GetAsync("large"));

        CacheUnavailableException refused = await Assert.ThrowsAsync<CacheUnavailableException>(
            () => distrustful.SendAsync(new[] { Entry.Set("a", "2") }, Cancellation).AsTask());
        Assert.Contains("TLS handshake", refused.Message, StringComparison.Ordinal);
    }

    private static MemcachedCluster Connect(int port) => new(new() { Host = "127.0.0.1", Port = port }, TimeProvider.System);

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // The limit counts the item's header and key too, and differs with the version: it is found with the server's own word.
    private static async Task<int> LongestValueAsync(MemcachedServer server)
    {
        await using MemcachedCluster cluster = Connect(server.Port);
        (int fits, int over) = (ItemLimit - 4096, ItemLimit + 1);
        while (over - fits > 1)
        {
            int length = (fits + over) / 2;
            // As long as the keys of the test: "fits" and "over".
            if ((await cluster.SendAsync(new[] { Entry.Set("size", new byte[length]) }, Cancellation)).Count == 0)
            {
                fits = length;
            }
            else
            {
                over = length;
            }
        }
        return fits;
    }
}
