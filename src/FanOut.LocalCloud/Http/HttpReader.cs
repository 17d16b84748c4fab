using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace FanOut.LocalCloud.Http;

/// <summary>Reads requests from a socket; see RFC 9112 for the grammar.</summary>
internal sealed class HttpReader(Socket socket)
{
    private const int MostHeadBytes = 64 * 1024;
    private const int MostBodyBytes = 256 * 1024 * 1024;
    private static readonly byte[] Continue = "HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray();

    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;
    private Task<int>? _ahead;

    private ReadOnlySpan<byte> Buffered => _buffer.AsSpan(_start, _end - _start);

    /// <summary>The next request, or null when the client closed between two requests.</summary>
    public async Task<HttpRequest?> ReadAsync(CancellationToken cancellationToken)
    {
        string? requestLine = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
        if (requestLine is null)
        {
            return null;
        }

        string[] parts = requestLine.Split(' ');
        if (parts.Length != 3 || !parts[2].StartsWith("HTTP/1.", StringComparison.Ordinal))
        {
            throw new BadRequestException(400, $"The request line '{requestLine}' is not 'METHOD target HTTP/1.1'.");
        }

        Dictionary<string, string> headers = await ReadHeadersAsync(cancellationToken).ConfigureAwait(false);
        if (parts[2] == "HTTP/1.0" && !headers.ContainsKey("Connection"))
        {
            headers["Connection"] = "close";
        }

        ReadOnlyMemory<byte> body = await ReadBodyAsync(headers, cancellationToken).ConfigureAwait(false);
        string target = parts[1].StartsWith('/') ? parts[1] : new Uri(parts[1]).PathAndQuery;
        int question = target.IndexOf('?', StringComparison.Ordinal);
        return question < 0
            ? new HttpRequest(parts[0], target, "", headers, body)
            : new HttpRequest(parts[0], target[..question], target[(question + 1)..], headers, body);
    }

    /// <summary>Cancels <paramref name="leaving"/> when the client closes before it sends another request.</summary>
    public async Task WatchAsync(CancellationTokenSource leaving)
    {
        if (_start < _end)
        {
            return;
        }

        (_start, _end) = (0, 0);
        _ahead = ReceiveAheadAsync();
        if (await _ahead.ConfigureAwait(false) == 0)
        {
            try
            {
                await leaving.CancelAsync().ConfigureAwait(false);
            }
            catch (ObjectDisposedException)
            {
                // The connection was closed here before the client closed it.
            }
        }
    }

    private async Task<int> ReceiveAheadAsync()
    {
        try
        {
            return await socket.ReceiveAsync(_buffer.AsMemory()).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            return 0;
        }
    }

    private async Task<Dictionary<string, string>> ReadHeadersAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        while (true)
        {
            string line = await ReadLineAsync(cancellationToken).ConfigureAwait(false) ?? throw Truncated();
            if (line.Length == 0)
            {
                return headers;
            }

            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                throw new BadRequestException(400, $"The header line '{line}' has no name.");
            }

            (string name, string value) = (line[..colon], line[(colon + 1)..].Trim());
            headers[name] = headers.TryGetValue(name, out string? earlier) ? $"{earlier},{value}" : value;
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync(Dictionary<string, string> headers, CancellationToken cancellationToken)
    {
        bool chunked = headers.TryGetValue("Transfer-Encoding", out string? coding)
            && coding.EndsWith("chunked", StringComparison.OrdinalIgnoreCase);
        int length = 0;
        if (!chunked && headers.TryGetValue("Content-Length", out string? text)
            && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out length))
        {
            throw new BadRequestException(400, $"Content-Length '{text}' is not a number.");
        }

        if (headers.TryGetValue("Expect", out string? expect) && expect.Equals("100-continue", StringComparison.OrdinalIgnoreCase))
        {
            await socket.SendAsync(Continue, SocketFlags.None, cancellationToken).ConfigureAwait(false);
        }

        return chunked
            ? await ReadChunksAsync(cancellationToken).ConfigureAwait(false)
            : await ReadExactlyAsync(length, cancellationToken).ConfigureAwait(false);
    }

    // chunk = size-in-hex [;extension] CRLF data CRLF, ended by size 0 and a possibly empty trailer.
    private async Task<ReadOnlyMemory<byte>> ReadChunksAsync(CancellationToken cancellationToken)
    {
        using MemoryStream body = new();
        while (true)
        {
            string line = await ReadLineAsync(cancellationToken).ConfigureAwait(false) ?? throw Truncated();
            string size = line.Split(';')[0].Trim();
            if (!int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int length) || length < 0)
            {
                throw new BadRequestException(400, $"The chunk size '{line}' is not a hexadecimal number.");
            }

            if (length == 0)
            {
                await ReadHeadersAsync(cancellationToken).ConfigureAwait(false);
                return body.ToArray();
            }

            if (body.Length + length > MostBodyBytes)
            {
                throw TooLarge();
            }

            body.Write(await ReadExactlyAsync(length, cancellationToken).ConfigureAwait(false));
            await ReadLineAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<byte[]> ReadExactlyAsync(int length, CancellationToken cancellationToken)
    {
        if (length > MostBodyBytes)
        {
            throw TooLarge();
        }

        byte[] body = length == 0 ? [] : new byte[length];
        int have = Math.Min(length, _end - _start);
        Buffered[..have].CopyTo(body);
        _start += have;
        while (have < length)
        {
            int read = await socket.ReceiveAsync(body.AsMemory(have), cancellationToken).ConfigureAwait(false);
            have += read > 0 ? read : throw Truncated();
        }

        return body;
    }

    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            int feed = Buffered.IndexOf((byte)'\n');
            if (feed >= 0)
            {
                string line = Encoding.UTF8.GetString(Buffered[..feed]).TrimEnd('\r');
                _start += feed + 1;
                return line;
            }

            if (!await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                return _start == _end ? null : throw Truncated();
            }
        }
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        int read;
        if (_ahead is { } ahead)
        {
            read = await ahead.ConfigureAwait(false);
            _ahead = null;
        }
        else
        {
            MakeRoom();
            read = await socket.ReceiveAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        }

        _end += read;
        return read > 0;
    }

    private void MakeRoom()
    {
        if (_end < _buffer.Length)
        {
            return;
        }

        int kept = _end - _start;
        if (kept > MostHeadBytes)
        {
            throw new BadRequestException(431, $"The request's head is longer than {MostHeadBytes} bytes.");
        }

        byte[] target = kept > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        Buffered.CopyTo(target);
        (_buffer, _start, _end) = (target, 0, kept);
    }

    private static BadRequestException Truncated() => new(400, "The connection ended in the middle of a request.");

    private static BadRequestException TooLarge() => new(413, $"The request's body is longer than {MostBodyBytes} bytes.");
}
