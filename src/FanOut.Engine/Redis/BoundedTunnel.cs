using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace FanOut.Engine.Redis;

/// <summary>Lets the library read and write through a <see cref="BoundedStream"/>, because by itself it keeps an answer in memory whatever its size.</summary>
internal sealed class BoundedTunnel : Tunnel
{
    /// <inheritdoc/>
    public override ValueTask<Stream?> BeforeAuthenticateAsync(EndPoint endpoint, ConnectionType connectionType, Socket? socket, CancellationToken cancellationToken) =>
        new(socket is null ? null : new BoundedStream(new NetworkStream(socket, ownsSocket: true)));
}
