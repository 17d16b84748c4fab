using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using FanOut.Engine.Events;
using FanOut.Errors;
using FanOut.Parameters;

namespace FanOut.Local.Events;

/// <summary>Makes records of what a user gives for them: text, bytes, or objects.</summary>
/// <param name="sourceArn">The source whose records they are to be.</param>
/// <param name="hashKey">DynamoDB: the name of the item's key; null: its first attribute.</param>
/// <param name="time">The clock.</param>
/// <param name="areChanges">Kinesis: whether its records carry changes of tables, so that items become changes.</param>
internal sealed class ReadRecords(string sourceArn, string? hashKey, TimeProvider time, bool areChanges = false)
{
    // As long as Kinesis's own, which have 56 digits, with those that count the records.
    private const string SampleNumber = "49590338271490256608559692538361571095921575989136588";

    private readonly JsonTextAttribute _json = new();
    private int _count;

    /// <summary>The sequence numbers but for their last three digits; null, the default: those of a record that is only planned. A record that is sent needs numbers of its own: by them targets know repeats.</summary>
    public string? FirstNumber { get; init; }

    /// <summary>The records, in the order in which they are given.</summary>
    /// <param name="given">Texts, arrays of bytes, hashtables or objects. An object with Data and PartitionKey is a record, as AWS.Tools reads them; one with eventSource is one of Lambda's own; any other is the data.</param>
    /// <exception cref="FanOutException">InvalidParameter: one of them cannot be a record of this source.</exception>
    public IReadOnlyList<EventRecord> Of(IEnumerable<object> given) => [.. given.Select(Read)];

    private EventRecord Read(object given)
    {
        var record = new EventRecord { SequenceNumber = (FirstNumber ?? SampleNumber) + (++_count).ToString("D3", CultureInfo.InvariantCulture), Time = time.GetUtcNow() };
        object value = (given as PSObject)?.BaseObject ?? given;
        if (Property(given, "eventSource") is not null || Property(given, "EventSource") is not null)
        {
            return record with { Whole = Encoding.UTF8.GetBytes(Json(given)) };
        }

        if (SourceArn.IsOf(SourceKind.DynamoDb, sourceArn))
        {
            return Item(record, value as string ?? Json(given));
        }

        if (areChanges && Property(given, "Data") is null && value is not byte[] && (value as string ?? Json(given)) is var item && !IsChange(item))
        {
            return Item(record with { CarriesChange = true }, item);
        }

        return Property(given, "Data") is { } data && Property(given, "PartitionKey") is { } key
            ? record with { Key = $"{key}", Data = Bytes(data), SequenceNumber = Property(given, "SequenceNumber") is { } number ? $"{number}" : record.SequenceNumber }
            : record with { Key = $"record-{_count}", Data = Bytes(given) };
    }

    // Whoever gives a change as DynamoDB writes it has it sent as it is.
    private static bool IsChange(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("eventName", out _) && document.RootElement.TryGetProperty("dynamodb", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private byte[] Bytes(object given) => ((given as PSObject)?.BaseObject ?? given) switch
    {
        byte[] bytes => bytes,
        MemoryStream stream => stream.ToArray(),
        string text => Encoding.UTF8.GetBytes(text),
        _ => Encoding.UTF8.GetBytes(Json(given)),
    };

    private EventRecord Item(EventRecord record, string json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            throw FanOutError.InvalidParameter("Record", json, $"has an item that is not JSON: {e.Message}");
        }

        using (document)
        {
            JsonElement item = document.RootElement;
            if (item.ValueKind != JsonValueKind.Object || !item.EnumerateObject().Any())
            {
                throw FanOutError.InvalidParameter("Record", json, "takes items of a table as objects with at least one attribute, such as @{ id = '17'; total = 12 }.");
            }

            string name = hashKey is not null && item.TryGetProperty(hashKey, out _) ? hashKey : item.EnumerateObject().First().Name;
            return record with { Key = Typed(item, n => n == name), Data = Encoding.UTF8.GetBytes(Typed(item, static _ => true)) };
        }
    }

    private string Json(object given)
    {
        try
        {
            return (string)_json.Transform(null!, given)!;
        }
        catch (ArgumentTransformationMetadataException e)
        {
            throw FanOutError.InvalidParameter("Record", $"{given}", $"cannot be made into a record: {e.Message}");
        }
    }

    private static object? Property(object given, string name) => ((given as PSObject)?.BaseObject ?? given) switch
    {
        string or byte[] => null,
        IDictionary table => table.Contains(name) ? table[name] : null,
        _ => PSObject.AsPSObject(given).Properties[name]?.Value,
    };

    // An item as DynamoDB writes it: {"id":{"S":"17"}}.
    private static string Typed(JsonElement item, Func<string, bool> isWanted)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (JsonProperty property in item.EnumerateObject().Where(p => isWanted(p.Name)))
            {
                json.WritePropertyName(property.Name);
                WriteTyped(json, property.Value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteTyped(Utf8JsonWriter json, JsonElement value)
    {
        json.WriteStartObject();
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                json.WriteString("S", value.GetString());
                break;
            case JsonValueKind.Number:
                json.WriteString("N", value.GetRawText());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                json.WriteBoolean("BOOL", value.GetBoolean());
                break;
            case JsonValueKind.Array:
                json.WriteStartArray("L");
                foreach (JsonElement element in value.EnumerateArray())
                {
                    WriteTyped(json, element);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.Object:
                json.WriteStartObject("M");
                foreach (JsonProperty property in value.EnumerateObject())
                {
                    json.WritePropertyName(property.Name);
                    WriteTyped(json, property.Value);
                }

                json.WriteEndObject();
                break;
            default:
                json.WriteBoolean("NULL", true);
                break;
        }

        json.WriteEndObject();
    }
}
