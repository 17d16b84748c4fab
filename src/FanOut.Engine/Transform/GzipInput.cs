using System.IO.Compression;
using System.Text;

namespace FanOut.Engine.Transform;

/// <summary>Data that is gzip, and behind it one more member, whose content is <see cref="EndMark"/>.</summary>
/// <param name="data">The data.</param>
internal sealed class GzipInput(ReadOnlyMemory<byte> data) : Stream
{
    private static readonly byte[] Mark = Encoding.ASCII.GetBytes("the end of FanOut's gzip");
    private static readonly byte[] End = Pack(Mark);

    private int _position;

    /// <summary>The content of the last member.</summary>
    public static ReadOnlySpan<byte> EndMark => Mark;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        ReadOnlySpan<byte> rest = _position < data.Length ? data.Span[_position..] : End.AsSpan(_position - data.Length);
        int count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        _position += count;
        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.NoCompression, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }
}
