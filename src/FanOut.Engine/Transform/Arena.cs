using System.Buffers;
using System.Buffers.Text;

namespace FanOut.Engine.Transform;

/// <summary>Pooled memory that transforms write to. Pieces that were taken stay valid until <see cref="Dispose"/>.</summary>
/// <remarks>Chunks are never moved, so that payloads may point into them while more is written.</remarks>
internal sealed class Arena : IBufferWriter<byte>, IDisposable
{
    private const int ChunkBytes = 64 * 1024;

    private readonly List<byte[]> _full = [];
    private byte[] _chunk = [];
    private int _taken;
    private int _written;
    private volatile bool _isAbandoned;

    /// <summary>What was written since the last <see cref="Take"/>.</summary>
    public int Pending => _written - _taken;

    /// <summary>How many bytes it has taken of the pool.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether something may read it even after <see cref="Dispose"/>.</summary>
    public bool IsAbandoned => _isAbandoned;

    /// <summary>Begins a piece, and makes enough room that all of it lies in one chunk.</summary>
    /// <param name="bytes">At most so many bytes until <see cref="Take"/>.</param>
    public void Begin(int bytes)
    {
        _written = _taken;
        if (_chunk.Length - _written >= bytes)
        {
            return;
        }

        if (_chunk.Length > 0)
        {
            _full.Add(_chunk);
        }

        _chunk = ArrayPool<byte>.Shared.Rent(Math.Max(bytes, ChunkBytes));
        _taken = _written = 0;
        Bytes += _chunk.Length;
    }

    /// <summary>Leaves the memory to the garbage collector, because something may read it even after <see cref="Dispose"/>.</summary>
    public void Abandon() => _isAbandoned = true;

    /// <summary>Hands out what was written since <see cref="Begin"/>.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        ReadOnlyMemory<byte> piece = _chunk.AsMemory(_taken, _written - _taken);
        _taken = _written;
        return piece;
    }

    /// <summary>Hands out what a base64 text stands for.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isTerminated">Whether a line feed follows it.</param>
    /// <param name="data">The data.</param>
    /// <returns>Whether the text is base64.</returns>
    public bool TryDecode(ReadOnlySpan<byte> text, bool isTerminated, out ReadOnlyMemory<byte> data)
    {
        int most = Base64.GetMaxDecodedFromUtf8Length(text.Length);
        Begin(most + 1);
        bool isBase64 = Base64.DecodeFromUtf8(text, GetSpan(most), out _, out int written) == OperationStatus.Done;
        if (isBase64)
        {
            _written += written;
            Write(isTerminated ? "\n"u8 : default);
        }

        data = Take();
        return isBase64;
    }

    /// <inheritdoc/>
    public void Advance(int count) => _written += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => Rest(sizeHint);

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => Rest(sizeHint).Span;

    /// <summary>Appends bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        _written += bytes.Length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_chunk.Length > 0)
        {
            _full.Add(_chunk);
        }

        foreach (byte[] chunk in _isAbandoned ? [] : _full)
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        _full.Clear();
        _chunk = [];
    }

    private Memory<byte> Rest(int sizeHint) => _chunk.Length - _written >= sizeHint
        ? _chunk.AsMemory(_written)
        : throw new InvalidOperationException("More was written than was announced to Begin.");
}
