using System.Net.Http.Headers;
using Amazon.Runtime;

namespace FanOut.Aws;

/// <summary>One pool of connections for all clients of the process.</summary>
public sealed class SharedHttpClientFactory : HttpClientFactory
{
    // Never disposed of: it lives as long as the process.
    private static readonly HttpClient Client = new(new BufferingHandler(new SocketsHttpHandler
    {
        ConnectTimeout = TimeSpan.FromSeconds(5),
        UseCookies = false,
        AllowAutoRedirect = false,

        // Lambda freezes a function between invocations; meanwhile the other side may close its connections.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(50),
    }))
    {
        // Callers cancel each call at its own deadline.
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
    };

    private SharedHttpClientFactory()
    {
    }

    /// <summary>The only instance.</summary>
    public static SharedHttpClientFactory Instance { get; } = new();

    /// <inheritdoc/>
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => Client;

    /// <inheritdoc/>
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    /// <inheritdoc/>
    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    /// <summary>Reads each answer completely before AWSSDK.Core gets it.</summary>
    /// <remarks>
    /// AWSSDK.Core reads answers synchronously, so a slow server would block a thread that no token can free. Here the reading is asynchronous, and
    /// the caller's token cancels it.
    /// </remarks>
    private sealed class BufferingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        // Bytes: no memory is taken on a server's word alone.
        private const int LargestGuess = 1024 * 1024;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            try
            {
                response.Content = await ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
                return response;
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }

        // LoadIntoBufferAsync takes a token from .NET 9 on; given up without one, it would go on reading behind our back.
        private static async Task<HttpContent> ReadAsync(HttpContent content, CancellationToken cancellationToken)
        {
            MemoryStream whole = new((int)Math.Min(content.Headers.ContentLength ?? 0, LargestGuess));
            await content.CopyToAsync(whole, cancellationToken).ConfigureAwait(false);
            whole.Position = 0;
            StreamContent read = new(whole);
            foreach ((string name, HeaderStringValues values) in content.Headers.NonValidated)
            {
                read.Headers.TryAddWithoutValidation(name, values);
            }

            content.Dispose();
            return read;
        }
    }
}
