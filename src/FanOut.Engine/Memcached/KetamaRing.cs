using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace FanOut.Engine.Memcached;

/// <summary>Finds the server that keeps a key: consistent hashing as libmemcached and the ElastiCache clients do it.</summary>
/// <remarks>
/// The rule is libmemcached's (libmemcached/hosts.cc, update_continuum, and hash.cc, dispatch_host) with
/// MEMCACHED_BEHAVIOR_KETAMA_WEIGHTED, which PHP calls OPT_LIBKETAMA_COMPATIBLE and spymemcached, hence the ElastiCache client for
/// Java, KetamaConnectionFactory with the node key format LIBMEMCACHED. A server has 160 points: the MD5 of "host-i" (port 11211) or
/// "host:port-i" for i from 0 to 39, each cut into four little-endian numbers. A key's
/// place is the first such number of its own MD5; its server is that of the first point at or after it, around the ring. The host is
/// the host name of the auto-discovery answer, not the address. All servers have the same weight, as discovery does not tell any.
/// <para>The unweighted MEMCACHED_DISTRIBUTION_CONSISTENT is another ring (100 points, one Jenkins hash each), which FanOut does
/// not use: clients must be set to the weighted one to find what FanOut wrote.</para>
/// </remarks>
internal sealed class KetamaRing
{
    private const int PointsPerServer = 160;
    private const int PointsPerHash = 4;

    private readonly uint[] _points;
    private readonly int[] _owners;

    /// <summary>Makes the ring.</summary>
    /// <param name="nodes">The servers, at least one; their order does not matter.</param>
    public KetamaRing(IReadOnlyList<MemcachedNode> nodes)
    {
        int hashes = HashesPerServer(nodes.Count);
        _points = new uint[nodes.Count * hashes * PointsPerHash];
        _owners = new int[_points.Length];

        Span<byte> digest = stackalloc byte[MD5.HashSizeInBytes];
        int point = 0;
        for (int owner = 0; owner < nodes.Count; owner++)
        {
            string name = nodes[owner].Port == MemcachedOptions.DefaultPort ? nodes[owner].Host : nodes[owner].ToString();
            for (int i = 0; i < hashes; i++)
            {
                Md5(Encoding.UTF8.GetBytes($"{name}-{i}"), digest);
                for (int part = 0; part < PointsPerHash; part++, point++)
                {
                    _points[point] = BinaryPrimitives.ReadUInt32LittleEndian(digest[(part * sizeof(uint))..]);
                    _owners[point] = owner;
                }
            }
        }
        Array.Sort(_points, _owners);
    }

    /// <summary>The server of a key.</summary>
    /// <param name="key">The key as it goes over the wire.</param>
    /// <returns>The server's index in the list that the ring was made of.</returns>
    public int OwnerOf(ReadOnlySpan<byte> key)
    {
        Span<byte> digest = stackalloc byte[MD5.HashSizeInBytes];
        Md5(key, digest);
        int at = Array.BinarySearch(_points, BinaryPrimitives.ReadUInt32LittleEndian(digest));
        if (at < 0)
        {
            at = ~at;
        }

        return _owners[at == _points.Length ? 0 : at];
    }

    // libmemcached computes a server's share of the points in single precision. For 25, 47, 50 and 55 equal servers the product is a
    // hair under 40, and rounding down takes a whole hash (four points) away. Clients with libmemcached look there, so this does the same.
    private static int HashesPerServer(int servers)
    {
        float share = 1f / servers;
        float hashes = share * PointsPerServer / PointsPerHash * servers;
        return (int)MathF.Floor((float)(hashes + 0.0000000001));
    }

    // MD5 places keys on the ring and secures nothing (CA5351).
#pragma warning disable CA5351
    private static void Md5(ReadOnlySpan<byte> text, Span<byte> digest) => MD5.HashData(text, digest);
#pragma warning restore CA5351
}
