using FanOut.Engine.Targets;

namespace FanOut.Engine.Memcached;

/// <summary>Finds the servers behind an endpoint and keeps the list fresh: ElastiCache's auto-discovery.</summary>
/// <remarks>
/// Every endpoint is asked once. One that answers with a list is a cluster and is asked again after
/// <see cref="MemcachedOptions.DiscoveryInterval"/> and after a server failed; any other is a single server. ElastiCache Serverless
/// has one endpoint for everything and is not asked.
/// </remarks>
/// <param name="options">The endpoint.</param>
/// <param name="time">Says when the list is due.</param>
internal sealed class MemcachedDiscovery(MemcachedOptions options, TimeProvider time) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly MemcachedNode _endpoint = new(options.Host, options.Host, options.Port);
    private MemcachedTopology? _topology;
    private bool _isCluster;
    private volatile bool _isSuspect;
    private long _asked;

    private bool IsDue => _topology is null || (_isCluster && (_isSuspect || time.GetElapsedTime(_asked) >= options.DiscoveryInterval));

    /// <summary>The servers; asks for them when the list is due.</summary>
    /// <param name="cancellationToken">Cancels the question.</param>
    /// <returns>The new list, or the last good one when the endpoint does not answer.</returns>
    /// <exception cref="CacheUnavailableException">The endpoint does not answer and never did.</exception>
    public async ValueTask<MemcachedTopology> GetAsync(CancellationToken cancellationToken)
    {
        if (!IsDue)
        {
            return _topology!;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (IsDue)
            {
                await RefreshAsync(cancellationToken);
            }

            return _topology!;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Says that a server failed, so that the list is asked for before the next use.</summary>
    public void Suspect() => _isSuspect = true;

    /// <summary>Closes all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (MemcachedNodeClient client in _topology?.Clients ?? [])
        {
            await client.DisposeAsync();
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        _isSuspect = false;
        try
        {
            await AskAsync(cancellationToken);
        }
        catch (CacheUnavailableException) when (_topology is not null)
        {
            // The servers known so far stay in use; the endpoint is asked again after the next interval, or when one of them fails.
        }
        _asked = time.GetTimestamp();
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        if (options.Host.Contains(".serverless.", StringComparison.OrdinalIgnoreCase))
        {
            _topology = new([new(_endpoint, options, time)]);
            return;
        }

        MemcachedConnection? connection = await MemcachedConnection.OpenAsync(_endpoint, options, time, cancellationToken);
        try
        {
            IReadOnlyList<MemcachedNode> nodes = await AskAsync(connection, cancellationToken);
            if (nodes.Count > 0)
            {
                _isCluster = true;
                await UseAsync(nodes);
            }
            else if (!_isCluster)
            {
                _topology = new([new(_endpoint, options, time, connection)]);
                connection = null;
            }
        }
        finally
        {
            connection?.Dispose();
        }
    }

    private async Task<IReadOnlyList<MemcachedNode>> AskAsync(MemcachedConnection connection, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(options.OperationTimeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return (await connection.AskClusterAsync(either.Token)).Nodes;
        }
        catch (EndOfStreamException) when (!options.Host.Contains(".cfg.", StringComparison.OrdinalIgnoreCase))
        {
            // Some proxies close the connection at a command that they do not know: then it is a single server, and its own connection is made later.
            return [];
        }
        catch (Exception exception) when (exception is IOException or FormatException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CacheUnavailableException(
                exception is OperationCanceledException
                    ? $"Memcached endpoint {_endpoint} does not answer 'config get cluster' within {options.OperationTimeout.TotalSeconds} s. "
                        + "Check that it is a Memcached endpoint, and that TLS is chosen as the server has it."
                    : $"Memcached endpoint {_endpoint} does not tell its cluster's servers: {exception.Message}",
                exception);
        }
    }

    private async Task UseAsync(IReadOnlyList<MemcachedNode> nodes)
    {
        if (_topology is { } same && same.Is(nodes))
        {
            return;
        }

        IReadOnlyList<MemcachedNodeClient> known = _topology?.Clients ?? [];
        List<MemcachedNodeClient> clients =
            [.. nodes.Select(node => known.FirstOrDefault(client => client.Node == node) ?? new(node, options, time))];
        _topology = new(clients);
        foreach (MemcachedNodeClient gone in known.Except(clients))
        {
            await gone.DisposeAsync();
        }
    }
}
