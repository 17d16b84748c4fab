using System.Text.Json;

namespace FanOut.Local.Streams;

/// <summary>Makes records of Lambda's events of those of DynamoDB Streams: they have the same members but for two.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html, and of an item that was deleted at its time
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html.
/// </remarks>
internal static class TableEvent
{
    /// <summary>The record, with the stream's ARN, and with the identity's members as Lambda writes them.</summary>
    /// <param name="json">The record as GetRecords has it.</param>
    /// <param name="sourceArn">The stream.</param>
    public static byte[] Of(string json, string sourceArn)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        using var buffer = new MemoryStream(json.Length + 200);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (JsonProperty member in document.RootElement.EnumerateObject())
            {
                writer.WritePropertyName(member.Name);
                if (member.NameEquals("userIdentity") && member.Value.ValueKind == JsonValueKind.Object)
                {
                    WriteIdentity(writer, member.Value);
                }
                else
                {
                    writer.WriteRawValue(member.Value.GetRawText(), skipInputValidation: true);
                }
            }

            writer.WriteString("eventSourceARN", sourceArn);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteIdentity(Utf8JsonWriter writer, JsonElement identity)
    {
        writer.WriteStartObject();
        foreach (JsonProperty member in identity.EnumerateObject())
        {
            writer.WritePropertyName(char.ToLowerInvariant(member.Name[0]) + member.Name[1..]);
            member.Value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}
