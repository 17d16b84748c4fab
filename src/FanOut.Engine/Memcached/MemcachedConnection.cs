using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using FanOut.Aws.Trust;
using FanOut.Engine.Targets;

namespace FanOut.Engine.Memcached;

/// <summary>One connection to one server. Its user sends one batch at a time and drops it after any exception.</summary>
internal sealed class MemcachedConnection : IDisposable
{
    private const int SendBufferLength = 32 * 1024;

    // Smaller values are copied into the buffer, which costs less than another write; larger ones are sent from where they are.
    private const int LargestCopiedValue = 8 * 1024;

    private readonly Stream _stream;
    private byte[] _received = new byte[4096];
    private int _start;
    private int _end;

    private MemcachedConnection(Stream stream) => _stream = stream;

    /// <summary>Connects, with TLS where the options ask for it.</summary>
    /// <param name="node">The server.</param>
    /// <param name="options">TLS and the time it may take.</param>
    /// <param name="time">Measures that time.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    /// <returns>The open connection.</returns>
    /// <exception cref="CacheUnavailableException">The server cannot be reached, or not in time, or its certificate is not accepted.</exception>
    public static async Task<MemcachedConnection> OpenAsync(
        MemcachedNode node, MemcachedOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(options.ConnectTimeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new DnsEndPoint(node.Address, node.Port), either.Token);
            NetworkStream plain = new(socket, ownsSocket: true);
            return new(options.Tls ? await SecureAsync(plain, node, options, either.Token) : plain);
        }
        catch (Exception exception)
        {
            socket.Dispose();
            throw exception switch
            {
                OperationCanceledException when cancellationToken.IsCancellationRequested => exception,
                OperationCanceledException => new CacheUnavailableException(
                    $"Memcached server {node} does not accept a connection within {options.ConnectTimeout.TotalSeconds} s. "
                    + "Check the address, and that the function's subnets and security groups lead to it.", exception) { IsUnreachable = true },
                AuthenticationException => new CacheUnavailableException(
                    $"Memcached server {node} fails the TLS handshake: {exception.Message} Check that it has TLS and a trusted certificate.", exception) { IsUnreachable = true },
                _ => new CacheUnavailableException(
                    $"Memcached server {node} cannot be reached: {exception.Message}. Check the address, and that TLS is chosen as the server has it.",
                    exception) { IsUnreachable = true },
            };
        }
    }

    /// <summary>Sends the entries without an answer, all at once, and reads the answers as they come.</summary>
    /// <param name="batch">The entries; takes the answers.</param>
    /// <param name="cancellationToken">Stops it; the connection is of no use then.</param>
    /// <returns>False when the server may have lost its place in the stream.</returns>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="InvalidDataException">What answers is not a Memcached server.</exception>
    /// <exception cref="UnauthorizedAccessException">The server wants a user and a password.</exception>
    public async Task<bool> SendAsync(NodeBatch batch, CancellationToken cancellationToken)
    {
        // Write and read at the same time: if neither side read, a large batch would fill both directions and wait for ever.
        Task writing = WriteAsync(batch, cancellationToken);
        bool isInStep = false;
        try
        {
            do
            {
                isInStep = batch.Take(await ReadAnswerAsync(cancellationToken));
            }
            while (isInStep && batch.Answered < batch.Count);

            // More answers than commands, or answers before the commands: it is not known which entries they belong to.
            isInStep = isInStep && _start == _end && writing.IsCompletedSuccessfully;
        }
        finally
        {
            if (!isInStep)
            {
                Dispose();
            }

            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return isInStep;
    }

    /// <summary>Asks for the servers of the cluster.</summary>
    /// <param name="cancellationToken">Stops it; the connection is of no use then.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="FormatException">What was received is not an answer.</exception>
    public async Task<ClusterAnswer> AskClusterAsync(CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(MemcachedCommand.GetCluster, cancellationToken);
        ClusterAnswer answer;
        do
        {
            await ReceiveAsync(cancellationToken);
        }
        while (!ClusterAnswer.TryRead(_received.AsSpan(_start, _end - _start), out answer));
        _start = _end = 0;
        return answer;
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => _stream.Dispose();

    private static async Task<SslStream> SecureAsync(
        NetworkStream plain, MemcachedNode node, MemcachedOptions options, CancellationToken cancellationToken)
    {
        SslStream secure = new(plain, leaveInnerStreamOpen: false);
        SslClientAuthenticationOptions client = options.CertificateValidation is { } validate
            ? new() { TargetHost = node.Host, RemoteCertificateValidationCallback = validate }
            : ServerTrust.Instance.For(node.Host, X509RevocationMode.NoCheck) ?? new() { TargetHost = node.Host };
        await secure.AuthenticateAsClientAsync(client, cancellationToken);
        return secure;
    }

    private async Task WriteAsync(NodeBatch batch, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(SendBufferLength);
        try
        {
            int length = 0;
            for (int position = batch.Answered; position < batch.Count; position++)
            {
                CacheEntry entry = batch[position];
                int copied = entry.Delete || entry.Value.Length > LargestCopiedValue ? 0 : entry.Value.Length;
                if (buffer.Length - length < MemcachedCommand.MaxLength + copied + MemcachedCommand.LineEnd.Length)
                {
                    length = await FlushAsync(buffer, length, cancellationToken);
                }

                if (entry.Delete)
                {
                    length += MemcachedCommand.WriteDelete(buffer.AsSpan(length), entry.Key.Span);
                    continue;
                }

                length += MemcachedCommand.WriteSet(buffer.AsSpan(length), entry.Key.Span, entry.Value.Length);
                if (copied == entry.Value.Length)
                {
                    entry.Value.Span.CopyTo(buffer.AsSpan(length));
                    length += copied;
                }
                else
                {
                    length = await FlushAsync(buffer, length, cancellationToken);
                    await _stream.WriteAsync(entry.Value, cancellationToken);
                }
                MemcachedCommand.LineEnd.CopyTo(buffer.AsSpan(length));
                length += MemcachedCommand.LineEnd.Length;
            }
            await FlushAsync(buffer, length, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask<int> FlushAsync(byte[] buffer, int length, CancellationToken cancellationToken)
    {
        if (length > 0)
        {
            await _stream.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
        }

        return 0;
    }

    private async ValueTask<MemcachedAnswer> ReadAnswerAsync(CancellationToken cancellationToken)
    {
        MemcachedAnswer answer;
        int consumed;
        while (!MemcachedAnswer.TryRead(_received.AsSpan(_start, _end - _start), out answer, out consumed))
        {
            await ReceiveAsync(cancellationToken);
        }

        _start += consumed;
        return answer;
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _received.AsSpan(_start, _end - _start).CopyTo(_received);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _received.Length)
        {
            Array.Resize(ref _received, 2 * _received.Length);
        }

        int read = await _stream.ReadAsync(_received.AsMemory(_end), cancellationToken);
        if (read == 0)
        {
            throw new EndOfStreamException("It closed the connection.");
        }

        _end += read;
    }
}
