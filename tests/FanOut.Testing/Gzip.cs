using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace FanOut.Testing;

/// <summary>Data packed as gzip.</summary>
public static class Gzip
{
    /// <summary>One member.</summary>
    public static byte[] Of(ReadOnlySpan<byte> content, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level, leaveOpen: true))
        {
            gzip.Write(content);
        }

        // GZipStream writes nothing at all of no content.
        return packed.Length > 0 ? packed.ToArray() : [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    }

    /// <summary>What CloudWatch Logs sends to a subscription, without gzip.</summary>
    /// <param name="events">The members of the events, without braces.</param>
    public static byte[] LogEvents(params IEnumerable<string> events) => Encoding.UTF8.GetBytes(
        $$"""{"messageType":"DATA_MESSAGE","owner":"123456789012","logGroup":"/aws/lambda/orders","logStream":"2026/11/28/[1]","subscriptionFilters":["all"],"logEvents":[{{string.Join(',', events.Select(static e => $"{{{e}}}"))}}]}""");

    /// <summary>The members of an event.</summary>
    public static string LogEvent(string id, string message) => $"\"id\":{JsonValue.Create(id).ToJsonString()},\"timestamp\":1432826855000,\"message\":{JsonValue.Create(message).ToJsonString()}";
}
