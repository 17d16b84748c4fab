using FanOut.Aws;
using FanOut.Aws.S3;
using FanOut.LocalCloud.Http;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Aws;

/// <summary>Answers are read whole, under the caller's token, before AWSSDK.Core parses them.</summary>
public sealed class SharedHttpClientFactoryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200, 0)]
    [InlineData(200, 1000)]
    [InlineData(200, 256 * 1024)]
    [InlineData(429, 1000)]
    [InlineData(429, 64 * 1024)]
    public async Task An_answer_keeps_its_status_headers_and_body(int status, int size)
    {
        byte[] body = new byte[size];
        new Random(1).NextBytes(body);
        await using HttpServer server = HttpServer.Start((_, _) => Task.FromResult(HttpResponse.Bytes(status, "application/x-amz-json-1.1", body)));

        using HttpResponseMessage answer = await SendAsync(server.Endpoint, Cancellation);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/x-amz-json-1.1", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(size, answer.Content.Headers.ContentLength);
        Assert.Equal(body, await answer.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task An_answer_with_more_than_the_service_can_say_is_no_answer()
    {
        await using HttpServer server = HttpServer.Start((_, _) => Task.FromResult(HttpResponse.Bytes(200, "text/plain", new byte[(256 * 1024) + 1])));

        AnswerTooLargeException e = await Assert.ThrowsAsync<AnswerTooLargeException>(() => SendAsync(server.Endpoint, Cancellation));
        Assert.Equal(256 * 1024, e.MostBytes);
    }

    [Fact]
    public async Task Of_a_long_refusal_the_beginning_is_read()
    {
        byte[] body = new byte[3 * 1024 * 1024];
        new Random(1).NextBytes(body);
        await using HttpServer server = HttpServer.Start((_, _) => Task.FromResult(HttpResponse.Bytes(500, "application/x-amz-json-1.1", body)));

        using HttpResponseMessage answer = await SendAsync(server.Endpoint, Cancellation);

        Assert.Equal((500, "application/x-amz-json-1.1", 64 * 1024L), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString(), answer.Content.Headers.ContentLength));
        Assert.Equal(body[..(64 * 1024)], await answer.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_no_answer()
    {
        await using HttpServer server = HttpServer.Start((_, _) =>
            Task.FromResult(HttpResponse.Text(200, "application/json", "{\"a\":1}") with { Misbehaviour = Misbehaviour.CloseInTheMiddle }));

        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(server.Endpoint, Cancellation));
    }

    [Fact]
    public async Task An_answer_that_drips_is_given_up_when_the_caller_does()
    {
        FakeTimeProvider standing = new();
        TaskCompletionSource asked = new();
        await using HttpServer server = HttpServer.Start(
            (_, _) =>
            {
                asked.SetResult();
                return Task.FromResult(HttpResponse.Text(200, "application/json", new string(' ', 5000)) with { Misbehaviour = Misbehaviour.Drip(TimeSpan.FromSeconds(1), 1000) });
            },
            timeProvider: standing);
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        Task<HttpResponseMessage> call = SendAsync(server.Endpoint, patience.Token);
        await asked.Task.WaitAsync(Cancellation);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    // As AWSSDK.Core asks: it wants to go on as soon as the head is there.
    private static async Task<HttpResponseMessage> SendAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        HttpClient client = SharedHttpClientFactory.Instance.CreateHttpClient(new AwsClientConfig(AmazonS3Client.Service, "us-east-1", endpoint));
        using HttpRequestMessage request = new(HttpMethod.Post, endpoint);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }
}
