namespace FanOut.EndToEnd.Servers;

/// <summary>Three redis-servers that share the hash slots; no replicas.</summary>
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

    /// <summary>Starts one; skips the running test when redis-server or redis-cli is not installed.</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public static async Task<RedisCluster> StartAsync(CancellationToken cancellationToken)
    {
        if (ProgramRun.Find("redis-cli") is null)
        {
            ServerMissing.EndTest("redis-cli", "apt-get install redis-server");
        }

        RedisCluster cluster = new();
        try
        {
            for (int i = 0; i < 3; i++)
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
        string[] addresses = [.. _nodes.Select(node => $"127.0.0.1:{node.Port}")];
        ProgramRun client = await ProgramRun.OfAsync("redis-cli", ["--cluster", "create", .. addresses, "--cluster-yes"], cancellationToken);
        if (client.ExitCode != 0)
        {
            throw new ServerFailedException("redis-cli --cluster create failed:", client.Text);
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
