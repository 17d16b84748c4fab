using System.Text;

namespace FanOut.Testing;

/// <summary>
/// Answers <c>config get cluster</c> as an ElastiCache configuration endpoint does, which no memcached knows, and nothing else:
/// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoDiscovery.AddingToYourClientLibrary.html
/// </summary>
public sealed class ConfigurationEndpoint : IAsyncDisposable
{
    private readonly TcpResponder _server;
    private IReadOnlyList<int> _ports;
    private int _version = 1;

    /// <summary>Starts one.</summary>
    /// <param name="ports">The ports of the servers that it names.</param>
    public ConfigurationEndpoint(params int[] ports)
    {
        _ports = ports;
        _server = new((stream, _) => AnswerAsync(stream));
    }

    /// <summary>The ports of the servers that it names, each as host <c>localhost</c>; another list has the next version.</summary>
    public IReadOnlyList<int> Ports
    {
        get => _ports;
        set => (_ports, _version) = (value, _version + 1);
    }

    /// <summary>How often it was asked.</summary>
    public int Asked { get; private set; }

    /// <summary>Where it listens on 127.0.0.1.</summary>
    public int Port => _server.Port;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(Stream stream)
    {
        using StreamReader commands = new(stream, Encoding.ASCII, leaveOpen: true);
        while (await commands.ReadLineAsync() is { } command)
        {
            if (command == "config get cluster")
            {
                Asked++;
                string list = $"{_version}\n{string.Join(' ', _ports.Select(static port => $"localhost|127.0.0.1|{port}"))}\n";
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"CONFIG cluster 0 {list.Length}\r\n{list}\r\nEND\r\n"));
            }
            else
            {
                await stream.WriteAsync("ERROR\r\n"u8.ToArray());
            }
        }
    }
}
