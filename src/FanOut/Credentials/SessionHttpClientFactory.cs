using Amazon.Runtime;
using FanOut.Aws;

namespace FanOut.Credentials;

/// <summary>Makes the HTTP client of a session. Its connections are shared by the whole process; the log is the session's own.</summary>
/// <remarks>Proxies are those of HTTPS_PROXY, HTTP_PROXY and NO_PROXY, or the system's. .NET reads them at the first call of the process.</remarks>
internal sealed class SessionHttpClientFactory : HttpClientFactory, IDisposable
{
    // GetRecords answers with up to 10 MB of data in base64, or with 10,000 records, each with its number and its key.
    private const long MostAnswerBytes = 24 * 1024 * 1024;

    private static readonly Lazy<SocketsHttpHandler> Verified = new(() => Connections(verify: true));
    private static readonly Lazy<SocketsHttpHandler> Unverified = new(() => Connections(verify: false));

    private readonly HttpClient _client;

    /// <summary>Makes one.</summary>
    /// <param name="log">Gets a line for each call.</param>
    /// <param name="verify">Whether certificates are looked at.</param>
    /// <param name="patience">How long a call may be without an answer.</param>
    /// <param name="originOf">Where an endpoint was set; null: nowhere, it is AWS's own.</param>
    /// <param name="time">The clock.</param>
    public SessionHttpClientFactory(CallLog log, bool verify, TimeSpan patience, Func<Uri, string?> originOf, TimeProvider time)
    {
        var bounded = new BoundedAnswers((verify ? Verified : Unverified).Value, MostAnswerBytes);
        var handler = new CallLogHandler(log, new EndpointErrorHandler(bounded, patience, originOf, time), time);
        _client = new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <inheritdoc/>
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _client;

    /// <inheritdoc/>
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    /// <inheritdoc/>
    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    /// <summary>Disposes of the client; the shared connections stay open.</summary>
    public void Dispose() => _client.Dispose();

    /// <summary>A pool of connections.</summary>
    internal static SocketsHttpHandler Connections(bool verify)
    {
        SocketsHttpHandler handler = BoundedAnswers.Connections();
        handler.ConnectTimeout = TimeSpan.FromSeconds(10);

        // A shell may stay open for days, and AWS's addresses change: connect anew, and so resolve names anew, every five minutes.
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
        if (!verify)
        {
            // The user asked for it with -NoVerifySsl.
#pragma warning disable CA5359
            handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        return handler;
    }
}
