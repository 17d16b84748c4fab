using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using FanOut.Aws.Signing;

namespace FanOut.Aws.Protocols;

/// <summary>A request's body, written once into one pooled buffer and streamed from there.</summary>
/// <remarks>
/// The buffer returns to the pool on <see cref="Dispose"/>. A connection may still be reading then, because an answer can come before the whole
/// body was sent. It never gets the bytes of the buffer's next user: the buffer is kept back until what is being sent out of it has been sent, and who
/// only begins to read gets an <see cref="ObjectDisposedException"/>.
/// </remarks>
public sealed class RequestBody : IBufferWriter<byte>, IDisposable
{
    private const int Least = 256;

    private readonly object _gate = new();
    private readonly BodyBeginning? _beginning;
    private byte[] _buffer;
    private int _length;
    private int _sending;
    private bool _disposed;

    /// <summary>An empty body.</summary>
    /// <param name="size">The expected number of bytes. An exact size avoids copies; a wrong one does no harm. 0: it has no buffer until something is written.</param>
    public RequestBody(int size) => _buffer = size == 0 ? [] : ArrayPool<byte>.Shared.Rent(Math.Max(size, Least));

    /// <summary>A body that goes on where its beginning ends, which it may share with others.</summary>
    /// <param name="beginning">Sent, and hashed, before what is written. It is not disposed of with the body.</param>
    /// <param name="size">The expected number of bytes behind it.</param>
    internal RequestBody(BodyBeginning beginning, int size)
        : this(size) => _beginning = beginning;

    /// <summary>Bytes written so far.</summary>
    public int Length => _length;

    /// <summary>What was written; valid until the next write or <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>A part of what was written; valid until more is written than the size given at first, or until <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Slice(int start) => _buffer.AsMemory(start, _length - start);

    /// <summary>Turns what was written from a position on into base64 text.</summary>
    public void EncodeBase64(int start)
    {
        int bytes = _length - start;
        Reserve(((bytes + 2) / 3 * 4) - bytes);
        Base64.EncodeToUtf8InPlace(_buffer.AsSpan(start), bytes, out int written);
        _length = start + written;
    }

    /// <summary>SHA-256 of the body in base64, for checksums.</summary>
    internal string Sha256Base64 => Convert.ToBase64String(SHA256.HashData(Written));

    /// <summary>SHA-256 of the body in lower-case hex, for signatures.</summary>
    internal string Sha256Hex => _beginning is null ? KeptHash.Sha256.HexOf(Written) : Convert.ToHexString(HashBehind(_beginning)).ToLowerInvariant();

    /// <summary>How many bytes are sent.</summary>
    internal int SentLength => (_beginning?.Length ?? 0) + _length;

