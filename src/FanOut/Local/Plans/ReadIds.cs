using System.Text;
using System.Text.Json;
using FanOut.Engine.Mappings;

namespace FanOut.Local.Plans;

/// <summary>Reads from a written request by what its target knows the items again.</summary>
internal static class ReadIds
{
    private const string DeduplicationId = "MessageDeduplicationId";

    /// <summary>The ids, in the order of the items; empty: the target has none.</summary>
    /// <param name="mapping">The target.</param>
    /// <param name="request">The request; null: the target is a cache.</param>
    public static IReadOnlyList<string> Of(Mapping mapping, WrittenRequest? request) => request is null ? [] : mapping.Type switch
    {
        TargetType.Es => [.. OfDocuments(request.Body)],
        TargetType.Sqs => [.. OfMessages(request.Body)],
        TargetType.Sns => [.. OfForm(request.Body)],
        TargetType.States => [.. Text(request.Body, "name")],
        TargetType.Http => request.IdempotencyKey is { } key ? [key] : [],
        _ => [],
    };

    // https://docs.opensearch.org/latest/api-reference/document-apis/bulk/: a line of what is to be done, and but for a deletion one of the document.
    private static IEnumerable<string> OfDocuments(byte[] body)
    {
        string[] lines = Encoding.UTF8.GetString(body).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < lines.Length; i++)
        {
            using JsonDocument line = JsonDocument.Parse(lines[i]);
            JsonProperty action = line.RootElement.EnumerateObject().First();
            if (action.Value.TryGetProperty("_id", out JsonElement id))
            {
                yield return id.GetString()!;
            }

            i += action.NameEquals("delete") ? 0 : 1;
        }
    }

    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
    private static IEnumerable<string> OfMessages(byte[] body)
    {
        using JsonDocument request = JsonDocument.Parse(body);
        foreach (JsonElement entry in request.RootElement.TryGetProperty("Entries", out JsonElement entries) ? entries.EnumerateArray() : [])
        {
            if (entry.TryGetProperty(DeduplicationId, out JsonElement id))
            {
                yield return id.GetString()!;
            }
        }
    }

    // https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html: PublishBatchRequestEntries.member.1.MessageDeduplicationId=…
    private static IEnumerable<string> OfForm(byte[] body) =>
        from field in Encoding.UTF8.GetString(body).Split('&')
        let parts = field.Split('=', 2)
        where parts.Length == 2 && parts[0].EndsWith(DeduplicationId, StringComparison.Ordinal)
        select Uri.UnescapeDataString(parts[1].Replace('+', ' '));

    private static IEnumerable<string> Text(byte[] body, string name)
    {
        using JsonDocument request = JsonDocument.Parse(body);
        if (request.RootElement.TryGetProperty(name, out JsonElement value))
        {
            yield return value.GetString()!;
        }
    }
}
