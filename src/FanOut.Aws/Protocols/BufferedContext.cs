using Amazon.Runtime.Internal.Transform;

namespace FanOut.Aws.Protocols;

/// <summary>An answer that has been read completely (see <see cref="SharedHttpClientFactory"/>).</summary>
internal sealed class BufferedContext : UnmarshallerContext
{
    private readonly ReadOnlyMemory<byte> _body;

    public BufferedContext(Stream stream, IWebResponseData response)
    {
        WebResponseData = response;
        using var body = new MemoryStream(response.ContentLength is > 0 and < int.MaxValue ? (int)response.ContentLength : 0);
        stream.CopyTo(body);
        _body = body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    /// <summary>The answer's body.</summary>
    public ReadOnlySpan<byte> Body => _body.Span;

    public override string CurrentPath => "/";

    public override int CurrentDepth => 0;

    public override bool IsStartElement => false;

    public override bool IsEndElement => false;

    public override bool IsStartOfDocument => true;

    /// <summary>A header's value; null if it is absent.</summary>
    public string? Header(string name) => ResponseData.IsHeaderPresent(name) ? ResponseData.GetHeaderValue(name) : null;
}
