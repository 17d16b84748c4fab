using System.Buffers;

namespace FanOut.DeadLetters;

/// <summary>Memory for a file, or for what is in it, which is used again when this is disposed of.</summary>
internal sealed class FileMemory : IBufferWriter<byte>, IDisposable
{
    private readonly Action<byte[]> _giveBack;
    private byte[] _bytes;
    private bool _isDisposed;

    /// <summary>Memory that is empty.</summary>
    /// <param name="bytes">Where it is; it grows if more is written.</param>
    /// <param name="giveBack">Takes the array back, or one that has taken its place.</param>
    public FileMemory(byte[] bytes, Action<byte[]> giveBack) => (_bytes, _giveBack) = (bytes, giveBack);

    /// <summary>Memory out of the pool that all share.</summary>
    /// <param name="size">The expected number of bytes.</param>
    public FileMemory(long size)
        : this(ArrayPool<byte>.Shared.Rent((int)Math.Clamp(size, 1, Array.MaxLength)), static b => ArrayPool<byte>.Shared.Return(b))
    {
    }

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until the next write, or until it is disposed of.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Forgets what was written.</summary>
    public void Clear() => Length = 0;

    /// <inheritdoc/>
    public void Advance(int count) => Length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_bytes.Length - Length < Math.Max(sizeHint, 1))
        {
            Array.Resize(ref _bytes, Math.Max(Length + sizeHint, 2 * _bytes.Length));
        }

        return _bytes.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _giveBack(_bytes);
        }
    }
}
