using System.Security.Cryptography;
using System.Text;

namespace FanOut.EndToEnd.Caches;

/// <summary>Ketama written a second time, in the plainest way, for up to 24 servers at ports other than 11211.</summary>
/// <remarks>libmemcached's own answers, which a test cannot ask for without knowing the ports before, stand in the unit tests.</remarks>
/// <param name="servers">As "host:port".</param>
internal sealed class IndependentKetama(string[] servers)
{
    public int OwnerOf(string key)
    {
        uint place = Number(key, 0);
        (uint Place, int Owner)[] points =
            [.. servers.SelectMany((server, owner) => Enumerable.Range(0, 160).Select(i => (Number($"{server}-{i / 4}", i % 4), owner)))];
        (uint Place, int Owner)[] after = [.. points.Where(point => point.Place >= place)];
        return (after.Length > 0 ? after : points).MinBy(point => point.Place).Owner;
    }

#pragma warning disable CA5351 // MD5 places keys on the ring and secures nothing.
    private static uint Number(string text, int part) => BitConverter.ToUInt32(MD5.HashData(Encoding.UTF8.GetBytes(text)), 4 * part);
#pragma warning restore CA5351
}
