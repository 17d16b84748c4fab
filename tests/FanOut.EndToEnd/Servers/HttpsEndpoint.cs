using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text.Json;

namespace FanOut.EndToEnd.Servers;

/// <summary>An HTTPS server that others wrote (Python's), at this machine's own address in its network, and what it took.</summary>
/// <remarks>It answers 422 to what holds "bad", 500 to what holds "crash", 403 to who has no token, and takes the rest.</remarks>
public sealed class HttpsEndpoint : IAsyncDisposable
{
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

    private readonly ServerProcess _server;

    private HttpsEndpoint(ServerProcess server, IPAddress address) => (_server, Address) = (server, address);

    /// <summary>This machine's own address, to which a function may connect where it is allowed; null: it has none but that of itself.</summary>
    public static IPAddress? OwnAddress { get; } = NetworkInterface.GetAllNetworkInterfaces().Where(static i => i.OperationalStatus != OperationalStatus.Down)
        .SelectMany(static i => i.GetIPProperties().UnicastAddresses).Select(static a => a.Address)
        .FirstOrDefault(static a => a.AddressFamily == AddressFamily.InterNetwork && FanOut.Aws.Http.AddressRules.PublicAndPrivate.WhyNot(a) is null);

    /// <summary>Where it listens.</summary>
    public IPAddress Address { get; }

    /// <summary>Its port.</summary>
    public int Port => _server.Port;

    /// <summary>The network that is it alone, as <c>FANOUT_HTTP_NETWORKS</c> has it.</summary>
    public string Network => $"{Address}/32";

    /// <summary>A line of JSON for each request that it took: path, type, id and body.</summary>
    public string Output => _server.Output;

    /// <summary>The bodies of the requests that it took.</summary>
    public IEnumerable<string> Bodies => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => JsonDocument.Parse(l).RootElement.GetProperty("body").GetString()!);

    /// <summary>Its address, with a path.</summary>
    public string Url(string path) => string.Create(CultureInfo.InvariantCulture, $"https://{Address}:{Port}{path}");

    /// <summary>Starts one; ends the test where this machine has no address in a network.</summary>
    /// <param name="certificateOf">Makes its certificate, for its address.</param>
    /// <param name="authorization">The header by which it knows who may send.</param>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    public static async Task<HttpsEndpoint> StartAsync(Func<IPAddress, ServerCertificate> certificateOf, string authorization, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(certificateOf);
        Assert.SkipWhen(OwnAddress is null, "Needs a network: this machine has no address but that of itself.");
        ServerCertificate certificate = certificateOf(OwnAddress);
        int port = FreePort.Pick();
        return new(
            await ServerProcess.StartAsync(
                "python3", ["-c", Script, port.ToString(CultureInfo.InvariantCulture), certificate.CertificateFile, certificate.KeyFile, authorization], port, cancellationToken: cancellationToken),
            OwnAddress);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
