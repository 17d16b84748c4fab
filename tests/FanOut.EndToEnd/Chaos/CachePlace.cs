using System.Globalization;

namespace FanOut.EndToEnd.Chaos;

/// <summary>A real redis or memcached behind a proxy of its own.</summary>
/// <param name="type">redis or memcached.</param>
/// <param name="server">The cache's port.</param>
/// <param name="random">Draws what is struck.</param>
internal sealed class CachePlace(string type, int server, Random random) : IPlace
{
    private readonly CacheProxy _proxy = new(type == "redis" ? new RedisWire() : new MemcachedWire(), server);

    public string Destination => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_proxy.Port}");

    public int Strikes { get; private set; }

    public void Trouble(Trouble trouble, int passes, double probability, IReadOnlyList<string> poison)
    {
        int writes = 0;
        _proxy.Judge(write =>
        {
            bool isStruck = trouble == Chaos.Trouble.Poison
                ? poison.Any(p => write.Contains(p, StringComparison.Ordinal))
                : ++writes > passes && random.NextDouble() < probability;
            Strikes += isStruck ? 1 : 0;
            return isStruck ? trouble : null;
        });
    }

    public void Mend() => _proxy.Mend();

    public IReadOnlyList<int> Arrivals() => [.. _proxy.Taken.SelectMany(ChaosRecords.Read)];

    public ValueTask DisposeAsync() => _proxy.DisposeAsync();
}
