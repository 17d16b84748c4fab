using System.Text;
using Amazon.Runtime;

namespace FanOut.Local.Plans;

/// <summary>Connections that go nowhere: the first request of a call is written down, and fails.</summary>
internal sealed class WrittenRequests : HttpClientFactory, IDisposable
{
    private static readonly AsyncLocal<WrittenCall?> Current = new();
    private readonly HttpClient _client = new(new Writer());

    /// <summary>Begins a call: its request is found in what is returned.</summary>
    public static WrittenCall Begin() => Current.Value = new WrittenCall();

    /// <inheritdoc/>
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _client;

    /// <inheritdoc/>
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    /// <inheritdoc/>
    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>Where the request of a call is put.</summary>
    internal sealed class WrittenCall
    {
        /// <summary>The request; null: none has come yet.</summary>
        public WrittenRequest? Request { get; set; }
    }

    private sealed class Writer : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            WrittenCall? call = Current.Value;
            if (call is { Request: null })
            {
                byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
                call.Request = new WrittenRequest(request.Method.Method, request.RequestUri!, OperationOf(request, body), request.Content?.Headers.ContentType?.ToString(), body, KeyOf(request));
            }

            throw new NotSupportedException("This call is planned, not sent.");
        }

        private static string? KeyOf(HttpRequestMessage request) => request.Headers.TryGetValues("Idempotency-Key", out IEnumerable<string>? values) ? values.FirstOrDefault() : null;

        private static string? OperationOf(HttpRequestMessage request, byte[] body)
        {
            if (request.Headers.TryGetValues("X-Amz-Target", out IEnumerable<string>? values) && values.FirstOrDefault() is { } target)
            {
                return target[(target.LastIndexOf('.') + 1)..];
            }

            // The Query protocol: https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html
            const string Action = "Action=";
            string start = Encoding.ASCII.GetString(body, 0, Math.Min(body.Length, 100));
            return start.StartsWith(Action, StringComparison.Ordinal) ? start[Action.Length..].Split('&')[0] : null;
        }
    }
}
