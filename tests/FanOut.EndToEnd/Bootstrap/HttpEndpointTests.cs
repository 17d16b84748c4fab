using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using FanOut.EndToEnd.Servers;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.Runtime;

namespace FanOut.EndToEnd.Bootstrap;

/// <summary>The function's program and an HTTPS server that others wrote (Python's), at this machine's own address in its network.</summary>
public sealed class HttpEndpointTests : IAsyncDisposable
{
    private const string Source = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";
    private const string Token = "hush-token-Zx9";

    // Answers 422 to what holds "bad", 500 to what holds "crash", 403 to who has no token, and writes down the rest.
    private const string Script = """
        import http.server, json, ssl, sys
        port, certificate, key, token = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                status = 403 if self.headers["Authorization"] != token else 422 if "bad" in body else 500 if "crash" in body else 200
                answer = ("you sent " + str(self.headers["Authorization"])).encode()
                if status == 200:
                    print(json.dumps({"path": self.path, "type": self.headers["Content-Type"], "id": self.headers["Idempotency-Key"], "body": body}), flush=True)
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)
            def log_message(self, *arguments): pass
        server = http.server.ThreadingHTTPServer(("0.0.0.0", port), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        server.serve_forever()
        """;

    private readonly Cloud _cloud = Cloud.Start();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task Records_arrive_with_headers_out_of_a_secret_which_no_line_of_the_log_holds()
    {
        IPAddress here = OwnAddress();
        using ServerCertificate certificate = new(here);
        await using ServerProcess server = await StartAsync(certificate);
        string secret = _cloud.SecretsManager.Put("shop/key", $$"""{"Authorization":"Bearer {{Token}}"}""");
        Map("endpoint", Invariant($"https://{here}:{server.Port}/in?v=1"), $$""" "collapse":{"S":"ndjson"},"headersSecret":{"S":"{{secret}}"} """);
        Map("without", Invariant($"https://{here}:{server.Port}/in"), """ "collapse":{"S":"none"} """);
        Map("itself", Invariant($"https://localhost:{server.Port}/in"), """ "collapse":{"S":"none"} """);
        await using LocalFunction function = Function(certificate, Invariant($"{here}/32"));

        InvocationResult result = await function.InvokeAsync(Event("{\"n\":0}", "\"bad\"", "{\"n\":2}", "{\"n\":3}"), Cancellation);

        Assert.Null(result.FunctionError);
        string log = string.Join('\n', function.Log.Lines), all = log + Encoding.UTF8.GetString(result.Payload.Span);
        string[] taken = [.. server.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        string[] bodies = [.. taken.Select(static l => JsonDocument.Parse(l).RootElement.GetProperty("body").GetString()!)];
        Assert.Equal(["{\"n\":0}", "{\"n\":2}", "{\"n\":3}"], bodies.SelectMany(static b => b.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Order(StringComparer.Ordinal));
        Assert.All(taken, static l => Assert.Contains("\"path\": \"/in?v=1\", \"type\": \"application/x-ndjson\"", l, StringComparison.Ordinal));

        // One mapping has no header, and the other leads to the function's own machine: no network that is allowed makes that good.
        Assert.Contains("Http422", log, StringComparison.Ordinal);
        Assert.Contains("Http403", log, StringComparison.Ordinal);
        Assert.Contains("AddressRefused", log, StringComparison.Ordinal);
        Assert.Contains("loopback", log, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_to_which_it_answers_500_keeps_back_no_other()
    {
        IPAddress here = OwnAddress();
        using ServerCertificate certificate = new(here);
        await using ServerProcess server = await StartAsync(certificate);
        string secret = _cloud.SecretsManager.Put("shop/key", $$"""{"Authorization":"Bearer {{Token}}"}""");
        Map("endpoint", Invariant($"https://{here}:{server.Port}/in"), $$""" "collapse":{"S":"JSON"},"headersSecret":{"S":"{{secret}}"},"deadLetter":{"S":"arn:aws:sqs:us-east-1:123456789012:letters"} """);
        _cloud.Sqs.CreateQueue("letters");
        await using LocalFunction function = Function(certificate, Invariant($"{here}/32"));

        InvocationResult result = await function.InvokeAsync(Event([.. Enumerable.Range(0, 40).Select(static i => i == 11 ? "\"crash\"" : Invariant($"{i}"))]), Cancellation);

        Assert.Null(result.FunctionError);
        IEnumerable<int> taken = server.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(static l => JsonDocument.Parse(JsonDocument.Parse(l).RootElement.GetProperty("body").GetString()!).RootElement.GetProperty("Records").EnumerateArray().Select(static r => r.GetInt32()));
        Assert.Equal(Enumerable.Range(0, 40).Where(static i => i != 11), taken.Order());
        string letter = Assert.Single(_cloud.Sqs.Received).Text;
        Assert.Contains("Http500", letter, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, letter, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_allowed_or_not_trusted_gets_nothing()
    {
        IPAddress here = OwnAddress();
        using ServerCertificate certificate = new(here), other = new(here);
        await using ServerProcess server = await StartAsync(certificate);
        Map("endpoint", Invariant($"https://{here}:{server.Port}/in"), """ "collapse":{"S":"none"},"deadLetter":{"S":"arn:aws:sqs:us-east-1:123456789012:letters"} """);
        _cloud.Sqs.CreateQueue("letters");
        await using LocalFunction untrusting = Function(other, Invariant($"{here}/32"));
        await using LocalFunction closed = Function(certificate, "");

        await untrusting.InvokeAsync(Event("1"), Cancellation);
        Assert.Contains("certificate", string.Join('\n', untrusting.Log.Lines), StringComparison.OrdinalIgnoreCase);
        Assert.SkipWhen(FanOut.Aws.Http.AddressRules.PublicOnly.WhyNot(here) is null, "This machine's own address is public, so that it is allowed anyway.");
        await closed.InvokeAsync(Event("2"), Cancellation);

        Assert.Contains("FANOUT_HTTP_NETWORKS", string.Join('\n', closed.Log.Lines), StringComparison.Ordinal);
        Assert.Equal("", server.Output);
        Assert.Equal(2, _cloud.Sqs.Received.Count);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static IPAddress OwnAddress()
    {
        IPAddress? own = NetworkInterface.GetAllNetworkInterfaces().Where(static i => i.OperationalStatus != OperationalStatus.Down).SelectMany(static i => i.GetIPProperties().UnicastAddresses)
            .Select(static a => a.Address).FirstOrDefault(static a => a.AddressFamily == AddressFamily.InterNetwork && FanOut.Aws.Http.AddressRules.PublicAndPrivate.WhyNot(a) is null);
        Assert.SkipWhen(own is null, "Needs a network: this machine has no address but that of itself.");
        return own;
    }

    private static Task<ServerProcess> StartAsync(ServerCertificate certificate)
    {
        int port = FreePort.Pick();
        return ServerProcess.StartAsync("python3", ["-c", Script, port.ToString(CultureInfo.InvariantCulture), certificate.CertificateFile, certificate.KeyFile, $"Bearer {Token}"], port, cancellationToken: Cancellation);
    }

    private LocalFunction Function(ServerCertificate trusted, string networks) => new(new LocalFunctionOptions
    {
        Name = "fanout",
        Program = BootstrapProgram.Path,
        EndpointUrl = _cloud.Endpoint,
        Timeout = TimeSpan.FromSeconds(15),
        Environment = new Dictionary<string, string>
        {
            ["FANOUT_BATCH_ITEM_FAILURES"] = "true", ["FANOUT_PROGRESS"] = "false", ["FANOUT_HTTP_NETWORKS"] = networks, ["AWS_CA_BUNDLE"] = trusted.AuthorityFile,
        },
    });

    private void Map(string id, string destination, string more) =>
        (_cloud.Dynamo.Find("fanoutTargets") ?? _cloud.Dynamo.CreateTable("fanoutTargets", "sourceArn", "id")).Put($$"""
            {"sourceArn":{"S":"{{Source}}"},"id":{"S":"{{id}}"},"type":{"S":"http"},"destination":{"S":"{{destination}}"},"active":{"BOOL":true},{{more}}}
            """);

    private static ReadOnlyMemory<byte> Event(params string[] data) => Encoding.UTF8.GetBytes("{\"Records\":[" + string.Join(',', data.Select(static (d, i) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"kinesis":{"partitionKey":"key-{{i}}","sequenceNumber":"{{i + 1}}","data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(d))}}"},"eventSource":"aws:kinesis","eventSourceARN":"{{Source}}"}"""))) + "]}");
}
