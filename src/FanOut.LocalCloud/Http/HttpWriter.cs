using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace FanOut.LocalCloud.Http;

/// <summary>Writes answers to a socket, also those that go wrong on purpose.</summary>
internal sealed class HttpWriter(Socket socket, TimeProvider time)
{
    /// <summary>Writes an answer; false when the connection must be closed now.</summary>
    public async Task<bool> WriteAsync(HttpRequest request, HttpResponse response, bool keepAlive, CancellationToken cancellationToken)
    {
        bool bodyless = request.Method == "HEAD" || response.Status is 204 or 304;
        byte[] head = Head(response, keepAlive);
        byte[] answer = new byte[head.Length + (bodyless ? 0 : response.Body.Length)];
        head.CopyTo(answer, 0);
        response.Body[..(answer.Length - head.Length)].CopyTo(answer.AsMemory(head.Length));
        switch (response.Misbehaviour)
        {
            case null:
                await SendAsync(answer, cancellationToken).ConfigureAwait(false);
                return true;
            case { Kind: MisbehaviourKind.CloseBeforeAnswer }:
                return false;
            case { Kind: MisbehaviourKind.CloseInTheMiddle }:
                int most = answer.Length == head.Length ? head.Length / 2 : (head.Length + answer.Length) / 2;
                await SendAsync(answer.AsMemory(0, most), cancellationToken).ConfigureAwait(false);
                return false;
            case { Kind: MisbehaviourKind.Hang }:
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken).ConfigureAwait(false);
                return false;
            case { } drip:
                await DripAsync(answer, drip, cancellationToken).ConfigureAwait(false);
                return true;
        }
    }

    /// <summary>Answers a request that could not be read; the connection ends here.</summary>
    public async Task RefuseAsync(BadRequestException reason)
    {
        try
        {
            HttpResponse response = HttpResponse.Text(reason.Status, "text/plain; charset=utf-8", reason.Message);
            byte[] head = Head(response, keepAlive: false);
            await SendAsync((byte[])[.. head, .. response.Body.Span], CancellationToken.None).ConfigureAwait(false);
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The client is gone; nobody reads the answer.
        }
    }

    private async Task DripAsync(ReadOnlyMemory<byte> answer, Misbehaviour drip, CancellationToken cancellationToken)
    {
        while (!answer.IsEmpty)
        {
            int piece = Math.Min(drip.Piece, answer.Length);
            await SendAsync(answer[..piece], cancellationToken).ConfigureAwait(false);
            answer = answer[piece..];
            await Task.Delay(drip.Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, cancellationToken).ConfigureAwait(false)..];
        }
    }

    private byte[] Head(HttpResponse response, bool keepAlive)
    {
        StringBuilder head = new(256);
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {response.Status} {Reason(response.Status)}\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Date: {time.GetUtcNow():R}\r\n");
        if (response.Status is not 204 and not 304)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {response.Body.Length}\r\n");
        }

        foreach ((string name, string value) in response.Headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        head.Append(keepAlive ? "\r\n" : "Connection: close\r\n\r\n");
        return Encoding.UTF8.GetBytes(head.ToString());
    }

    private static string Reason(int status) => status switch
    {
        200 => "OK",
        202 => "Accepted",
        204 => "No Content",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        413 => "Request Entity Too Large",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "Status",
    };
}
