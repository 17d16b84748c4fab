using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using FanOut.Aws.Http;
using FanOut.Aws.Protocols;
using FanOut.Aws.Trust;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Tests.Aws.Trust;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Aws.Http;

/// <summary>Requests to an endpoint over real TLS: whom they go to, and what is made of what is answered.</summary>
public sealed class HttpConnectionsTests : IDisposable
{
    private const string Host = "api.example.com";

    private readonly CertificateAuthority _authority = new("Others");
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero));
    private int _resolved;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_server_with_a_certificate_of_a_trusted_authority_gets_the_request()
    {
        await using var server = new Server(_authority.Issue(Host), "HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\nok");

        HttpReply reply = await PostAsync(server, AddressRules.Any, new KeyValuePair<string, string>("X-Own", "1"), new KeyValuePair<string, string>("Content-Type", "text/csv"));

        Assert.Equal(202, reply.Status);
        Assert.Equal("POST /orders?v=2 HTTP/1.1", server.Request.Split("\r\n")[0]);
        Assert.Contains($"Host: {Host}:{server.Port}\r\n", server.Request, StringComparison.Ordinal);
        Assert.Contains("X-Own: 1\r\n", server.Request, StringComparison.Ordinal);
        Assert.Contains("Content-Type: text/csv\r\n", server.Request, StringComparison.Ordinal);
        Assert.DoesNotContain("application/json", server.Request, StringComparison.Ordinal);
        Assert.DoesNotContain("Accept-Encoding", server.Request, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Cookie", server.Request, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith("\r\n\r\n{}", server.Request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_nobody_vouches_for_gets_nothing()
    {
        await using var unknown = new Server(CertificateAuthority.SelfSigned(Host), "HTTP/1.1 200 OK\r\n\r\n");
        await using var other = new Server(_authority.Issue("other.example.com"), "HTTP/1.1 200 OK\r\n\r\n");

        foreach (Server server in (Server[])[unknown, other])
        {
            Failure failure = Classify.Of(await Assert.ThrowsAnyAsync<Exception>(() => PostAsync(server, AddressRules.Any)));
            Assert.Equal((FailureClass.Refused, Classify.Unreachable, ""), (failure.Class, failure.Code, server.Request));
        }
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    public async Task A_name_with_an_address_that_is_refused_is_not_connected_to(string address)
    {
        await using var server = new Server(_authority.Issue(Host), "HTTP/1.1 200 OK\r\n\r\n");

        Exception thrown = await Assert.ThrowsAnyAsync<Exception>(() => PostAsync(server, AddressRules.PublicAndPrivate, _ => [IPAddress.Parse(address)]));

        Failure failure = Classify.Of(thrown);
        Assert.Equal((FailureClass.PermanentTarget, "AddressRefused"), (failure.Class, failure.Code));
        Assert.Contains($"{Host} is not connected to: it has the address {address}, which is a loopback address", failure.Reason, StringComparison.Ordinal);
        Assert.Equal(0, server.Connections);
    }

    // A name that is public when it is looked at, and the function's own machine a moment later.
    [Fact]
    public async Task A_name_is_resolved_once_and_connected_to_where_it_was_found()
    {
        await using var server = new Server(_authority.Issue(Host), "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        IPAddress[] first = [IPAddress.Parse("::1"), IPAddress.Parse("192.0.2.77"), IPAddress.Loopback];

        // None of the first answer's addresses is both allowed and the server's, so nothing arrives there, though a second look would find it.
        await Assert.ThrowsAnyAsync<Exception>(() => PostAsync(server, AddressRules.PublicOnly, n => n == 1 ? first : [IPAddress.Loopback]));

        Assert.Equal((1, 0), (_resolved, server.Connections));
    }

    [Fact]
    public async Task Of_several_addresses_one_that_may_be_connected_to_and_answers_is_taken()
    {
        await using var server = new Server(_authority.Issue(Host), "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

        // Nobody listens on the port of the others.
        HttpReply reply = await PostAsync(server, AddressRules.Any, _ => [IPAddress.Parse("127.0.0.2"), IPAddress.Loopback]);

        Assert.Equal((200, 1), (reply.Status, server.Connections));
    }

    [Fact]
    public async Task A_name_without_an_address_is_out_of_reach()
    {
        await using var server = new Server(_authority.Issue(Host), "");

        Failure failure = Classify.Of(await Assert.ThrowsAnyAsync<Exception>(() => PostAsync(server, AddressRules.Any, static _ => [])));

        Assert.Equal((FailureClass.Refused, Classify.Unreachable), (failure.Class, failure.Code));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("Retry-After: 7\r\n", 7)]
    [InlineData("Retry-After: -7\r\n", null)]
    [InlineData("Retry-After: soon\r\n", null)]
    [InlineData("Retry-After: 99999999\r\n", 86_400)]
    [InlineData("Retry-After: 2147483648\r\n", 86_400)]
    [InlineData("Retry-After: 999999999999999999999999999999\r\n", 86_400)]
    [InlineData("Retry-After: 0\r\n", null)]
    [InlineData("Retry-After: Sat, 28 Nov 2026 12:00:30 GMT\r\n", 30)]
    [InlineData("Date: Sat, 28 Nov 2026 11:00:00 GMT\r\nRetry-After: Sat, 28 Nov 2026 11:00:05 GMT\r\n", 5)]
    [InlineData("Retry-After: Sat, 28 Nov 2026 11:59:00 GMT\r\n", null)]
    public async Task When_to_ask_again_is_read_as_seconds_or_a_date(string header, int? seconds)
    {
        await using var server = new Server(_authority.Issue(Host), $"HTTP/1.1 503 Busy\r\n{header}Content-Length: 0\r\n\r\n");

        Assert.Equal(seconds, (await PostAsync(server, AddressRules.Any)).RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task A_redirection_is_told_and_not_followed()
    {
        await using var server = new Server(_authority.Issue(Host), "HTTP/1.1 307 Moved\r\nLocation: https://other.example.com/in\r\nContent-Length: 0\r\n\r\n");

        HttpReply reply = await PostAsync(server, AddressRules.Any);

        Assert.Equal((307, "https://other.example.com/in", 1), (reply.Status, reply.Location, server.Connections));
    }

    [Theory]
    [InlineData("line 1\r\n\tline\u0000\u001b[31m2\u0085 ", "line 1 line [31m2")]
    [InlineData("", "")]
    public async Task What_is_said_is_told_on_one_line_without_what_is_not_to_be_seen(string text, string expected)
    {
        await using var server = new Server(_authority.Issue(Host), $"HTTP/1.1 400 Bad\r\nContent-Length: {Encoding.UTF8.GetByteCount(text)}\r\n\r\n{text}");

        Assert.Equal(expected, (await PostAsync(server, AddressRules.Any)).Excerpt);
    }

    [Fact]
    public async Task Of_an_answer_without_end_only_the_beginning_is_told()
    {
        await using var server = new Server(_authority.Issue(Host), "HTTP/1.1 400 Bad\r\nTransfer-Encoding: chunked\r\n\r\n", forEver: "8\r\nabcdefgh\r\n");

        string said = (await PostAsync(server, AddressRules.Any)).Excerpt;

        Assert.StartsWith("abcdefgh", said, StringComparison.Ordinal);
        Assert.InRange(said.Length, 256, 330);
    }

    [Fact]
    public async Task A_status_of_success_is_enough_whatever_follows_it()
    {
        await using var server = new Server(_authority.Issue(Host), "HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\nContent-Encoding: gzip\r\n\r\nx", stall: true);

        Assert.True((await PostAsync(server, AddressRules.Any)).IsSuccess);
    }

    private async Task<HttpReply> PostAsync(Server server, AddressRules rules, params KeyValuePair<string, string>[] headers) =>
        await PostAsync(server, rules, static _ => [IPAddress.Loopback], headers);

    private async Task<HttpReply> PostAsync(Server server, AddressRules rules, Func<int, IPAddress[]> resolve, params KeyValuePair<string, string>[] headers)
    {
        string bundle = Path.Join(_folder.Path, "ca.pem");
        await File.WriteAllTextAsync(bundle, _authority.Root.ExportCertificatePem(), Cancellation);
        using var connections = new HttpConnections(
            rules, _time, () => new ServerTrust(name => name == ServerTrust.BundleVariable ? bundle : null), (_, _) => Task.FromResult(resolve(Interlocked.Increment(ref _resolved))));
        using var body = new RequestBody(2);
        body.Write("{}"u8);
        return await connections.PostAsync(new HttpPost(new Uri($"https://{Host}:{server.Port}/orders?v=2"), body, "application/json", headers), Cancellation);
    }

    /// <summary>An HTTPS server that answers one request of each connection with a text.</summary>
    private sealed class Server : IAsyncDisposable
    {
        private readonly TcpResponder _responder;
        private readonly X509Certificate2 _certificate;

        public Server(X509Certificate2 certificate, string answer, string forEver = "", bool stall = false)
        {
            _certificate = certificate;
            _responder = new TcpResponder(async (stream, _) =>
            {
                await using SslStream tls = new(stream);
                try
                {
                    await tls.AuthenticateAsServerAsync(certificate);
                }
                catch (AuthenticationException)
                {
                    // The client did not like the certificate.
                    return;
                }

                await ReceiveAsync(tls);
                await tls.WriteAsync(Encoding.UTF8.GetBytes(answer));
                while (forEver.Length > 0)
                {
                    await tls.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(forEver, 1_000))));
                }

                if (stall)
                {
                    await tls.ReadExactlyAsync(new byte[1]);
                }
            });
        }

        public int Port => _responder.Port;

        public int Connections => _responder.Connections;

        /// <summary>The last request.</summary>
        public string Request { get; private set; } = "";

        public async ValueTask DisposeAsync()
        {
            await _responder.DisposeAsync();
            _certificate.Dispose();
        }

        // The bodies of these tests have two bytes.
        private async Task ReceiveAsync(SslStream tls)
        {
            byte[] some = new byte[8192];
            string request = "";
            while (!request.Contains("\r\n\r\n{}", StringComparison.Ordinal))
            {
                int read = await tls.ReadAsync(some);
                if (read == 0)
                {
                    return;
                }

                request += Encoding.UTF8.GetString(some, 0, read);
            }

            Request = request;
        }
    }
}
