using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FanOut.EndToEnd.Servers;

/// <summary>A redis-server of one test, in memory; it can be stopped and started again on its port.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const string Program = "redis-server";
    private readonly string[] _arguments;
    private ServerProcess? _process;

    private RedisServer(int port, string[] arguments)
    {
        Port = port;
        _arguments = arguments;
    }

    /// <summary>Its port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Starts one; skips the running test when redis-server is not installed (<see cref="ServerMissing"/>).</summary>
    /// <param name="arguments">Its settings, as on its command line (<c>--maxmemory 1mb</c>), besides port and bind address.</param>
    public static Task<RedisServer> StartAsync(params string[] arguments)
    {
        int port = FreePort.Pick();
        return StartAsync(port, ["--port", $"{port}", .. arguments]);
    }

    /// <summary>Starts one that speaks TLS only.</summary>
    /// <param name="certificates">Its certificate.</param>
    /// <param name="arguments">Its other settings.</param>
    public static Task<RedisServer> StartWithTlsAsync(ServerCertificate certificates, params string[] arguments)
    {
        int port = FreePort.Pick();
        string[] tls =
        [
            "--port", "0", "--tls-port", $"{port}", "--tls-auth-clients", "no", "--tls-ca-cert-file", certificates.AuthorityFile,
            "--tls-cert-file", certificates.CertificateFile, "--tls-key-file", certificates.KeyFile,
        ];
        return StartAsync(port, [.. tls, .. arguments]);
    }

    /// <summary>Starts it again on its port, empty.</summary>
    public async Task StartAgainAsync() => _process = await ServerProcess.StartAsync(Program, _arguments, Port);

    /// <summary>Kills it.</summary>
    public async Task StopAsync()
    {
        if (_process is { } running)
        {
            await running.DisposeAsync();
        }

        _process = null;
    }

    /// <summary>Sends one command as a person would at the prompt and returns the first line of the answer.</summary>
    /// <param name="command">The command.</param>
    public async Task<string> AskAsync(string command)
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"));
        using StreamReader reader = new(stream);
        return await reader.ReadLineAsync() ?? throw new IOException($"redis-server closed the connection at '{command}'.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    private static async Task<RedisServer> StartAsync(int port, string[] arguments)
    {
        if (ProgramRun.Find(Program) is null)
        {
            ServerMissing.EndTest(Program, "apt-get install redis-server");
        }

        RedisServer server = new(port, [.. arguments, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
        await server.StartAgainAsync();
        return server;
    }
}
