using System.Net;
using Amazon.Runtime.Internal.Transform;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Pipeline;

/// <summary>An answer as AWSSDK.Core's pipeline hands it over. It has been read completely (see <see cref="BoundedAnswers"/>).</summary>
internal sealed class BufferedContext : UnmarshallerContext
{
    public BufferedContext(Stream stream, IWebResponseData response)
    {
        WebResponseData = response;
        using var body = new MemoryStream(response.ContentLength is > 0 and < int.MaxValue ? (int)response.ContentLength : 0);
        stream.CopyTo(body);
        Answer = new Buffered(response, body.GetBuffer().AsMemory(0, (int)body.Length));
    }

    /// <summary>The answer.</summary>
    public WireAnswer Answer { get; }

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
