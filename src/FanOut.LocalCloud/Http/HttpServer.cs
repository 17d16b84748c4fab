using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace FanOut.LocalCloud.Http;

/// <summary>A small HTTP/1.1 server on the loopback address: keep-alive, bodies with a length or in chunks, <c>Expect: 100-continue</c>.</summary>
/// <remarks>It exists because the stand-in must load inside PowerShell, which does not have ASP.NET Core.</remarks>
public sealed class HttpServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Func<HttpRequest, CancellationToken, Task<HttpResponse>> _handler;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<HttpConnection, Task> _connections = new();
    private readonly Task _accepting;

    private HttpServer(Func<HttpRequest, CancellationToken, Task<HttpResponse>> handler, int port, TimeProvider time)
    {
        (_handler, _time) = (handler, time);
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start(backlog: 512);
        Endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Where the server listens, for example <c>http://127.0.0.1:40321/</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>Starts a server that answers until it is disposed.</summary>
    /// <param name="handler">Makes the answer to a request; its token is cancelled when the client leaves or the server stops. An exception becomes a 500.</param>
    /// <param name="port">The port to listen on; 0, the default, takes a free one.</param>
    /// <param name="timeProvider">The clock of slow answers and of the <c>Date</c> header; the system's by default.</param>
    public static HttpServer Start(
        Func<HttpRequest, CancellationToken, Task<HttpResponse>> handler, int port = 0, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new HttpServer(handler, port, timeProvider ?? TimeProvider.System);
    }

    /// <summary>Stops listening, cancels requests under way, closes all connections and waits for them to end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        // The listener is stopped last: stopped while the loop is about to wait for the next client, it would throw.
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        _listener.Stop();
        foreach (HttpConnection connection in _connections.Keys)
        {
            connection.Dispose();
        }

        await Task.WhenAll(_connections.Values).ConfigureAwait(false);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Socket socket = await _listener.AcceptSocketAsync(_stopping.Token).ConfigureAwait(false);
                HttpConnection connection = new(socket, _handler, _time);
                _connections[connection] = Task.CompletedTask;
                Task serving = Task.Run(() => ServeAsync(connection));

                // Update, not add: a connection that has ended meanwhile must not be in the list again.
                _connections.TryUpdate(connection, serving, Task.CompletedTask);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // The client closed the connection before it was accepted; the next one may be fine.
            }
        }
    }

    private async Task ServeAsync(HttpConnection connection)
    {
        try
        {
            await connection.ServeAsync(_stopping.Token).ConfigureAwait(false);
        }
        finally
        {
            connection.Dispose();
            _connections.TryRemove(connection, out _);
        }
    }
}
