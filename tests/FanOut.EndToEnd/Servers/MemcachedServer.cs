using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace FanOut.EndToEnd.Servers;

/// <summary>A memcached of one test; it can be stopped and started again on its port.</summary>
public sealed class MemcachedServer : IAsyncDisposable
{
    private const string Program = "memcached";
    private readonly string[] _arguments;
    private readonly ServerCertificate? _certificate;
    private ServerProcess? _process;

    private MemcachedServer(int port, ServerCertificate? certificate, string[] arguments)
    {
        Port = port;
        _certificate = certificate;
        _arguments = arguments;
    }

    /// <summary>Its port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Starts one; skips the running test when memcached is not installed (<see cref="ServerMissing"/>).</summary>
    /// <param name="arguments">Its settings, as on its command line (<c>-m 2</c>), besides port and address.</param>
    public static Task<MemcachedServer> StartAsync(params string[] arguments) => StartAsync(null, arguments);

    /// <summary>Starts one that speaks TLS only.</summary>
    /// <param name="certificate">Its certificate.</param>
    /// <returns>The server; null when this memcached was built without TLS.</returns>
    public static async Task<MemcachedServer?> StartWithTlsAsync(ServerCertificate certificate)
    {
        try
        {
            return await StartAsync(certificate, "-Z", "-o", $"ssl_chain_cert={certificate.CertificateFile},ssl_key={certificate.KeyFile}");
        }
        catch (ServerFailedException failure) when (failure.Output.Contains("TLS", StringComparison.Ordinal)
            || failure.Output.Contains("SSL", StringComparison.Ordinal))
        {
            return null;
        }
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

    /// <summary>Reads a value.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The value; null when the key is not there.</returns>
    public async Task<byte[]?> GetAsync(string key)
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        await using Stream stream = await OpenAsync(client);
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"get {key}\r\n"));

        string[] header = (await ReadLineAsync(stream)).Split(' ');
        if (header[0] == "END")
        {
            return null;
        }

        byte[] value = new byte[int.Parse(header[3], null)];
        await stream.ReadExactlyAsync(value);
        return value;
    }

    /// <summary>Reads one of its statistics.</summary>
    /// <param name="name">The name, as <c>stats</c> gives it.</param>
    public async Task<long> StatisticAsync(string name)
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        await using Stream stream = await OpenAsync(client);
        await stream.WriteAsync("stats\r\n"u8.ToArray());
        while (await ReadLineAsync(stream) is var line && line != "END")
        {
            if (line.StartsWith($"STAT {name} ", StringComparison.Ordinal))
            {
                return long.Parse(line.Split(' ')[2], null);
            }
        }

        throw new KeyNotFoundException($"memcached has no statistic '{name}'.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    private static async Task<MemcachedServer> StartAsync(ServerCertificate? certificate, params string[] arguments)
    {
        if (ProgramRun.Find(Program) is null)
        {
            ServerMissing.EndTest(Program, "apt-get install memcached");
        }

        int port = FreePort.Pick();
        // "-u": memcached does not run as root without being told to.
        MemcachedServer server = new(
            port, certificate, ["-l", "127.0.0.1", "-p", $"{port}", "-U", "0", "-t", "1", "-u", Environment.UserName, .. arguments]);
        await server.StartAgainAsync();
        return server;
    }

    private static async Task<string> ReadLineAsync(Stream stream)
    {
        List<byte> line = [];
        byte[] one = new byte[1];
        for (; ; )
        {
            await stream.ReadExactlyAsync(one);
            if (one[0] == '\n')
            {
                return Encoding.ASCII.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(one[0]);
        }
    }

    private async Task<Stream> OpenAsync(TcpClient client)
    {
        if (_certificate is null)
        {
            return client.GetStream();
        }

        SslStream secure = new(client.GetStream(), leaveInnerStreamOpen: false, _certificate.Trust);
        await secure.AuthenticateAsClientAsync("localhost");
        return secure;
    }
}
