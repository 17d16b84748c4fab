[assembly: AssemblyFixture(typeof(FanOut.EndToEnd.Servers.KinesaliteServer))]

namespace FanOut.EndToEnd.Servers;

/// <summary>kinesalite, the emulator of Kinesis Data Streams in Node.js, in memory and without TLS.</summary>
/// <remarks>
/// See https://github.com/mhart/kinesalite. Its account is 123456789012. It is of 2021: streams by name only (no StreamARN) and 5 MiB a
/// call; it asks for an Authorization header, but does not check the signature.
/// </remarks>
public sealed class KinesaliteServer : LazyServer
{
    // Its own command listens on every interface; a test's server is nobody else's business.
    private const string Program = """
        require('kinesalite')({ createStreamMs: 0, deleteStreamMs: 0, updateStreamMs: 0, shardLimit: 1000 })
          .listen(Number(process.env.FANOUT_PORT), '127.0.0.1')
        """;

    private static readonly string Folder = Path.Join(Checkout.Root, "tests", "FanOut.EndToEnd");

    /// <inheritdoc/>
    protected override string Name => "kinesalite";

    /// <inheritdoc/>
    protected override string Remedy => "npm ci --ignore-scripts --prefix tests/FanOut.EndToEnd (needs Node.js)";

    /// <inheritdoc/>
    protected override async Task<ServerProcess?> LaunchAsync()
    {
        if (ProgramRun.Find("node") is not { } node || !Directory.Exists(Path.Join(Folder, "node_modules", "kinesalite")))
        {
            return null;
        }

        int port = FreePort.Pick();
        Dictionary<string, string> environment = new()
        {
            ["FANOUT_PORT"] = $"{port}",
            ["AWS_ACCOUNT_ID"] = "123456789012",
            ["AWS_REGION"] = "us-east-1",
        };
        return await ServerProcess.StartAsync(node, ["-e", Program], port, environment, Folder);
    }
}