    /// <inheritdoc/>
    public void Advance(int count)
    {
        Debug.Assert(count <= _buffer.Length - _length, "Advanced beyond what was asked for.");
        _length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_length);
    }

    /// <summary>Appends bytes as they are.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Appends UTF-8 text as a JSON string, with its quotes, escaped where JSON requires it.</summary>
    public void WriteJsonString(ReadOnlySpan<byte> utf8)
    {
        // Nearly all keys and names need no escapes: they are checked once and copied.
        bool isPlain = JsonEscape.IndexOfEscaped(utf8) < 0;
        Reserve((isPlain ? utf8.Length : JsonEscape.LengthOf(utf8)) + 2);
        _buffer[_length++] = (byte)'"';
        if (isPlain)
        {
            utf8.CopyTo(_buffer.AsSpan(_length));
            _length += utf8.Length;
        }
        else
        {
            _length += JsonEscape.Write(utf8, _buffer.AsSpan(_length));
        }

        _buffer[_length++] = (byte)'"';
    }

    /// <summary>Appends text as a JSON string, with its quotes.</summary>
    public void WriteJsonString(string text)
    {
        Span<byte> utf8 = text.Length <= 256 ? stackalloc byte[768] : new byte[System.Text.Encoding.UTF8.GetMaxByteCount(text.Length)];
        WriteJsonString(utf8[..System.Text.Encoding.UTF8.GetBytes(text, utf8)]);
    }

    /// <summary>Appends bytes as base64 text, without quotes.</summary>
    public void WriteBase64(Blob blob)
    {
        if (blob.IsBase64)
        {
            Write(blob.Content.Span);
            return;
        }

        Reserve(blob.Base64Length);
        Base64.EncodeToUtf8(blob.Content.Span, _buffer.AsSpan(_length), out _, out int written);
        _length += written;
    }

    /// <summary>Appends the bytes that a blob stands for.</summary>
    /// <exception cref="FormatException">The blob's text is not base64.</exception>
    public void WriteBytes(Blob blob)
    {
        if (!blob.IsBase64)
        {
            Write(blob.Content.Span);
            return;
        }

        Reserve(Base64.GetMaxDecodedFromUtf8Length(blob.Content.Length));
        OperationStatus status = Base64.DecodeFromUtf8(blob.Content.Span, _buffer.AsSpan(_length), out _, out int written);
        if (status != OperationStatus.Done)
        {
            throw new FormatException("A record's data is not base64.");
        }

        _length += written;
    }

    /// <summary>Appends a number in decimal digits.</summary>
    public void WriteNumber(long number)
    {
        Reserve(20);
        Utf8Formatter.TryFormat(number, _buffer.AsSpan(_length), out int written, new StandardFormat('D'));
        _length += written;
    }

    /// <summary>Appends a time as the JSON protocols write it: seconds since 1970, with three decimals.</summary>
    /// <remarks>https://smithy.io/2.0/spec/protocol-traits.html#timestamp-formats</remarks>
    public void WriteEpochSeconds(DateTimeOffset time)
    {
        (long seconds, long milliseconds) = Math.DivRem(time.ToUnixTimeMilliseconds(), 1000);
        WriteNumber(seconds);
        Write([(byte)'.', (byte)('0' + (milliseconds / 100)), (byte)('0' + (milliseconds / 10 % 10)), (byte)('0' + (milliseconds % 10))]);
    }

    /// <summary>Appends UTF-8 text percent-encoded, for form bodies.</summary>
    public void WriteFormValue(ReadOnlySpan<byte> utf8)
    {
        // Whether there is room for more than it can be is told at once; how much it will be is not.
        if (_buffer.Length - _length < (long)FormUrl.MostForOne * utf8.Length)
        {
            Reserve(FormUrl.LengthOf(utf8));
        }

        _length += FormUrl.Write(utf8, _buffer.AsSpan(_length));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _disposed = true;
                Return();
            }
        }
    }

    /// <summary>Sends the body out of its buffer.</summary>
    internal async Task SendAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (_beginning is not null)
        {
            await _beginning.SendAsync(stream, cancellationToken).ConfigureAwait(false);
        }

        ReadOnlyMemory<byte> all;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _sending++;
            all = _buffer.AsMemory(0, _length);
        }

        try
        {
            await stream.WriteAsync(all, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _sending--;
                Return();
            }
        }
    }

    /// <summary>A stream over the body, from its start. Of one that has a beginning there is none.</summary>
    internal Stream OpenRead() => _beginning is null ? new BodyStream(this) : throw new NotSupportedException("What shares its beginning with others is sent at once.");

    private byte[] HashBehind(BodyBeginning beginning)
    {
        using IncrementalHash hash = beginning.StartHash();
        hash.AppendData(Written);
        return hash.GetHashAndReset();
    }

    private void Return()
    {
        if (_disposed && _sending == 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }

    private void Reserve(int count)
    {
        if (_buffer.Length - _length >= count)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(_length + count, _buffer.Length * 2), Least));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private int CopyTo(Span<byte> destination, int position)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            int count = Math.Min(destination.Length, _length - position);
            _buffer.AsSpan(position, count).CopyTo(destination);
            return count;
        }
    }

    private sealed class BodyStream(RequestBody body) : Stream
    {
        private int _position;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => body._length;

        public override long Position
        {
            get => _position;
            set => _position = checked((int)value);
        }

        public override int Read(Span<byte> buffer)
        {
            int count = body.CopyTo(buffer, _position);
            _position += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Task.FromResult(Read(buffer.AsSpan(offset, count)));

        public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => Length + offset,
        };

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
