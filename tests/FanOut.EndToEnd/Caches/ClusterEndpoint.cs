using System.Net;
using System.Net.Sockets;
using System.Text;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Caches;

/// <summary>Answers <c>config get cluster</c>, ElastiCache's own command, for memcached servers that do not know it.</summary>
internal sealed class ClusterEndpoint : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;

    public ClusterEndpoint(params MemcachedServer[] servers)
    {
        Servers = servers;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The servers it names; all have the host name "localhost".</summary>
    public MemcachedServer[] Servers { get; set; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            for (; ; )
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                using StreamReader reader = new(client.GetStream(), leaveOpen: true);
                Assert.Equal("config get cluster", await reader.ReadLineAsync(_stopping.Token));
                string list = $"1\n{string.Join(' ', Servers.Select(server => $"localhost|127.0.0.1|{server.Port}"))}\n";
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"CONFIG cluster 0 {list.Length}\r\n{list}\r\nEND\r\n"), _stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
