using System.Net;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Signing;

/// <summary>A request's body, sent out of its own buffer.</summary>
internal sealed class BodyContent : HttpContent
{
    private readonly RequestBody _body;

    /// <summary>The content of a request.</summary>
    /// <param name="body">The body; it is not disposed of with the content.</param>
    /// <param name="contentType">The header <c>Content-Type</c>; null: none.</param>
    public BodyContent(RequestBody body, string? contentType)
    {
        _body = body;
        if (contentType is not null)
        {
            Headers.TryAddWithoutValidation("Content-Type", contentType);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _body.SendAsync(stream, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _body.SendAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = _body.SentLength;
        return true;
    }
}
