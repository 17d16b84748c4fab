using System.Buffers;
using System.Net;
using Amazon.Runtime.Internal.Transform;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Pipeline;

/// <summary>An answer as AWSSDK.Core's pipeline hands it over. It has been read completely (see <see cref="BoundedAnswers"/>).</summary>
internal sealed class BufferedContext : UnmarshallerContext
{
    private const int Unknown = 4096;

    // Rented: a page of a stream's records has a megabyte, and many are read.
    private byte[] _body;

    public BufferedContext(Stream stream, IWebResponseData response)
    {
        WebResponseData = response;

        // One byte more than is announced: that there is no more shows without another buffer.
        _body = ArrayPool<byte>.Shared.Rent(response.ContentLength is > 0 and < int.MaxValue - 1 ? (int)response.ContentLength + 1 : Unknown);
        int length = 0;
        for (int read; (read = stream.Read(_body, length, _body.Length - length)) > 0;)
        {
            length += read;
            if (length == _body.Length)
            {
                byte[] larger = ArrayPool<byte>.Shared.Rent(2 * length);
                _body.CopyTo(larger, 0);
                ArrayPool<byte>.Shared.Return(_body);
                _body = larger;
            }
        }

        Answer = new Buffered(response, _body.AsMemory(0, length));
    }

    /// <summary>The answer, until it is given back.</summary>
    public WireAnswer Answer { get; private set; }

    /// <summary>The answer has been read: its memory is used for others.</summary>
    public void GiveBack()
    {
        Answer = new Buffered(WebResponseData, default);
        ArrayPool<byte>.Shared.Return(_body);
        _body = [];
    }

    public override string CurrentPath => "/";

    public override int CurrentDepth => 0;

    public override bool IsStartElement => false;

    public override bool IsEndElement => false;

    public override bool IsStartOfDocument => true;

    private sealed class Buffered(IWebResponseData response, ReadOnlyMemory<byte> body) : WireAnswer
    {
        public override HttpStatusCode Status => response.StatusCode;

        public override ReadOnlySpan<byte> Body => body.Span;

        public override string? Header(string name) => response.IsHeaderPresent(name) ? response.GetHeaderValue(name) : null;
    }
}
