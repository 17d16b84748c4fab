using System.Net.Sockets;
using System.Text;
using FanOut.EndToEnd.Engine;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Chaos;

/// <summary>Real caches, killed in the middle of a batch and started again, empty.</summary>
[Collection(nameof(EndpointsCollection))]
public sealed class KilledCacheTests : IAsyncDisposable
{
    private const int Count = 800, Keys = 400;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(1);

    private readonly Random _random = new(1);
    private readonly ChaosCloud _cloud = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("redis", false)]
    [InlineData("redis", true)]
    [InlineData("memcached", false)]
    [InlineData("memcached", true)]
    public async Task Every_write_arrives_or_is_in_the_dead_letter_and_the_other_target_gets_all_once(string type, bool buries)
    {
        string source = StreamEvent.StreamArn("killed-cache");
        var records = new ChaosRecords(source, "killed", Keys);
        await using RedisServer? redis = type == "redis" ? await RedisServer.StartAsync() : null;
        await using MemcachedServer? memcached = type == "redis" ? null : await MemcachedServer.StartAsync();
        await using var cache = new CachePlace(type, redis?.Port ?? memcached!.Port, _random);
        await using var queue = new CloudPlace(_cloud.Cloud, _cloud.Lambda, "sqs", "queue");
        await using var letters = new CloudPlace(_cloud.Cloud, _cloud.Lambda, "sqs", "letters");
        _cloud.Map(source, "cache", type, cache.Destination, isParallel: true, deadLetter: buries ? letters.Destination : null);
        _cloud.Map(source, "queue", "sqs", queue.Destination, isParallel: true);
        await using ExecutionEnvironment one = _cloud.Environment(_random), other = _cloud.Environment(_random);
        var events = new EventSource(records, [one, other], TimeSpan.FromSeconds(8));

        Task killing = KillAsync();
        await events.DeliverAsync([.. Enumerable.Range(0, Count)], Before);
        await killing;

        var arrived = cache.Arrivals().ToHashSet();
        var buried = letters.Arrivals().ToHashSet();
        Assert.DoesNotContain(Enumerable.Range(0, Count), n => !arrived.Contains(n) && !buried.Contains(n) && !arrived.Contains(n + Keys));
        Assert.Equal(Enumerable.Range(0, Count), queue.Arrivals().Distinct().Order());
        Assert.True(queue.Arrivals().Count == Count || events.ProgressProblems.Count > 0, "The healthy target got records twice.");

        void Before(int delivery)
        {
            one.Time.Advance(TimeSpan.FromMinutes(3));
            other.Time.Advance(TimeSpan.FromMinutes(3));
        }

        async Task KillAsync()
        {
            while (cache.Arrivals().Count < Count / 4)
            {
                await Task.Delay(PollInterval, TimeProvider.System, Cancellation);
            }

            await (redis?.StopAsync() ?? memcached!.StopAsync());
            await (redis?.StartAgainAsync() ?? memcached!.StartAgainAsync());
        }
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("memcached")]
    public async Task A_cache_that_is_down_gets_everything_when_it_is_back(string type)
    {
        string source = StreamEvent.StreamArn("down-cache");
        var records = new ChaosRecords(source, "down", Keys);
        await using RedisServer? redis = type == "redis" ? await RedisServer.StartAsync() : null;
        await using MemcachedServer? memcached = type == "redis" ? null : await MemcachedServer.StartAsync();
        int port = redis?.Port ?? memcached!.Port;
        _cloud.Map(source, "cache", type, $"127.0.0.1:{port}", isParallel: true);
        await using ExecutionEnvironment one = _cloud.Environment(_random);
        var events = new EventSource(records, [one], TimeSpan.FromSeconds(3));
        await events.DeliverAsync([0], static _ => { });

        await (redis?.StopAsync() ?? memcached!.StopAsync());
        int before = events.Deliveries;
        Task starting = Task.CompletedTask;
        await events.DeliverAsync([.. Enumerable.Range(1, Count)], delivery =>
        {
            one.Time.Advance(TimeSpan.FromMinutes(3));
            starting = delivery == before + 3 ? redis?.StartAgainAsync() ?? memcached!.StartAgainAsync() : starting;
        });
        await starting;

        Assert.InRange(events.Deliveries, before + 3, int.MaxValue);
        for (int key = 0; key < Keys; key++)
        {
            int last = key == 0 ? Count : key + Keys;
            Assert.Equal(records.DataOf(last), redis is null ? Encoding.UTF8.GetString((await memcached!.GetAsync(records.KeyOf(last)))!) : await GetAsync(port, records.KeyOf(last)));
        }
    }

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    private static async Task<string?> GetAsync(int port, string key)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, Cancellation);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"GET {key}\r\n"), Cancellation);
        using var reader = new StreamReader(client.GetStream());
        await reader.ReadLineAsync(Cancellation);
        return await reader.ReadLineAsync(Cancellation);
    }
}
