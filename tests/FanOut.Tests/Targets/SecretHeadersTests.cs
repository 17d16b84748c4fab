using System.Collections.Concurrent;
using FanOut.Aws;
using FanOut.Aws.Http;
using FanOut.Aws.SecretsManager;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.LocalCloud.Http;
using FanOut.Tests.Batching;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Targets;

/// <summary>Headers out of a secret: when it is read, and that nobody sees it.</summary>
public sealed class SecretHeadersTests : IAsyncDisposable
{
    private const string Arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/key-a1B2c3";
    private const string Token = "hush/token-Zx9";

    private readonly FakeTimeProvider _time = new();
    private readonly ConcurrentQueue<HttpRequest> _posts = [];
    private readonly HttpServer _secrets, _endpoint;
    private readonly AmazonSecretsManagerClient _client;
    private Func<HttpRequest, HttpResponse> _answer = static _ => new HttpResponse { Status = 204 };
    private HttpResponse _secret = Secret("{\\\"Authorization\\\":\\\"Bearer hush/token-Zx9\\\"}");
    private int _reads;

    public SecretHeadersTests()
    {
        _secrets = HttpServer.Start((request, _) =>
        {
            Assert.Equal("secretsmanager.GetSecretValue", request.Header("X-Amz-Target"));
            Assert.Equal($"{{\"SecretId\":\"{Arn}\"}}", request.Text);
            _reads++;
            return Task.FromResult(_secret);
        });
        _endpoint = HttpServer.Start((request, _) =>
        {
            _posts.Enqueue(request);
            return Task.FromResult(_answer(request));
        });
        _client = new AmazonSecretsManagerClient(TestTargets.Own, new AwsClientConfig(AmazonSecretsManagerClient.Service, "us-east-1", _secrets.Endpoint));
        Target = new HttpTarget(
            TestTargets.Mapping(TargetType.Http), new HttpConnections(new HttpMessageInvoker(new PlainEndpoint(_endpoint.Endpoint)), TimeProvider.System), new SecretHeaders(_client, Arn, _time));
    }

    private HttpTarget Target { get; }

    public async ValueTask DisposeAsync()
    {
        await Target.DisposeAsync();
        _client.Dispose();
        await _secrets.DisposeAsync();
        await _endpoint.DisposeAsync();
    }

    [Fact]
    public async Task A_secret_is_read_once_in_five_minutes()
    {
        await SendAsync();
        await SendAsync();
        _time.Advance(TimeSpan.FromMinutes(5));
        await SendAsync();

        Assert.Equal((3, 2), (_posts.Count, _reads));
        Assert.All(_posts, static p => Assert.Equal($"Bearer {Token}", p.Header("Authorization")));
    }

