using Amazon.Runtime;

namespace FanOut.Aws;

/// <summary>One pool of connections for all clients of the process.</summary>
public sealed class SharedHttpClientFactory : HttpClientFactory
{
    // Lives as long as the process, as the factory does.
    private static readonly HttpClient Client = new(new BufferingHandler(new SocketsHttpHandler
    {
        ConnectTimeout = TimeSpan.FromSeconds(5),
        UseCookies = false,
        AllowAutoRedirect = false,

        // A frozen Lambda environment thaws with connections that the other side has long closed.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(50),
    }))
    {
        // Every call has a deadline of its own.
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
    };

    private SharedHttpClientFactory()
    {
    }

    /// <summary>The only one.</summary>
    public static SharedHttpClientFactory Instance { get; } = new();

    /// <inheritdoc/>
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => Client;

    /// <inheritdoc/>
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    /// <inheritdoc/>
    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    /// <summary>Reads answers whole before handing them on.</summary>
    /// <remarks>
    /// AWSSDK.Core reads answers synchronously: a server that drips bytes would hold a thread that no token can free.
    /// Read here, the whole answer is under the caller's token.
    /// </remarks>
    private sealed class BufferingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            try
            {
#if NET9_0_OR_GREATER
                await response.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
#else
                await response.Content.LoadIntoBufferAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
#endif
                return response;
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }
    }
}
