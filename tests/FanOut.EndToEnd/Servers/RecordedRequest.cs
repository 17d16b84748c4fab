using System.Text.Json;

namespace FanOut.EndToEnd.Servers;

/// <summary>A request as <see cref="MotoServer"/> received it.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Url">The address, its path decoded once.</param>
/// <param name="Body">The body's bytes.</param>
public sealed record RecordedRequest(string Method, Uri Url, ReadOnlyMemory<byte> Body)
{
    /// <summary>Reads one line of moto's recording.</summary>
    /// <param name="line">A JSON object.</param>
    public static RecordedRequest Parse(string line)
    {
        using JsonDocument entry = JsonDocument.Parse(line);
        JsonElement root = entry.RootElement;
        return new(
            root.GetProperty("method").GetString()!,
            new Uri(root.GetProperty("url").GetString()!),
            root.GetProperty("body_encoded").GetBoolean() ? root.GetProperty("body").GetBytesFromBase64() : default);
    }
}
