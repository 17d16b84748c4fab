using System.Text;

namespace FanOut.Tests.Memcached;

/// <summary>A command as a Memcached server reads it.</summary>
internal sealed record TextRequest(string Line, byte[] Value)
{
    public string Verb => Line.Split(' ')[0];

    public string Key => Line.Split(' ')[1];

    /// <summary>Reads the next command; null when the client closed the connection.</summary>
    public static async Task<TextRequest?> ReadAsync(Stream stream)
    {
        if (await ReadLineAsync(stream) is not { } line)
        {
            return null;
        }

        if (!line.StartsWith("set ", StringComparison.Ordinal))
        {
            return new(line, []);
        }

        byte[] value = new byte[int.Parse(line.Split(' ')[4], null)];
        await stream.ReadExactlyAsync(value);
        Assert.Equal("", await ReadLineAsync(stream));
        return new(line, value);
    }

    private static async Task<string?> ReadLineAsync(Stream stream)
    {
        List<byte> line = [];
        byte[] one = new byte[1];
        while (await stream.ReadAsync(one) == 1)
        {
            if (one[0] == '\n')
            {
                Assert.Equal((byte)'\r', line[^1]);
                return Encoding.UTF8.GetString([.. line[..^1]]);
            }
            line.Add(one[0]);
        }
        return null;
    }
}
