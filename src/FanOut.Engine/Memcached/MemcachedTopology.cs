using FanOut.Engine.Targets;

namespace FanOut.Engine.Memcached;

/// <summary>The servers of a cluster at one time, and which server keeps which keys.</summary>
internal sealed class MemcachedTopology
{
    private readonly KetamaRing _ring;

    /// <summary>Makes the ring of some servers.</summary>
    /// <param name="clients">One client for each, at least one.</param>
    public MemcachedTopology(IReadOnlyList<MemcachedNodeClient> clients)
    {
        Clients = clients;
        _ring = new([.. clients.Select(client => client.Node)]);
    }

    /// <summary>The servers.</summary>
    public IReadOnlyList<MemcachedNodeClient> Clients { get; }

    /// <summary>Whether these are the same servers.</summary>
    /// <param name="nodes">Other servers.</param>
    public bool Is(IEnumerable<MemcachedNode> nodes) => Clients.Select(client => client.Node).SequenceEqual(nodes);

    /// <summary>Divides entries among the servers; each server's keep their order.</summary>
    /// <param name="entries">The entries.</param>
    /// <returns>One batch for each server, in the order of <see cref="Clients"/>; empty where it has nothing to keep.</returns>
    public NodeBatch[] Divide(ReadOnlyMemory<CacheEntry> entries)
    {
        NodeBatch[] batches = new NodeBatch[Clients.Count];
        for (int i = 0; i < batches.Length; i++)
        {
            batches[i] = new(entries);
        }

        Span<byte> room = stackalloc byte[MemcachedKey.HashedLength];
        ReadOnlySpan<CacheEntry> all = entries.Span;
        for (int index = 0; index < all.Length; index++)
        {
            int owner = batches.Length == 1 ? 0 : _ring.OwnerOf(MemcachedKey.ForWire(all[index].Key.Span, room));
            batches[owner].Add(index);
        }
        return batches;
    }
}
