using System.Text;
using FanOut.Engine.Memcached;
using FanOut.Engine.Targets;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Memcached;

public sealed class MemcachedDiscoveryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_go_to_the_servers_that_the_ring_names()
    {
        await using Node one = new();
        await using Node two = new();
        await using ConfigurationEndpoint endpoint = new(one.Port, two.Port);
        await using MemcachedCluster cluster = Connect(endpoint.Port, new FakeTimeProvider());
        KetamaRing ring = new([.. new[] { one, two }.Select(node => new MemcachedNode("localhost", "127.0.0.1", node.Port))]);
        string[] keys = [.. Enumerable.Range(0, 100).Select(i => $"key-{i}"), "with blank"];

        Assert.Empty(await cluster.SendAsync(keys.Select(key => Entry.Set(key)).ToArray(), Cancellation));

        ILookup<int, string> owners = keys.Select(key => key == "with blank" ? Hash(key) : key).ToLookup(key => ring.OwnerOf(Encoding.UTF8.GetBytes(key)));
        Assert.Equal(owners[0], one.Keys);
        Assert.Equal(owners[1], two.Keys);
    }

    [Fact]
    public async Task The_list_is_fetched_again_after_a_minute_and_not_before()
    {
        FakeTimeProvider time = new();
        await using Node one = new();
        await using Node two = new();
        await using ConfigurationEndpoint endpoint = new(one.Port);
        await using MemcachedCluster cluster = Connect(endpoint.Port, time);
        CacheEntry[] entries = [.. Enumerable.Range(0, 50).Select(i => Entry.Set($"key-{i}"))];

        Assert.Empty(await cluster.SendAsync(entries, Cancellation));
        endpoint.Ports = [one.Port, two.Port];
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Empty(await cluster.SendAsync(entries, Cancellation));
        Assert.Equal((1, 0), (endpoint.Asked, two.Keys.Count));

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(await cluster.SendAsync(entries, Cancellation));
        Assert.Equal(2, endpoint.Asked);
        Assert.NotEmpty(two.Keys);
        Assert.Equal(1, one.Connections);
    }

    [Fact]
    public async Task A_server_that_left_is_dropped_as_soon_as_it_fails()
    {
        await using Node one = new();
        Node two = new();
        await using ConfigurationEndpoint endpoint = new(one.Port, two.Port);
        await using MemcachedCluster cluster = Connect(endpoint.Port, new FakeTimeProvider());
        CacheEntry[] entries = [.. Enumerable.Range(0, 50).Select(i => Entry.Set($"key-{i}"))];
        Assert.Empty(await cluster.SendAsync(entries, Cancellation));
        int[] ofTwo = [.. Enumerable.Range(0, 50).Where(i => two.Keys.Contains($"key-{i}"))];

        await two.DisposeAsync();
        endpoint.Ports = [one.Port];
        IReadOnlyList<CacheFailure> failures = await cluster.SendAsync(entries, Cancellation);

        Assert.Equal(ofTwo, failures.Select(failure => failure.Index));
        Assert.All(failures, failure => Assert.True(failure.Retryable));
        Assert.Empty(await cluster.SendAsync(entries, Cancellation));
    }

    [Fact]
    public async Task While_the_endpoint_is_away_the_known_servers_serve_on()
    {
        FakeTimeProvider time = new();
        await using Node one = new();
        ConfigurationEndpoint endpoint = new(one.Port);
        await using MemcachedCluster cluster = Connect(endpoint.Port, time);
        Assert.Empty(await cluster.SendAsync(new[] { Entry.Set("a") }, Cancellation));

        await endpoint.DisposeAsync();
        time.Advance(TimeSpan.FromMinutes(2));

        Assert.Empty(await cluster.SendAsync(new[] { Entry.Set("b") }, Cancellation));
        Assert.Equal(["a", "b"], one.Keys);
    }

    [Fact]
    public async Task An_endpoint_that_is_not_there_is_told_with_its_address()
    {
        ConfigurationEndpoint endpoint = new();
        await using MemcachedCluster cluster = Connect(endpoint.Port, new FakeTimeProvider());
        await endpoint.DisposeAsync();

        CacheUnavailableException failure = await Assert.ThrowsAsync<CacheUnavailableException>(
            () => cluster.SendAsync(new[] { Entry.Set("a") }, Cancellation).AsTask());
        Assert.Contains($"127.0.0.1:{endpoint.Port} cannot be reached", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_closes_at_the_question_is_a_single_server()
    {
        List<string> keys = [];
        await using TcpResponder proxy = new(async (stream, _) =>
        {
            while (await TextRequest.ReadAsync(stream) is { Verb: not "config" } request)
            {
                keys.Add(request.Key);
                await stream.WriteAsync("STORED\r\n"u8.ToArray());
            }
        });
        await using MemcachedCluster cluster = Connect(proxy.Port, new FakeTimeProvider());

        Assert.Empty(await cluster.SendAsync(new[] { Entry.Set("a") }, Cancellation));
        Assert.Empty(await cluster.SendAsync(new[] { Entry.Set("b") }, Cancellation));

        Assert.Equal(["a", "b"], keys);
        Assert.Equal(2, proxy.Connections);
    }

    [Fact]
    public async Task An_unreadable_list_is_told()
    {
        await using TcpResponder endpoint = new(async (stream, _) =>
        {
            await TextRequest.ReadAsync(stream);
            await stream.WriteAsync("CONFIG cluster 0 5\r\n1\na|b\n\r\nEND\r\n"u8.ToArray());
        });
        await using MemcachedCluster cluster = Connect(endpoint.Port, new FakeTimeProvider());

        CacheUnavailableException failure = await Assert.ThrowsAsync<CacheUnavailableException>(
            () => cluster.SendAsync(new[] { Entry.Set("a") }, Cancellation).AsTask());
        Assert.Contains("'a|b'", failure.Message, StringComparison.Ordinal);
    }

    private static string Hash(string key) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static MemcachedCluster Connect(int port, TimeProvider time) => new(new() { Host = "127.0.0.1", Port = port }, time);

    /// <summary>A server that takes everything.</summary>
    private sealed class Node : IAsyncDisposable
    {
        private readonly TcpResponder _server;

        public Node() => _server = new(async (stream, _) =>
        {
            while (await TextRequest.ReadAsync(stream) is { } request)
            {
                Keys.Add(request.Key);
                await stream.WriteAsync("STORED\r\n"u8.ToArray());
            }
        });

        public List<string> Keys { get; } = [];

        public int Port => _server.Port;

        public int Connections => _server.Connections;

        public ValueTask DisposeAsync() => _server.DisposeAsync();
    }
}
