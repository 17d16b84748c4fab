using System.Text.Json.Nodes;

namespace FanOut.EndToEnd.Services;

/// <summary>A message as the queue gave it out.</summary>
/// <param name="Body">The body.</param>
/// <param name="Encoding">The message attribute ContentEncoding; null where absent.</param>
/// <param name="Group">Its FIFO group; null where absent.</param>
/// <param name="Deduplication">Its FIFO deduplication id; null where absent.</param>
internal sealed record ReceivedMessage(string Body, string? Encoding, string? Group, string? Deduplication)
{
    public static ReceivedMessage Of(JsonNode message) => new(
        (string)message[nameof(Body)]!,
        (string?)message["MessageAttributes"]?["ContentEncoding"]?["StringValue"],
        (string?)message["Attributes"]?["MessageGroupId"],
        (string?)message["Attributes"]?["MessageDeduplicationId"]);
}
