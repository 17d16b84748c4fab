using System.Net;
using Amazon.Runtime;
using FanOut.Aws;
using FanOut.Aws.Protocols;
using FanOut.Aws.S3;
using FanOut.LocalCloud.Http;

namespace FanOut.Tests.Aws;

public sealed class PutObjectTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("letters", "a/b=c/1.ndjson", "https://letters.s3.eu-west-1.amazonaws.com/a/b%3Dc/1.ndjson")]
    [InlineData("my.letters", "a/1.ndjson", "https://s3.eu-west-1.amazonaws.com/my.letters/a/1.ndjson")]
    public async Task A_bucket_of_AWS_is_named_by_the_host_unless_it_has_dots(string bucket, string key, string url)
    {
        using var seen = new Seen();
        using var client = new AmazonS3Client(Wire.Credentials, new AwsClientConfig(AmazonS3Client.Service, "eu-west-1") { HttpClientFactory = seen });
        using RequestBody body = Body("x"u8);

        await client.PutObjectAsync(new() { BucketName = bucket, Key = key, Body = body }, Cancellation);

        Assert.Equal(url, seen.Url?.AbsoluteUri);
        Assert.Equal(new Uri(url).Host, seen.Host ?? seen.Url?.Host);
    }

    [Fact]
    public async Task A_bucket_elsewhere_is_named_in_the_path_and_the_object_has_a_checksum()
    {
        await using var wire = new Wire("");
        using var client = new AmazonS3Client(Wire.Credentials, wire.Config(AmazonS3Client.Service));
        using RequestBody body = Body("line\n"u8);

        await client.PutObjectAsync(new() { BucketName = "letters", Key = "a/(b)=c", Body = body, ContentType = "application/x-ndjson" }, Cancellation);

        HttpRequest request = Assert.Single(wire.Arrived);
        Assert.Equal(["PUT /letters/a/%28b%29%3Dc"], wire.Lines);
        Assert.Equal(("line\n", "application/x-ndjson"), (request.Text, request.Header("Content-Type")));
        Assert.Equal("ecZaH9pcZUQe87pWqSy0IZF5y6mMZ9zR4yWzhT+Afd8=".Length, request.Header("x-amz-checksum-sha256")!.Length);
        Assert.Contains("x-amz-checksum-sha256", request.Header("Authorization"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_has_its_code_and_request_id()
    {
        HttpResponse denied = HttpResponse.Text(403, "application/xml", "<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message><RequestId>R1</RequestId><HostId>h</HostId></Error>");
        await using var wire = new Wire(denied);
        using var client = new AmazonS3Client(Wire.Credentials, wire.Config(AmazonS3Client.Service));
        using RequestBody body = Body("x"u8);

        AmazonS3Exception refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() => client.PutObjectAsync(new() { BucketName = "letters", Key = "k", Body = body }, Cancellation));

        Assert.Equal((HttpStatusCode.Forbidden, "AccessDenied", "Access Denied", "R1"), (refusal.StatusCode, refusal.ErrorCode, refusal.Message, refusal.RequestId));
    }

    private static RequestBody Body(ReadOnlySpan<byte> bytes)
    {
        var body = new RequestBody(bytes.Length);
        body.Write(bytes);
        return body;
    }

    /// <summary>Keeps where a request goes instead of sending it.</summary>
    private sealed class Seen : HttpClientFactory, IDisposable
    {
        private HttpClient? _client;

        public Uri? Url { get; private set; }

        public string? Host { get; private set; }

        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _client ??= new HttpClient(new Handler(this));

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

        public void Dispose() => _client?.Dispose();

        private sealed class Handler(Seen seen) : HttpMessageHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                (seen.Url, seen.Host) = (request.RequestUri, request.Headers.Host);
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([]) });
            }
        }
    }
}
