using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.OpenSearch;

/// <summary>Writes the answer of a bulk call, one item per action in order.</summary>
internal static class BulkAnswer
{
    public static HttpResponse Of(IReadOnlyList<(BulkAction Action, BulkOutcome Outcome)> items, string? filterPath)
    {
        HttpResponse answer = JsonAnswer.Of(json => Write(json, items), contentType: "application/json; charset=UTF-8");
        if (string.IsNullOrEmpty(filterPath))
        {
            return answer;
        }

        JsonNode? kept = FilterPath.Apply(JsonNode.Parse(answer.Body.Span)!, filterPath);
        return answer with { Body = Encoding.UTF8.GetBytes(kept?.ToJsonString() ?? "{}") };
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<(BulkAction Action, BulkOutcome Outcome)> items)
    {
        json.WriteNumber("took", 1);
        json.WriteBoolean("errors", items.Any(item => !item.Outcome.IsTaken));
        json.WriteStartArray("items");
        foreach ((BulkAction action, BulkOutcome outcome) in items)
        {
            json.WriteStartObject();
            json.WriteStartObject(action.Name);
            json.WriteString("_index", action.Index);
            json.WriteString("_id", outcome.Id);
            if (outcome.IsTaken)
            {
                WriteTaken(json, outcome);
            }
            else
            {
                json.WriteNumber("status", outcome.Status);
                json.WriteStartObject("error");
                json.WriteString("type", outcome.ErrorType);
                json.WriteString("reason", outcome.Reason);
                json.WriteString("index", action.Index);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTaken(Utf8JsonWriter json, BulkOutcome outcome)
    {
        json.WriteNumber("_version", outcome.Version);
        json.WriteString("result", outcome.Result);
        json.WriteStartObject("_shards");
        json.WriteNumber("total", 2);
        json.WriteNumber("successful", 1);
        json.WriteNumber("failed", 0);
        json.WriteEndObject();
        json.WriteNumber("_seq_no", outcome.SequenceNumber);
        json.WriteNumber("_primary_term", 1);
        json.WriteNumber("status", outcome.Status);
    }
}
