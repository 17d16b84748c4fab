using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FanOut.LocalCloud.OpenSearch;

/// <summary>Reads a bulk body: an action line, a document line unless it is a deletion, and so on, each ended by a newline.</summary>
/// <remarks>https://docs.opensearch.org/latest/api-reference/document-apis/bulk/</remarks>
internal static class BulkBody
{
    private const int MostIdBytes = 512;

    /// <summary>All actions in order.</summary>
    /// <exception cref="ServiceException">The body is not a bulk body; nothing of it is done.</exception>
    public static IReadOnlyList<BulkAction> Read(ReadOnlyMemory<byte> body, string? pathIndex)
    {
        if (body.IsEmpty)
        {
            throw new ServiceException("parse_exception", "request body is required");
        }

        if (body.Span[^1] != (byte)'\n')
        {
            throw new ServiceException("illegal_argument_exception", "The bulk request must be terminated by a newline [\\n]");
        }

        List<BulkAction> actions = [];
        int line = 0;
        while (!body.IsEmpty)
        {
            ReadOnlyMemory<byte> head = NextLine(ref body);
            line++;
            if (head.IsEmpty)
            {
                continue;
            }

            BulkAction action = ReadAction(head, pathIndex, line);
            if (action.Name != "delete")
            {
                if (body.IsEmpty)
                {
                    throw new ServiceException("illegal_argument_exception", $"The bulk request must be terminated by a newline [\\n] after the source of the action on line [{line}]");
                }

                action = action with { Source = NextLine(ref body) };
                line++;
            }

            actions.Add(action);
        }

        return actions;
    }

    private static ReadOnlyMemory<byte> NextLine(ref ReadOnlyMemory<byte> body)
    {
        int end = body.Span.IndexOf((byte)'\n');
        ReadOnlyMemory<byte> line = body[..end];
        body = body[(end + 1)..];
        return line.Span.EndsWith("\r"u8) ? line[..^1] : line;
    }

    private static BulkAction ReadAction(ReadOnlyMemory<byte> line, string? pathIndex, int number)
    {
        JsonElement root = Parse(line, number);
        JsonProperty[] members = root.ValueKind == JsonValueKind.Object ? [.. root.EnumerateObject()] : [];
        if (members.Length != 1 || members[0].Value.ValueKind != JsonValueKind.Object)
        {
            throw new ServiceException("illegal_argument_exception", $"Malformed action/metadata line [{number}], expected START_OBJECT");
        }

        string name = members[0].Name;
        if (name is not ("index" or "create" or "update" or "delete"))
        {
            throw new ServiceException("illegal_argument_exception", $"Malformed action/metadata line [{number}], expected field [create], [delete], [index] or [update] but found [{name}]");
        }

        Dictionary<string, string> metadata = members[0].Value.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.ToString());
        string index = metadata.GetValueOrDefault("_index") ?? pathIndex
            ?? throw Invalid($"line {number}: index is missing");
        string? id = metadata.GetValueOrDefault("_id");
        if (id is not null && Encoding.UTF8.GetByteCount(id) > MostIdBytes)
        {
            throw Invalid($"id [{id}] is too long, must be no longer than {MostIdBytes} bytes but was: {Encoding.UTF8.GetByteCount(id)}");
        }

        if (id is "" || (id is null && name is ("update" or "delete")))
        {
            throw Invalid($"line {number}: id is missing");
        }

        string? versionType = metadata.GetValueOrDefault("version_type");
        long? version = versionType is "external" or "external_gte" && metadata.TryGetValue("version", out string? text)
            ? long.Parse(text, CultureInfo.InvariantCulture)
            : null;
        return new BulkAction(name, index, id, version, versionType == "external_gte", metadata, default);
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> line, int number)
    {
        try
        {
            return JsonDocument.Parse(line).RootElement;
        }
        catch (JsonException exception)
        {
            throw new ServiceException("json_parse_exception", $"Line [{number}] is not JSON: {exception.Message}");
        }
    }

    private static ServiceException Invalid(string what) => new("action_request_validation_exception", $"Validation Failed: 1: {what};");
}
