using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace FanOut.Engine.Redis;

/// <summary>Lets the library read and write through a <see cref="BoundedStream"/>, because by itself it keeps an answer in memory whatever its size.</summary>
internal sealed class BoundedTunnel : Tunnel
{
    private readonly ConcurrentDictionary<EndPoint, bool> _connecting = new();
    private volatile bool _isConnected;
    private volatile bool _hasAnswered;
    private volatile bool _hasFlooded;

    /// <summary>Whether a server has sent anything: what is at the address accepts connections and speaks.</summary>
    public bool HasAnswered
    {
        get => _hasAnswered;
        set => _hasAnswered = value;
    }

    /// <summary>Whether a server has sent more than it can have to say.</summary>
    public bool HasFlooded
    {
        get => _hasFlooded;
        set => _hasFlooded = value;
    }

    /// <summary>
    /// Whether the first connections are made. Until then each server is connected to once: the library would connect again at once to one whose answer
    /// it does not understand, and take as much of it again.
    /// </summary>
    public bool IsConnected
    {
        get => _isConnected;
        set => _isConnected = value;
    }

    /// <inheritdoc/>
    public override ValueTask BeforeSocketConnectAsync(EndPoint endPoint, ConnectionType connectionType, Socket? socket, CancellationToken cancellationToken) =>
        IsConnected || _connecting.TryAdd(endPoint, true) ? default : throw new IOException("The first connection to the server has failed.");

    /// <inheritdoc/>
    public override ValueTask<Stream?> BeforeAuthenticateAsync(EndPoint endpoint, ConnectionType connectionType, Socket? socket, CancellationToken cancellationToken) =>
        new(socket is null ? null : new BoundedStream(new NetworkStream(socket, ownsSocket: true), this));
}