    [Fact]
    public async Task Headers_may_say_what_the_body_is()
    {
        _secret = Secret("{\\\"content-type\\\":\\\"application/vnd.orders+json\\\",\\\"User-Agent\\\":\\\"shop\\\"}");

        await SendAsync();

        Assert.Equal(("application/vnd.orders+json", "shop"), (_posts.Single().Header("Content-Type"), _posts.Single().Header("User-Agent")));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_secret_that_was_rotated_is_read_anew_when_the_endpoint_does_not_take_the_old_one(int status)
    {
        _answer = r => new HttpResponse { Status = r.Header("Authorization") == "new" ? 200 : status };
        _secret = Secret("{\\\"Authorization\\\":\\\"old\\\"}");
        Assert.Equal($"Http{status}", (await FailedAsync()).Code);
        Assert.Equal((1, 1), (_posts.Count, _reads));

        // What was read within half a minute is not read again.
        _secret = Secret("{\\\"Authorization\\\":\\\"new\\\"}");
        await FailedAsync();
        Assert.Equal(1, _reads);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Empty((await SendAsync()).Items);

        Assert.Equal(["old", "old", "old", "new"], _posts.Select(static p => p.Header("Authorization")));
        Assert.Equal(2, _reads);
    }

    [Fact]
    public async Task An_old_value_serves_for_an_hour_while_Secrets_Manager_has_trouble()
    {
        await SendAsync();
        _secret = HttpResponse.Text(500, "application/x-amz-json-1.1", """{"__type":"InternalServiceError","Message":"trouble"}""");
        _time.Advance(TimeSpan.FromMinutes(59));
        await SendAsync();
        _time.Advance(TimeSpan.FromMinutes(6));

        Failure failure = await FailedAsync();

        Assert.Equal((FailureClass.Ambiguous, "InternalServiceError", 2), (failure.Class, failure.Code, _posts.Count));
    }

    [Theory]
    [InlineData("AccessDeniedException", FailureClass.PermanentTarget)]
    [InlineData("ResourceNotFoundException", FailureClass.PermanentTarget)]
    [InlineData("DecryptionFailure", FailureClass.PermanentTarget)]
    [InlineData("InvalidRequestException", FailureClass.PermanentTarget)]
    [InlineData("ThrottlingException", FailureClass.Refused)]
    public async Task A_secret_that_cannot_be_read_is_the_targets_fault_and_nothing_is_sent(string code, FailureClass expected)
    {
        _secret = HttpResponse.Text(400, "application/x-amz-json-1.1", $$"""{"__type":"{{code}}","Message":"why"}""");

        Failure failure = await FailedAsync();

        Assert.Equal((expected, code, $"The secret {Arn} of its headers could not be read: why", 0), (failure.Class, failure.Code, failure.Reason, _posts.Count));
    }

    [Fact]
    public async Task A_secret_that_is_no_set_of_headers_is_the_targets_fault()
    {
        _secret = Secret("hush/token-Zx9");

        Failure failure = await FailedAsync();

        Assert.Equal((FailureClass.PermanentTarget, "InvalidHeaders", 0), (failure.Class, failure.Code, _posts.Count));
        Assert.Contains($"The secret {Arn} cannot be its headers: its value is not JSON", failure.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", failure.Reason, StringComparison.Ordinal);
    }

    // Some servers quote the request that they do not like.
    [Theory]
    [InlineData("no entry with Bearer hush/token-Zx9")]
    [InlineData("no entry with hush/token-Zx9")]
    [InlineData("""{"headers":{"authorization":"Bearer hush\/token-Zx9"}}""")]
    [InlineData("redirect?token=hush%2Ftoken-Zx9")]
    public async Task A_header_that_an_answer_quotes_is_told_to_nobody(string answer)
    {
        _answer = _ =>
        {
            HttpResponse response = HttpResponse.Text(302, "text/plain", answer);
            response.Headers["Location"] = $"https://login.example.com/{answer.Replace(' ', '/').Replace("\"", "", StringComparison.Ordinal)}";
            return response;
        };

        Failure failure = await FailedAsync();

        Assert.DoesNotContain("Zx9", failure.Reason, StringComparison.Ordinal);
        Assert.Contains("***", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_Basic_credentials_the_password_is_told_to_nobody()
    {
        _secret = Secret($"{{\\\"Authorization\\\":\\\"Basic {Convert.ToBase64String("shop:hush-Zx9"u8)}\\\"}}");
        _answer = static _ => HttpResponse.Text(400, "text/plain", "wrong password 'hush-Zx9' of shop");

        Assert.EndsWith("It says: wrong password '***' of shop", (await FailedAsync()).Reason, StringComparison.Ordinal);
    }

    // A value at the border of what is told is recognised whole.
    [Fact]
    public async Task A_long_header_is_told_in_no_part()
    {
        string value = string.Concat(Enumerable.Range(0, 1_000).Select(static n => $"Zx9{n}"));
        _secret = Secret($"{{\\\"X-Key\\\":\\\"{value}\\\"}}");
        _answer = _ => HttpResponse.Text(400, "text/plain", new string('.', 250) + value);

        Assert.DoesNotContain("Zx9", (await FailedAsync()).Reason, StringComparison.Ordinal);
    }

    private static HttpResponse Secret(string json) => HttpResponse.Text(200, "application/x-amz-json-1.1", $$"""{"ARN":"{{Arn}}","CreatedDate":1.5,"Name":"shop/key","SecretString":"{{json}}","VersionStages":["AWSCURRENT"]}""");

    private async Task<Failure> FailedAsync()
    {
        Exception thrown = await Assert.ThrowsAnyAsync<Exception>(SendAsync);
        Assert.DoesNotContain("Zx9", $"{thrown}", StringComparison.Ordinal);
        return Classify.Of(thrown);
    }

    private Task<Receipt> SendAsync()
    {
        TargetBatch batch = TestPayloads.Batch(Target.Cutter, TestPayloads.Payload("1"));
        return Target.SendAsync(batch, batch.Items.ToArray(), TestContext.Current.CancellationToken);
    }
}
