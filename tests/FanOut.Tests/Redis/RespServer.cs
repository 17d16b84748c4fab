using System.Globalization;
using System.Text;

namespace FanOut.Tests.Redis;

/// <summary>As much of a Redis server as a client asks for when it connects; SET and DEL are the test's.</summary>
internal sealed class RespServer : IAsyncDisposable
{
    private readonly TcpResponder _server;

    /// <param name="answer">Given the command's words, the raw answer; null to close the connection.</param>
    public RespServer(Func<string[], string?> answer) => _server = new((stream, _) => ServeAsync(stream, answer));

    public int Port => _server.Port;

    public int Connections => _server.Connections;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>Answers all that a client asks for when it connects, until it sets or deletes something.</summary>
    public static async Task GreetAsync(Stream stream)
    {
        while (await ReadAsync(stream) is { } words && words[0] is not ("SET" or "DEL"))
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(Greet(words)));
        }
    }

    private static async Task ServeAsync(Stream stream, Func<string[], string?> answer)
    {
        while (await ReadAsync(stream) is { } words)
        {
            if ((words[0] is "SET" or "DEL" ? answer(words) : Greet(words)) is not { } text)
            {
                return;
            }

            await stream.WriteAsync(Encoding.Latin1.GetBytes(text));
        }
    }

    private static string Greet(string[] words) => words[0] switch
    {
        "PING" => "+PONG\r\n",
        "ECHO" => $"${words[1].Length}\r\n{words[1]}\r\n",
        "CLIENT" or "SELECT" => "+OK\r\n",
        "INFO" => Bulk("# Server\r\nredis_version:7.0.15\r\nredis_mode:standalone\r\n# Replication\r\nrole:master\r\n"),
        "CLUSTER" => "-ERR This instance has cluster support disabled\r\n",
        _ => $"-ERR unknown command '{words[0]}'\r\n",
    };

    private static string Bulk(string text) => $"${text.Length}\r\n{text}\r\n";

    // *<words>, then for each word $<length> and its bytes.
    private static async Task<string[]?> ReadAsync(Stream stream)
    {
        if (await ReadLineAsync(stream) is not { } header)
        {
            return null;
        }

        string[] words = new string[int.Parse(header[1..], CultureInfo.InvariantCulture)];
        for (int i = 0; i < words.Length; i++)
        {
            string length = (await ReadLineAsync(stream))!;
            byte[] word = new byte[int.Parse(length[1..], CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(word);
            await ReadLineAsync(stream);
            // A character for a byte: what the client wants echoed is binary.
            words[i] = Encoding.Latin1.GetString(word);
        }
        return words;
    }

    private static async Task<string?> ReadLineAsync(Stream stream)
    {
        StringBuilder line = new();
        byte[] one = new byte[1];
        while (await stream.ReadAsync(one) == 1)
        {
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }
        return null;
    }
}
