using System.Security.Authentication;

namespace FanOut.Aws.Trust;

/// <summary>Sends requests over one of two pools of connections, which trust different authorities.</summary>
/// <param name="aws">For AWS's hosts.</param>
/// <param name="others">For all other hosts.</param>
internal sealed class ConnectionsByHost(HttpMessageHandler aws, HttpMessageHandler others) : HttpMessageHandler
{
    private readonly HttpMessageInvoker _aws = new(aws), _others = new(others);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string host = request.RequestUri!.Host;
        try
        {
            return await (AwsDomains.Have(host) ? _aws : _others).SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (e is { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: AuthenticationException inner })
        {
            // Whoever shows this shows its message alone.
            throw new HttpRequestException(HttpRequestError.SecureConnectionError, $"No TLS connection to {host}. {inner.Message}", e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _aws.Dispose();
            _others.Dispose();
        }

        base.Dispose(disposing);
    }
}
