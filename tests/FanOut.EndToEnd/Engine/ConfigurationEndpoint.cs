using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FanOut.EndToEnd.Engine;

/// <summary>Answers <c>config get cluster</c> as an ElastiCache configuration endpoint does, and nothing else.</summary>
internal sealed class ConfigurationEndpoint : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly byte[] _answer;
    private readonly Task _serving;

    private ConfigurationEndpoint(int[] ports)
    {
        string nodes = $"1\n{string.Join(' ', ports.Select(port => $"127.0.0.1|127.0.0.1|{port}"))}\n";
        _answer = Encoding.ASCII.GetBytes($"CONFIG cluster 0 {nodes.Length}\r\n{nodes}\r\nEND\r\n");
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static ConfigurationEndpoint Start(params int[] ports) => new(ports);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token);
                NetworkStream stream = client.GetStream();
                using StreamReader commands = new(stream, Encoding.ASCII);
                while (await commands.ReadLineAsync(_end.Token) is { } command)
                {
                    await stream.WriteAsync(command == "config get cluster" ? _answer : "ERROR\r\n"u8.ToArray(), _end.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
