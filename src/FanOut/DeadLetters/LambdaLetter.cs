using System.Globalization;
using System.Text;
using System.Text.Json;
using FanOut.Engine.Mappings;

namespace FanOut.DeadLetters;

/// <summary>Reads what Lambda tells an on-failure destination of a batch or an event that it gave up.</summary>
/// <remarks>
/// Queues and topics are told of a stream's batch only where it lies in the stream; a bucket gets the whole event besides, as the text or the object <c>payload</c>.
/// https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html. Of a topic's message all are told the whole event, unless it is too long:
/// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
/// </remarks>
internal static class LambdaLetter
{
    /// <summary>What is wrong with an event that holds nothing to send.</summary>
    public const string WithoutRecords = "The event in it has no records.";

    private static readonly string[] Infos = ["KinesisBatchInfo", "DDBStreamBatchInfo"];

    /// <summary>Whether it is one.</summary>
    public static bool Looks(JsonElement json) =>
        json.Member("requestContext") is { ValueKind: JsonValueKind.Object } context && context.Text("condition") is not null
        && (Infos.Any(i => json.Member(i) is not null) || json.Member("requestPayload") is not null);

    /// <summary>Reads it.</summary>
    public static FanOutDeadLetter Read(JsonElement json, LetterPosition at)
    {
        JsonElement context = json.Member("requestContext")!.Value;
        JsonElement? info = Infos.Select(i => json.Member(i)).FirstOrDefault(static i => i is not null);
        byte[]? payload = Bytes(json.Member("payload") ?? json.Member("requestPayload"));
        (string? source, int? records) = payload is null ? (null, null) : Describe(payload);
        source = info?.Text("streamArn") ?? source;
        string? problem = source is null ? "It names no source." : payload is not null && records is null ? WithoutRecords : null;
        records = info?.Number("batchSize") ?? records;
        string condition = context.Text("condition")!;
        int? count = context.Number("approximateInvokeCount");
        var facts = new LetterFacts
        {
            LetterType = payload is null ? "Batch" : "Event",
            SourceArn = source is null ? null : Engine.Events.SourceArn.WithoutConsumer(source),
            Class = condition,
            Code = json.Member("responseContext")?.Text("functionError"),
            Reason = Reason(json, condition, count),
            Attempts = count,
            Records = records,
            Time = json.Time("timestamp"),
            ArrivalTime = info?.Time("approximateArrivalOfFirstRecord"),
            ShardId = info?.Text("shardId"),
            SequenceNumber = info?.Text("startSequenceNumber"),
            LastSequenceNumber = info?.Text("endSequenceNumber"),
            RequestId = context.Text("requestId"),
            Data = payload,
            DataOmitted = payload is null ? "Lambda tells queues and topics only where a batch lies in the stream." : null,
            FunctionName = context.Text("functionArn") is { } arn && FunctionDestination.TryParse(arn, out FunctionDestination? function, out _) ? function.Name : null,
            Content = payload is null || problem is not null ? null : LetterContent.Of(payload),
        };
        return (facts with { Problem = problem }).ToLetter(at);
    }

    private static string Reason(JsonElement json, string condition, int? count)
    {
        string said = json.Member("responsePayload")?.Text("errorMessage") is { } message ? $" The function said: {message}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"Lambda gave up after {count ?? 0} invocations: {condition}.{said}");
    }

    private static byte[]? Bytes(JsonElement? payload) => payload switch
    {
        { ValueKind: JsonValueKind.String } text => Encoding.UTF8.GetBytes(text.GetString()!),
        { ValueKind: JsonValueKind.Object } json => Encoding.UTF8.GetBytes(json.GetRawText()),
        _ => null,
    };

    private static (string? Source, int? Records) Describe(byte[] payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload, LetterData.Depth);
            if (document.RootElement.Member("Records") is not { ValueKind: JsonValueKind.Array } records || records.GetArrayLength() == 0)
            {
                return default;
            }

            JsonElement first = records[0];
            return (first.Text("eventSourceARN") ?? first.Member("Sns")?.Text("TopicArn"), records.GetArrayLength());
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
