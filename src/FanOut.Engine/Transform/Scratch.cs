using System.Buffers;

namespace FanOut.Engine.Transform;

/// <summary>A pooled buffer that holds one thing at a time: decoded data, or an image as plain JSON.</summary>
internal sealed class Scratch : IBufferWriter<byte>, IDisposable
{
    private byte[] _room = [];
    private int _length;

    /// <summary>What was written since <see cref="Begin"/>.</summary>
    public ReadOnlySpan<byte> Written => _room.AsSpan(0, _length);

    /// <summary>Empties the buffer, and makes room for so many bytes.</summary>
    public void Begin(int bytes)
    {
        _length = 0;
        if (_room.Length < bytes)
        {
            Dispose();
            _room = ArrayPool<byte>.Shared.Rent(bytes);
        }
    }

    /// <summary>Makes room for more than was written, if there is none left.</summary>
    public void Reserve()
    {
        if (_length < _room.Length)
        {
            return;
        }

        byte[] room = ArrayPool<byte>.Shared.Rent(2 * _length);
        Written.CopyTo(room);
        Dispose();
        _room = room;
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0) => _room.AsMemory(_length);

    public Span<byte> GetSpan(int sizeHint = 0) => _room.AsSpan(_length);

    public void Dispose()
    {
        if (_room.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_room);
        }

        _room = [];
    }
}
