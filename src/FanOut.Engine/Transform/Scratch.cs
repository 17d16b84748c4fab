using System.Buffers;

namespace FanOut.Engine.Transform;

/// <summary>Pooled room for one thing at a time: decoded data, or a plain image.</summary>
internal sealed class Scratch : IBufferWriter<byte>, IDisposable
{
    private byte[] _room = [];
    private int _length;

    /// <summary>What was written since <see cref="Begin"/>.</summary>
    public ReadOnlySpan<byte> Written => _room.AsSpan(0, _length);

    /// <summary>Forgets what was written, and makes room.</summary>
    public void Begin(int bytes)
    {
        _length = 0;
        if (_room.Length < bytes)
        {
            Dispose();
            _room = ArrayPool<byte>.Shared.Rent(bytes);
        }
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
