using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace FanOut.EndToEnd.Servers;

/// <summary>TCP ports for servers that must be told one.</summary>
public static class FreePort
{
    // Below the range from which the kernel takes the ports of outgoing connections (32768 and up): between this choice and the
    // server's bind no client connection can take the port. Redis Cluster's bus, 10,000 higher, stays below it too.
    private const int Lowest = 15_000;
    private const int Highest = 22_000;
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>A port on 127.0.0.1 on which nothing listens and which was not given to another server of this run.</summary>
    /// <returns>The port's number.</returns>
    public static int Pick()
    {
        for (int attempt = 0; attempt < 1_000; attempt++)
        {
            int port = RandomNumberGenerator.GetInt32(Lowest, Highest);
            if (IsFree(port) && Given.TryAdd(port, true))
            {
                return port;
            }
        }
        throw new InvalidOperationException($"No free TCP port found on 127.0.0.1 from {Lowest} to {Highest}: close what listens there.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using TcpListener listener = new(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
