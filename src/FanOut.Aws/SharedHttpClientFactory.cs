using System.Collections.Concurrent;
using System.Net.Security;
using Amazon.Runtime;
using FanOut.Aws.Trust;

namespace FanOut.Aws;

/// <summary>The HTTP connections of all clients of the process. How many bytes an answer may have depends on the service.</summary>
public sealed class SharedHttpClientFactory : HttpClientFactory
{
    /// <summary>
    /// How many bytes an answer to one of AWSSDK's own clients may have: 8 MB. A page of DynamoDB has up to 1 MB of items, and JSON may need six
    /// bytes for one (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html).
    /// </summary>
    public const long MostAnswerBytes = 8 * 1024 * 1024;

    // Never disposed of: they live as long as the process. Made at the first use, because AWS_CA_BUNDLE may be wrong.
    private static readonly Lazy<HttpMessageHandler> Shared = new(static () => Connections(ServerTrust.Instance), LazyThreadSafetyMode.PublicationOnly);

    private readonly ConcurrentDictionary<long, HttpClient> _clients = new();
    private HttpMessageInvoker? _unbounded;

    private SharedHttpClientFactory()
    {
    }

    /// <summary>The only one.</summary>
    public static SharedHttpClientFactory Instance { get; } = new();

    /// <inheritdoc/>
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _clients.GetOrAdd(
        clientConfig is AwsClientConfig own ? own.MostAnswerBytes : MostAnswerBytes,
        static most => new HttpClient(new BoundedAnswers(Shared.Value, most), disposeHandler: false)
        {
            // Callers cancel each call at its own deadline.
            Timeout = Timeout.InfiniteTimeSpan,
        });

    /// <summary>
    /// What sends calls whose answers are read within their limits by the caller: over the process's connections, without what a client adds for each
    /// call; or, where the configuration has other connections, by their client.
    /// </summary>
    /// <exception cref="FormatException"><c>AWS_CA_BUNDLE</c> names a file that cannot be read or has no certificate.</exception>
    internal static HttpMessageInvoker ForOwnReader(AwsClientConfig config) => config.HttpClientFactory is SharedHttpClientFactory shared
        ? shared._unbounded ??= new HttpMessageInvoker(Shared.Value, disposeHandler: false)
        : new HttpMessageInvoker(new HeadersFirst(config.HttpClientFactory.CreateHttpClient(config)));

    /// <inheritdoc/>
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    /// <inheritdoc/>
    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    /// <summary>A pool of connections.</summary>
    /// <param name="trust">Which authorities vouch for the servers.</param>
    /// <param name="change">What a test wants otherwise.</param>
    internal static HttpMessageHandler Connections(ServerTrust trust, Action<SocketsHttpHandler>? change = null)
    {
        return new ConnectionsByHost(Pool(trust.ForAws()), Pool(trust.ForOthers()));

        SocketsHttpHandler Pool(SslClientAuthenticationOptions tls)
        {
            SocketsHttpHandler pool = BoundedAnswers.Connections();
            pool.ConnectTimeout = TimeSpan.FromSeconds(5);

            // Lambda freezes a function between invocations; meanwhile the other side may close its connections.
            pool.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(50);
            pool.SslOptions = tls;
            change?.Invoke(pool);
            return pool;
        }
    }

    /// <summary>Has a client return as soon as the headers are there. The client belongs to its factory.</summary>
    private sealed class HeadersFirst(HttpClient client) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }
}
