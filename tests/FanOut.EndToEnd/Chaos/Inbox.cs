using System.Net.Sockets;

namespace FanOut.EndToEnd.Chaos;

/// <summary>What one side of a proxy has sent and was not handed on yet.</summary>
/// <param name="socket">The side.</param>
/// <param name="cancellationToken">Ends the waiting.</param>
internal sealed class Inbox(Socket socket, CancellationToken cancellationToken)
{
    private byte[] _bytes = new byte[65_536];
    private int _count;

    /// <summary>The length of the first whole piece; 0: more bytes are needed.</summary>
    public delegate int Measure(ReadOnlySpan<byte> received);

    /// <summary>The next whole piece; null: the side has left.</summary>
    public async Task<byte[]?> TakeAsync(Measure measure)
    {
        int length;
        while ((length = _count == 0 ? 0 : measure(_bytes.AsSpan(0, _count))) == 0)
        {
            if (_count == _bytes.Length)
            {
                Array.Resize(ref _bytes, 2 * _bytes.Length);
            }

            int read = await socket.ReceiveAsync(_bytes.AsMemory(_count), cancellationToken);
            if (read == 0)
            {
                return null;
            }

            _count += read;
        }

        byte[] piece = _bytes[..length];
        _bytes.AsSpan(length, _count - length).CopyTo(_bytes);
        _count -= length;
        return piece;
    }
}
