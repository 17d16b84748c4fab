using System.Text.Json;
using System.Text.Json.Nodes;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.OpenSearch;

/// <summary>The body of an update action: <c>{"doc": …, "doc_as_upsert": …, "upsert": …}</c>.</summary>
internal static class DocumentUpdate
{
    /// <summary>The document after the update; null if there is none and the update does not make one.</summary>
    public static ReadOnlyMemory<byte>? Apply(ReadOnlyMemory<byte>? there, ReadOnlyMemory<byte> update)
    {
        JsonObject body = JsonNode.Parse(update.Span)!.AsObject();
        JsonObject? patch = body["doc"] as JsonObject;
        if (there is null)
        {
            JsonObject? fresh = body["upsert"] as JsonObject ?? (body["doc_as_upsert"]?.GetValueKind() == JsonValueKind.True ? patch : null);

            // Not a conditional expression, which would convert null to an empty memory.
            if (fresh is null)
            {
                return null;
            }

            return Bytes(fresh);
        }

        JsonObject document = JsonNode.Parse(there.Value.Span)!.AsObject();
        Merge(document, patch ?? []);
        return Bytes(document);
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach ((string name, JsonNode? value) in patch)
        {
            if (value is JsonObject inner && target[name] is JsonObject outer)
            {
                Merge(outer, inner);
            }
            else
            {
                target[name] = value?.DeepClone();
            }
        }
    }

    private static ReadOnlyMemory<byte> Bytes(JsonObject document)
    {
        System.Buffers.ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, JsonAnswer.Plain))
        {
            document.WriteTo(writer);
        }

        return buffer.WrittenMemory;
    }
}
