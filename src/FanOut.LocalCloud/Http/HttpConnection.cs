using System.Net.Sockets;

namespace FanOut.LocalCloud.Http;

/// <summary>One client's connection: request after request until either side closes.</summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly Func<HttpRequest, CancellationToken, Task<HttpResponse>> _handler;
    private readonly HttpReader _reader;
    private readonly HttpWriter _writer;

    public HttpConnection(Socket socket, Func<HttpRequest, CancellationToken, Task<HttpResponse>> handler, TimeProvider time)
    {
        socket.NoDelay = true;
        (_socket, _handler) = (socket, handler);
        _reader = new HttpReader(socket);
        _writer = new HttpWriter(socket, time);
    }

    public void Dispose() => _socket.Dispose();

    public async Task ServeAsync(CancellationToken stopping)
    {
        using CancellationTokenSource leaving = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        try
        {
            while (await _reader.ReadAsync(leaving.Token).ConfigureAwait(false) is { } request)
            {
                // Only by reading on while the handler works can a client be noticed that closes the connection.
                Task watch = _reader.WatchAsync(leaving);
                bool keep = KeepAlive(request);
                HttpResponse response = await AnswerAsync(request, leaving.Token).ConfigureAwait(false);
                if (!await _writer.WriteAsync(request, response, keep, leaving.Token).ConfigureAwait(false) || !keep)
                {
                    // Half-close first: with unread bytes a plain close becomes a reset, which may overtake the answer.
                    _socket.Shutdown(SocketShutdown.Send);
                    _socket.Close();
                    await watch.ConfigureAwait(false);
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client or the server has closed the connection: there is nobody to answer.
        }
        catch (BadRequestException exception)
        {
            await _writer.RefuseAsync(exception).ConfigureAwait(false);
        }
    }

    private async Task<HttpResponse> AnswerAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await _handler(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return HttpResponse.Text(500, "text/plain; charset=utf-8", exception.ToString());
        }
    }

    private static bool KeepAlive(HttpRequest request) =>
        !string.Equals(request.Header("Connection"), "close", StringComparison.OrdinalIgnoreCase);
}
