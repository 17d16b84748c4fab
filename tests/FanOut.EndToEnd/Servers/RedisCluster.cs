namespace FanOut.EndToEnd.Servers;

/// <summary>Redis-servers that share the hash slots; no replicas.</summary>
public sealed class RedisCluster : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fanout-redis-");
    private readonly List<RedisServer> _nodes = [];

    private RedisCluster()
    {
    }

    /// <summary>The servers.</summary>
    public IReadOnlyList<RedisServer> Nodes => _nodes;

    /// <summary>Starts one of three servers; skips the running test when redis-server or redis-cli is not installed.</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public static Task<RedisCluster> StartAsync(CancellationToken cancellationToken) => StartAsync(3, cancellationToken);

    /// <summary>Starts one; skips the running test when redis-server or redis-cli is not installed.</summary>
    /// <param name="count">How many servers it has: 1, or 3 and more.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public static async Task<RedisCluster> StartAsync(int count, CancellationToken cancellationToken)
    {
        if (ProgramRun.Find("redis-cli") is null)
        {
            ServerMissing.EndTest("redis-cli", "apt-get install redis-server");
        }

        RedisCluster cluster = new();
        try
        {
            for (int i = 0; i < count; i++)
            {
                cluster._nodes.Add(await RedisServer.StartAsync(
                    "--cluster-enabled", "yes", "--cluster-config-file", Path.Join(cluster._folder.FullName, $"nodes-{i}.conf")));
            }
            await cluster.JoinAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (RedisServer node in _nodes)
        {
            await node.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private async Task JoinAsync(CancellationToken cancellationToken)
    {
        // redis-cli makes no cluster of less than three.
        string[] addresses = [.. _nodes.Select(node => $"127.0.0.1:{node.Port}")];
        string[] arguments = _nodes.Count == 1
            ? ["-p", $"{_nodes[0].Port}", "CLUSTER", "ADDSLOTSRANGE", "0", "16383"] : ["--cluster", "create", .. addresses, "--cluster-yes"];
        ProgramRun client = await ProgramRun.OfAsync("redis-cli", arguments, cancellationToken);
        if (client.ExitCode != 0)
        {
            throw new ServerFailedException($"redis-cli {string.Join(' ', arguments)} failed:", client.Text);
        }

        // A node that does not know yet of all slots answers CLUSTERDOWN.
        foreach (RedisServer node in _nodes)
        {
            while (await node.AskAsync("CLUSTER COUNTKEYSINSLOT 0") != ":0" || await node.AskAsync("DEL fanout-ready") is not { } answer
                || answer.StartsWith("-CLUSTERDOWN", StringComparison.Ordinal))
            {
                await Task.Delay(PollInterval, TimeProvider.System, cancellationToken);
            }
        }
    }
}
