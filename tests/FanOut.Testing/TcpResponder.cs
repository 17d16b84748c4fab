using System.Net;
using System.Net.Sockets;

namespace FanOut.Testing;

/// <summary>A server on 127.0.0.1 that does on each connection what a test wants.</summary>
public sealed class TcpResponder : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _handlers = [];
    private readonly Task _accepting;

    /// <param name="handler">Given the stream and the connection's number, from 1. The connection closes when it ends.</param>
    public TcpResponder(Func<Stream, int, Task> handler)
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(handler);
    }

    public int Port { get; }

    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        await Task.WhenAll(_handlers);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync(Func<Stream, int, Task> handler)
    {
        try
        {
            for (; ; )
            {
                Socket socket = await _listener.AcceptSocketAsync(_stopping.Token);
                _handlers.Add(HandleAsync(new NetworkStream(socket, ownsSocket: true), handler, ++Connections));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task HandleAsync(NetworkStream stream, Func<Stream, int, Task> handler, int number)
    {
        await using (stream)
        await using (_stopping.Token.Register(stream.Dispose))
        {
            try
            {
                await handler(stream, number);
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                // The client went away, or the test is over.
            }
        }
    }
}
