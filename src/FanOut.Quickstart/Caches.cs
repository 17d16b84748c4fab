using System.Globalization;
using System.Net.Sockets;
using System.Text;
using StackExchange.Redis;

namespace FanOut.Quickstart;

/// <summary>Reads back what the cache targets hold.</summary>
internal static class Caches
{
    /// <summary>The values of keys in Redis; absent ones are left out.</summary>
    public static async Task<Arrived> RedisAsync(string endpoint, IEnumerable<string> keys)
    {
        ConnectionMultiplexer redis = await ConnectionMultiplexer.ConnectAsync(endpoint).ConfigureAwait(false);
        await using (redis.ConfigureAwait(false))
        {
            RedisValue[] values = await redis.GetDatabase().StringGetAsync([.. keys.Select(static k => (RedisKey)k)]).ConfigureAwait(false);
            string[] held = [.. values.Where(static v => v.HasValue).Select(static v => v.ToString())];
            return new Arrived(held, null, held.FirstOrDefault() ?? "");
        }
    }

    /// <summary>The values of keys in Memcached; absent ones are left out.</summary>
    public static async Task<Arrived> MemcachedAsync(string endpoint, IEnumerable<string> keys)
    {
        string[] parts = endpoint.Split(':');
        using var client = new TcpClient();
        await client.ConnectAsync(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture)).ConfigureAwait(false);
        using NetworkStream stream = client.GetStream();
        var held = new List<string>();
        foreach (string key in keys)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"get {key}\r\n")).ConfigureAwait(false);
            var answer = new MemoryStream();
            byte[] buffer = new byte[64 * 1024];
            do
            {
                answer.Write(buffer, 0, await stream.ReadAsync(buffer).ConfigureAwait(false));
            }
            while (!Encoding.UTF8.GetString(answer.GetBuffer(), 0, (int)answer.Length).EndsWith("END\r\n", StringComparison.Ordinal));

            string text = Encoding.UTF8.GetString(answer.GetBuffer(), 0, (int)answer.Length);
            int start = text.IndexOf("\r\n", StringComparison.Ordinal) + 2;
            if (text.StartsWith("VALUE ", StringComparison.Ordinal))
            {
                held.Add(text[start..^"\r\nEND\r\n".Length]);
            }
        }

        return new Arrived(held, null, held.FirstOrDefault() ?? "");
    }
}
