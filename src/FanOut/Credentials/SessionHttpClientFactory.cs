using Amazon.Runtime;

namespace FanOut.Credentials;

/// <summary>Makes the HTTP client of a session: connections are the process's, the log is the session's.</summary>
/// <remarks>Proxies are those of HTTPS_PROXY, HTTP_PROXY and NO_PROXY, or of the system, as .NET finds them at the first call of the process.</remarks>
internal sealed class SessionHttpClientFactory : HttpClientFactory, IDisposable
{
    private static readonly Lazy<SocketsHttpHandler> Verified = new(() => Connections(verify: true));
    private static readonly Lazy<SocketsHttpHandler> Unverified = new(() => Connections(verify: false));

    private readonly HttpClient _client;

    public SessionHttpClientFactory(CallLog log, bool verify, TimeProvider time) =>
        _client = new HttpClient(new CallLogHandler(log, (verify ? Verified : Unverified).Value, time), disposeHandler: false) { Timeout = TimeSpan.FromSeconds(100) };

    /// <inheritdoc/>
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _client;

    /// <inheritdoc/>
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    /// <inheritdoc/>
    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    /// <summary>Ends the client; its connections live on.</summary>
    public void Dispose() => _client.Dispose();

    /// <summary>A pool of connections.</summary>
    internal static SocketsHttpHandler Connections(bool verify)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(10),
            UseCookies = false,
            AllowAutoRedirect = false,

            // A shell stays open for days, and AWS changes its addresses.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (!verify)
        {
            // Asked for in so many words: -NoVerifySsl.
#pragma warning disable CA5359
            handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        return handler;
    }
}
