using System.Globalization;
using System.Text;
using System.Text.Json;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.EventBridge;

/// <summary>PutEvents with its limits.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html. As in AWS an event for a bus that does not exist is accepted and dropped:
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
/// </remarks>
internal sealed class EventWrites(EventBridgeService events)
{
    private const int MostEntries = 10;
    private const int MostDetailType = 128;

    // https://aws.amazon.com/blogs/compute/more-room-to-build-serverless-services-now-support-payloads-up-to-1-mb
    private const int MostBytes = 1024 * 1024;
    private const int TimeBytes = 14;

    /// <summary>The ARNs of the buses that a call is for.</summary>
    public static IEnumerable<string> BusesOf(ServiceCall call) =>
        call.Json.Items("Entries").Select(entry => EventBridgeService.Resolve(call, entry.Text("EventBusName"))).Distinct(StringComparer.Ordinal);

    public HttpResponse Put(ServiceCall call)
    {
        IReadOnlyList<JsonElement> entries = call.Json.Items("Entries");
        if (entries.Count is 0 or > MostEntries)
        {
            throw new ServiceException(
                "ValidationException",
                $"1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length between 1 and {MostEntries}, inclusive; {entries.Count} were sent.");
        }

        if (entries.Sum(SizeOf) > MostBytes)
        {
            throw new ServiceException("ValidationException", "Total size of the entries in the request is over the limit.");
        }

        (ItemError? Refusal, string? Id)[] results = [.. entries.Select((entry, position) =>
        {
            ItemError? refusal = call.ItemErrorAt(position) ?? ProblemOf(entry);
            return (refusal, refusal is { Taken: false } ? null : Take(call, entry));
        })];
        return JsonAnswer.Of(json =>
        {
            json.WriteNumber("FailedEntryCount", results.Count(result => result.Refusal is not null));
            json.WriteStartArray("Entries");
            foreach ((ItemError? refusal, string? id) in results)
            {
                json.WriteStartObject();
                if (refusal is not null)
                {
                    json.WriteString("ErrorCode", refusal.Code);
                    json.WriteString("ErrorMessage", refusal.Message);
                }
                else
                {
                    json.WriteString("EventId", id);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html
    private static int SizeOf(JsonElement entry) =>
        (entry.Field("Time") is null ? 0 : TimeBytes)
        + Bytes(entry.Text("Source")) + Bytes(entry.Text("DetailType")) + Bytes(entry.Text("Detail"))
        + entry.Items("Resources").Sum(resource => Bytes(resource.GetString()));

    private static int Bytes(string? text) => Encoding.UTF8.GetByteCount(text ?? "");

    // The words are ours; the codes are those of https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html
    private static ItemError? ProblemOf(JsonElement entry)
    {
        string? source = entry.Text("Source"), type = entry.Text("DetailType"), detail = entry.Text("Detail");
        return source is not { Length: > 0 } ? Invalid("Parameter Source is not valid. Reason: Source is a required argument.")
            : type is not { Length: > 0 } ? Invalid("Parameter DetailType is not valid. Reason: DetailType is a required argument.")
            : type.Length > MostDetailType ? Invalid(string.Create(CultureInfo.InvariantCulture, $"Parameter DetailType is not valid. Reason: it has more than {MostDetailType} characters."))
            : detail is not { Length: > 0 } ? Invalid("Parameter Detail is not valid. Reason: Detail is a required argument.")
            : source.StartsWith("aws.", StringComparison.Ordinal) ? new ItemError("NotAuthorizedForSourceException", "Not authorized for the source.", 400, SenderFault: true, Taken: false)
            : !IsObject(detail) ? new ItemError("MalformedDetail", "Detail is malformed.", 400, SenderFault: true, Taken: false)
            : null;
    }

    private static ItemError Invalid(string why) => new("InvalidArgument", why, 400, SenderFault: true, Taken: false);

    private static bool IsObject(string detail)
    {
        try
        {
            using var document = JsonDocument.Parse(detail, new JsonDocumentOptions { MaxDepth = 1000 });
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private string Take(ServiceCall call, JsonElement entry)
    {
        string id = Guid.NewGuid().ToString(), bus = EventBridgeService.Resolve(call, entry.Text("EventBusName"));
        if (events.Find(bus) is not null)
        {
            events.Received.Add(new Arrival(bus, call.Number, call.Time, Encoding.UTF8.GetBytes(entry.Text("Detail")!))
            {
                Id = id,
                Attributes = new Dictionary<string, string>
                {
                    ["source"] = entry.Text("Source")!,
                    ["detail-type"] = entry.Text("DetailType")!,
                    ["time"] = (TimeOf(entry) ?? call.Time).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                    ["resources"] = string.Join(',', entry.Items("Resources").Select(resource => resource.GetString())),
                },
            });
        }

        return id;
    }

    private static DateTimeOffset? TimeOf(JsonElement entry) => entry.Field("Time") switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } seconds => DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds.GetDecimal() * 1000)),
        _ => throw new ServiceException("SerializationException", "'Time' is not a number of seconds"),
    };
}
