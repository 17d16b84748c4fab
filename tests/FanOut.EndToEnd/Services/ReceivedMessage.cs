using System.Text.Json.Nodes;

namespace FanOut.EndToEnd.Services;

/// <summary>A message as the queue gave it out.</summary>
/// <param name="Body">The body.</param>
/// <param name="Encoding">The message attribute ContentEncoding; null where absent.</param>
/// <param name="Group">Its FIFO group; null where absent.</param>
/// <param name="Deduplication">Its FIFO deduplication id; null where absent.</param>
internal sealed record ReceivedMessage(string Body, string? Encoding, string? Group, string? Deduplication)
{
    /// <summary>All message attributes as "name type value", ordered.</summary>
    public static string AttributesOf(JsonNode message) => string.Join('|', (message["MessageAttributes"]?.AsObject() ?? [])
        .Select(static a => $"{a.Key} {a.Value!["DataType"]} {a.Value["StringValue"] ?? a.Value["BinaryValue"]}").Order(StringComparer.Ordinal));

    public static ReceivedMessage Of(JsonNode message) => new(
        (string)message[nameof(Body)]!,
        (string?)message["MessageAttributes"]?["ContentEncoding"]?["StringValue"],
        (string?)message["Attributes"]?["MessageGroupId"],
        (string?)message["Attributes"]?["MessageDeduplicationId"]);
}
