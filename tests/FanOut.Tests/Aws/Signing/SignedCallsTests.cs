using System.Net;
using System.Text;
using Amazon.Runtime;
using FanOut.Aws;
using FanOut.Aws.Kinesis;
using FanOut.Aws.Lambda;
using FanOut.Aws.OpenSearch;
using FanOut.Aws.Protocols;

namespace FanOut.Tests.Aws.Signing;

public sealed class SignedCallsTests
{
    private const string Taken = """{"FailedRecordCount":0,"Records":[]}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_s_token_is_sent_and_signed_and_new_credentials_are_used_at_once()
    {
        await using var wire = new Wire(Taken, Taken);
        var credentials = new Changing(new ImmutableCredentials("AKIAONE", "one", "token-1"), new ImmutableCredentials("AKIATWO", "two", null));
        using var client = new AmazonKinesisClient(credentials, wire.Config(AmazonKinesisClient.Service));

        await PutAsync(client);
        await PutAsync(client);

        Assert.Equal(["token-1", null], wire.Arrived.Select(static r => r.Header("x-amz-security-token")));
        Assert.Matches("Credential=AKIAONE/[0-9]{8}/us-east-1/kinesis/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, ", wire.Arrived[0].Header("Authorization"));
        Assert.Matches("Credential=AKIATWO/[0-9]{8}/us-east-1/kinesis/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, ", wire.Arrived[1].Header("Authorization"));
        Assert.All(wire.Arrived, static r => Assert.StartsWith("fanout/1", r.Header("User-Agent"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Credentials_that_do_not_come_are_not_waited_for_beyond_the_call()
    {
        await using var wire = new Wire(Taken);
        using var client = new AmazonKinesisClient(new Missing(), wire.Config(AmazonKinesisClient.Service));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        Task put = client.PutRecordsAsync(new() { StreamName = "s", Records = new PutRecordsEntries(0) }, patience.Token);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => put);
        Assert.Empty(wire.Arrived);
    }

    // A length that is told, one that is not, and one that is more than there may be.
    [Theory]
    [InlineData("lambda", 2 * 1024 * 1024)]
    [InlineData("es", 4 * 1024 * 1024)]
    public async Task An_answer_up_to_the_limit_is_read_and_not_a_byte_more(string service, int most)
    {
        foreach (bool isChunked in (bool[])[false, true])
        {
            foreach (int more in (int[])[0, 1])
            {
                byte[] body = Encoding.UTF8.GetBytes($$"""{"items":[{{new string(' ', most + more - 12)}}]}""");
                using var connections = new OneAnswer(new HttpResponseMessage(HttpStatusCode.OK) { Content = isChunked ? new Unmeasured(body) : new ByteArrayContent(body) });
                Task call = CallAsync(service, connections);

                if (more == 0)
                {
                    await call;
                }
                else
                {
                    Assert.Equal(most, (await Assert.ThrowsAsync<AnswerTooLargeException>(() => call)).MostBytes);
                }
            }
        }
    }

    [Fact]
    public async Task Of_a_refusal_without_end_the_beginning_is_told()
    {
        byte[] page = Encoding.UTF8.GetBytes("{\"__type\":\"ThrottlingException\",\"message\":\"slow\"," + new string(' ', 1_000_000));
        using var connections = new OneAnswer(new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new Unmeasured(page) });

        AmazonServiceException refusal = await Assert.ThrowsAnyAsync<AmazonServiceException>(() => CallAsync("es", connections));

        Assert.Equal(("ThrottlingException", "slow", HttpStatusCode.BadRequest), (refusal.ErrorCode, refusal.Message, refusal.StatusCode));
    }

    [Fact]
    public async Task A_buffer_is_not_given_to_another_while_it_is_sent()
    {
        var stream = new Slow();
        var body = new RequestBody(100_000);
        body.GetSpan(100_000).Fill(1);
        body.Advance(100_000);
        Task sending = body.SendAsync(stream, Cancellation);

        body.Dispose();
        var next = new RequestBody(100_000);
        next.GetSpan(100_000).Fill(2);
        stream.Go.SetResult();
        await sending;

        Assert.Equal(100_000, stream.Seen.Count(static b => b == 1));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => body.SendAsync(stream, Cancellation));
        next.Dispose();
    }

    private static Task<PutRecordsResponse> PutAsync(AmazonKinesisClient client) => client.PutRecordsAsync(new() { StreamName = "s", Records = new PutRecordsEntries(0) }, Cancellation);

    private static async Task CallAsync(string service, HttpClientFactory connections)
    {
        using var body = new RequestBody(16);
        body.Write("{}\n"u8);
        if (service == "lambda")
        {
            using var lambda = new AmazonLambdaClient(Wire.Credentials, new AwsClientConfig(AmazonLambdaClient.Service, "us-east-1") { HttpClientFactory = connections });
            await lambda.InvokeAsync(new() { FunctionName = "f", Payload = body }, Cancellation);
        }
        else
        {
            using var search = new OpenSearchClient(Wire.Credentials, OpenSearchClient.Domain, new AwsClientConfig(OpenSearchClient.Domain, "us-east-1", new Uri("https://search.example.com/")) { HttpClientFactory = connections });
            await search.BulkAsync(new() { Index = "i", Body = body }, Cancellation);
        }
    }

    private sealed class Changing(params ImmutableCredentials[] keys) : AWSCredentials
    {
        private int _next;

        public override ImmutableCredentials GetCredentials() => keys[_next++];
    }

    private sealed class Missing : AWSCredentials
    {
        private readonly TaskCompletionSource<ImmutableCredentials> _never = new();

        public override ImmutableCredentials GetCredentials() => throw new NotSupportedException();

        public override Task<ImmutableCredentials> GetCredentialsAsync() => _never.Task;
    }

    private sealed class OneAnswer(HttpResponseMessage answer) : HttpClientFactory, IDisposable
    {
        private readonly HttpClient _client = new(new Handler(answer));

        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _client;

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

        public void Dispose() => _client.Dispose();

        private sealed class Handler(HttpResponseMessage answer) : HttpMessageHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer);
        }
    }

    /// <summary>A body whose length is not told.</summary>
    private sealed class Unmeasured(byte[] bytes) : HttpContent
    {
        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new MemoryStream(bytes));

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(bytes).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    /// <summary>Takes what is written only when it may.</summary>
    private sealed class Slow : MemoryStream
    {
        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReadOnlyList<byte> Seen => ToArray();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Go.Task;
            Write(buffer.Span);
        }
    }
}
