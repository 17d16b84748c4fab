namespace FanOut.Testing;

/// <summary>Sends what is for any HTTPS endpoint to a server of the test, over plain HTTP.</summary>
/// <param name="server">The server. Its path comes before the request's, unless it is only a slash.</param>
/// <param name="inner">Sends the requests; null: connections of its own.</param>
public sealed class PlainEndpoint(Uri server, HttpMessageHandler? inner = null) : DelegatingHandler(inner ?? new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.RequestUri = new Uri(server.AbsoluteUri.TrimEnd('/') + request.RequestUri!.PathAndQuery);
        return base.SendAsync(request, cancellationToken);
    }
}
