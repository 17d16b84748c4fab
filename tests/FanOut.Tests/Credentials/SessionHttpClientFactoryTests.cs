using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Amazon.DynamoDBv2;
using FanOut.Credentials;
using FanOut.LocalCloud.Http;

namespace FanOut.Tests.Credentials;

/// <summary>Connections of a session: certificates, proxies, sharing, and what is told of calls.</summary>
public sealed class SessionHttpClientFactoryTests
{
    private readonly CallLog _log = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_that_nobody_vouches_for_is_taken_only_where_that_is_asked_for(bool verify)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task server = ServeTlsAsync(listener);

        Task<string> asking = AskAsync($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/", verify);

        if (verify)
        {
            Assert.Equal("EndpointUnreachable", (await Assert.ThrowsAsync<FanOut.Errors.FanOutException>(() => asking)).ErrorId);
            await Assert.ThrowsAnyAsync<Exception>(() => server);
        }
        else
        {
            Assert.Equal("hello", await asking);
            await server;
        }
    }

    [Fact]
    public async Task Sessions_share_connections()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";
        Task server = ServeTwiceAsync(listener);

        await AskAsync(url, verify: true);
        await AskAsync(url, verify: true);

        await server;
        Assert.Equal(2, _log.Take().Count());
    }

    [Fact]
    public async Task A_proxy_is_used()
    {
        await using HttpServer proxy = HttpServer.Start(static (request, _) => Task.FromResult(HttpResponse.Text(200, "text/plain", $"by proxy: {request.Path}")));
        IWebProxy before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new OnlyFor("proxied.example", proxy.Endpoint);
        try
        {
            using SocketsHttpHandler connections = SessionHttpClientFactory.Connections(verify: true);
            using HttpClient http = new(connections);

            Assert.StartsWith("by proxy: ", await http.GetStringAsync(new Uri("http://proxied.example/x"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
    }

    [Theory]
    [InlineData("http://{0}/2015-03-31/functions/f?token=hush", null, null, "GET /2015-03-31/functions/f at {0}")]
    [InlineData("http://{0}/", "X-Amz-Target", "DynamoDB_20120810.GetItem", "dynamodb GetItem in eu-west-1 at {0}")]
    public async Task A_call_is_told_without_its_secrets(string url, string? header, string? value, string told)
    {
        await using HttpServer server = HttpServer.Start(static (_, _) => Task.FromResult(new HttpResponse { Status = 202, Headers = { ["x-amzn-RequestId"] = "r-1" } }));
        using SessionHttpClientFactory factory = Make(verify: true);
        using HttpRequestMessage request = new(HttpMethod.Get, url.Replace("{0}", server.Endpoint.Authority, StringComparison.Ordinal));
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
            request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=AKIA/20260723/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=hush");
            request.Headers.TryAddWithoutValidation("X-Amz-Security-Token", "hush");
        }

        using HttpResponseMessage response = await factory.CreateHttpClient(new AmazonDynamoDBConfig()).SendAsync(request, TestContext.Current.CancellationToken);

        string line = Assert.Single(_log.Take());
        Assert.StartsWith($"AWS call: {told.Replace("{0}", server.Endpoint.Authority, StringComparison.Ordinal)} -> 202 in ", line, StringComparison.Ordinal);
        Assert.EndsWith(" ms, request r-1", line, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_form_the_action_alone_is_told_and_the_form_is_still_sent()
    {
        string? sent = null;
        await using HttpServer server = HttpServer.Start((request, _) =>
        {
            sent = request.Text;
            return Task.FromResult(HttpResponse.Text(200, "text/xml", "<x/>"));
        });
        using SessionHttpClientFactory factory = Make(verify: true);
        using StringContent form = new("Version=1&Action=AssumeRole&ExternalId=hush", Encoding.UTF8, "application/x-www-form-urlencoded");

        using HttpResponseMessage response = await factory.CreateHttpClient(new AmazonDynamoDBConfig()).PostAsync(server.Endpoint, form, TestContext.Current.CancellationToken);

        Assert.StartsWith($"AWS call: AssumeRole at {server.Endpoint.Authority} -> 200 in ", Assert.Single(_log.Take()), StringComparison.Ordinal);
        Assert.Equal("Version=1&Action=AssumeRole&ExternalId=hush", sent);
    }

    private SessionHttpClientFactory Make(bool verify) => new(_log, verify, SessionRequest.DefaultTimeout, static _ => null, TimeProvider.System);

    private async Task<string> AskAsync(string url, bool verify)
    {
        using SessionHttpClientFactory factory = Make(verify);
        return await factory.CreateHttpClient(new AmazonDynamoDBConfig()).GetStringAsync(new Uri(url), TestContext.Current.CancellationToken);
    }

    private static async Task ServeTlsAsync(TcpListener listener)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        using TcpClient client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using SslStream tls = new(client.GetStream());
        await tls.AuthenticateAsServerAsync(certificate);
        await AnswerAsync(tls);
    }

    // One connection, two requests: a second connection would never be answered.
    private static async Task ServeTwiceAsync(TcpListener listener)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await AnswerAsync(client.GetStream());
        await AnswerAsync(client.GetStream());
    }

    private static async Task AnswerAsync(Stream stream)
    {
        byte[] buffer = new byte[4096];
        int length = 0;
        while (!Encoding.ASCII.GetString(buffer, 0, length).EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            int read = await stream.ReadAsync(buffer.AsMemory(length), TestContext.Current.CancellationToken);
            Assert.NotEqual(0, read);
            length += read;
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"), TestContext.Current.CancellationToken);
        await stream.FlushAsync(TestContext.Current.CancellationToken);
    }

    private sealed class OnlyFor(string host, Uri proxy) : IWebProxy
    {
        public ICredentials? Credentials { get; set; }

        public Uri? GetProxy(Uri destination) => destination.Host == host ? proxy : null;

        public bool IsBypassed(Uri host) => GetProxy(host) is null;
    }
}
