using System.Net;
using Amazon.Runtime;

namespace FanOut.Tests.Credentials;

/// <summary>Answers an SDK client's requests with an empty JSON object, and keeps how they were signed.</summary>
internal sealed class SignedRequests : HttpClientFactory, IDisposable
{
    private readonly Answer _answer;

    public SignedRequests() => _answer = new Answer(Seen);

    public List<(string Authorization, string Token)> Seen { get; } = [];

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(_answer, disposeHandler: false);

    public void Dispose() => _answer.Dispose();

    private sealed class Answer(List<(string Authorization, string Token)> seen) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            seen.Add((
                request.Headers.NonValidated["Authorization"].ToString(),
                request.Headers.NonValidated["X-Amz-Security-Token"].ToString()));
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{}") });
        }
    }
}
