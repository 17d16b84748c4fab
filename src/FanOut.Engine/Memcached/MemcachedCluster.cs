using FanOut.Engine.Targets;

namespace FanOut.Engine.Memcached;

/// <summary>A Memcached server, or a cluster of them behind an ElastiCache configuration endpoint.</summary>
/// <remarks>
/// Connections are made at the first use, kept, and made anew when they break: one for each server. Entries go out pipelined, those
/// of one server in order over its one connection, those of different servers at the same time. Which server keeps a key is decided
/// as libmemcached does it (ketama). Keys that the protocol cannot carry (empty, longer than 250 bytes, with blanks or control
/// characters) are replaced by the SHA-256 of their bytes in lower-case hexadecimal. Values have no flags and do not expire.
/// </remarks>
/// <param name="options">Where it is and how to speak to it.</param>
/// <param name="time">Measures the times that things may take.</param>
public sealed class MemcachedCluster(MemcachedOptions options, TimeProvider time) : IAsyncDisposable
{
    private readonly MemcachedDiscovery _discovery = new(options, time);

    /// <summary>Sends entries. Those with the same key are applied in their order.</summary>
    /// <param name="entries">The entries; their memory must stay as it is until the task ends.</param>
    /// <param name="cancellationToken">Stops it; which entries were taken is not known then.</param>
    /// <returns>The entries that were not taken, ordered by index; empty when all were.</returns>
    /// <exception cref="CacheUnavailableException">No server could be reached, or none answered sensibly: it is not known which entries were taken.</exception>
    /// <exception cref="TimeoutException">No server answered in time: it is not known which entries were taken.</exception>
    /// <exception cref="CacheAccessDeniedException">A server wants a user and a password.</exception>
    public async ValueTask<IReadOnlyList<CacheFailure>> SendAsync(ReadOnlyMemory<CacheEntry> entries, CancellationToken cancellationToken)
    {
        if (entries.IsEmpty)
        {
            return [];
        }

        MemcachedTopology topology = await _discovery.GetAsync(cancellationToken);
        NodeBatch[] batches = topology.Divide(entries);
        await Task.WhenAll(topology.Clients.Zip(batches)
            .Where(pair => pair.Second.Count > 0)
            .Select(pair => pair.First.SendAsync(pair.Second, cancellationToken)));
        return Report(batches, entries);
    }

    /// <summary>Connects ahead of the first entries, and finds the servers.</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="CacheUnavailableException">No server could be reached.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) => _discovery.GetAsync(cancellationToken).AsTask();

    /// <summary>Closes all connections.</summary>
    public ValueTask DisposeAsync() => _discovery.DisposeAsync();

    private IReadOnlyList<CacheFailure> Report(NodeBatch[] batches, ReadOnlyMemory<CacheEntry> entries)
    {
        List<Exception> faults = [.. batches.Select(batch => batch.Fault).OfType<Exception>()];
        if (faults.Count > 0)
        {
            _discovery.Suspect();
        }

        if (faults.OfType<CacheAccessDeniedException>().FirstOrDefault() is { } denied)
        {
            throw denied;
        }
        // If there was any answer, only the entries without one are refused; without any, nothing is known of the call.
        if (faults.Count > 0 && batches.All(batch => batch.Answered == 0))
        {
            throw faults[0];
        }

        List<CacheFailure> failures = [];
        foreach (NodeBatch batch in batches)
        {
            if (batch.Fault is { } fault)
            {
                batch.RefuseRest(fault.Message);
            }

            failures.AddRange(batch.Failures);
        }
        return CacheFailures.WithoutSuperseded(failures, entries.Span);
    }
}
