using System.Buffers;
using System.Globalization;
using System.Text.Json;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>
/// Records of one shard that an event source mapping gave up, as Lambda reports them to an on-failure destination: a queue or a topic is told only where to
/// find the data, a bucket gets the whole event besides (https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html).
/// </summary>
public sealed record DiscardedBatch
{
    /// <summary>The condition of records whose batch failed once more than <c>MaximumRetryAttempts</c>.</summary>
    public const string RetryAttemptsExhausted = "RetryAttemptsExhausted";

    /// <summary>The condition of records older than <c>MaximumRecordAge</c>.</summary>
    public const string RecordAgeExceeded = "RecordAgeExceeded";

    /// <summary>The condition of a record that fits in no event. Lambda documents what happens to such a record, but not this word.</summary>
    public const string RecordSizeExceeded = "RecordSizeExceeded";

    /// <summary>The last invocation's request id; a new id if the records were never sent.</summary>
    public required string RequestId { get; init; }

    /// <summary>The function.</summary>
    public required string FunctionArn { get; init; }

    /// <summary>Why the records were discarded: one of this type's constants.</summary>
    public required string Condition { get; init; }

    /// <summary>How often exactly these records were sent.</summary>
    public required int ApproximateInvokeCount { get; init; }

    /// <summary>The last invocation's <c>X-Amz-Function-Error</c>; null if the function answered, or was not invoked.</summary>
    public string? FunctionError { get; init; }

    /// <summary>When the records were discarded.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The records' stream: a Kinesis stream or a DynamoDB stream.</summary>
    public required string StreamArn { get; init; }

    /// <summary>The records' shard.</summary>
    public required string ShardId { get; init; }

    /// <summary>The first record's sequence number.</summary>
    public required string StartSequenceNumber { get; init; }

    /// <summary>The last record's sequence number.</summary>
    public required string EndSequenceNumber { get; init; }

    /// <summary>When the first record arrived.</summary>
    public required DateTimeOffset ApproximateArrivalOfFirstRecord { get; init; }

    /// <summary>When the last record arrived.</summary>
    public required DateTimeOffset ApproximateArrivalOfLastRecord { get; init; }

    /// <summary>How many records.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The event source mapping that gave them up; null: it is not one of a <see cref="LambdaService"/>.</summary>
    public string? EventSourceMappingId { get; init; }

    /// <summary>Writes the event that the function did not take; null: it is not known.</summary>
    public Func<byte[]>? Payload { get; init; }

    /// <summary>The JSON document that a queue or topic gets.</summary>
    public byte[] ToJson() => ToJson([]);

    /// <summary>The JSON document that a bucket gets: with the event, as an escaped text.</summary>
    public byte[] ToJsonWithPayload() => ToJson(Payload?.Invoke() ?? []);

    private byte[] ToJson(ReadOnlySpan<byte> payload)
    {
        var buffer = new ArrayBufferWriter<byte>(1024 + payload.Length);
        using (var json = new Utf8JsonWriter(buffer, JsonAnswer.Plain))
        {
            json.WriteStartObject();
            json.WriteStartObject("requestContext"u8);
            json.WriteString("requestId"u8, RequestId);
            json.WriteString("functionArn"u8, FunctionArn);
            json.WriteString("condition"u8, Condition);
            json.WriteNumber("approximateInvokeCount"u8, ApproximateInvokeCount);
            json.WriteEndObject();
            if (Condition == RetryAttemptsExhausted)
            {
                json.WriteStartObject("responseContext"u8);
                json.WriteNumber("statusCode"u8, 200);
                json.WriteString("executedVersion"u8, "$LATEST"u8);
                json.WriteString("functionError"u8, FunctionError);
                json.WriteEndObject();
            }

            json.WriteString("version"u8, "1.0"u8);
            json.WriteString("timestamp"u8, Text(Timestamp));
            WriteBatchInfo(json);
            if (payload.Length > 0)
            {
                json.WriteString("payload"u8, payload);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private void WriteBatchInfo(Utf8JsonWriter json)
    {
        json.WriteStartObject(EventSourceArn.IsDynamoDBStream(StreamArn) ? "DDBStreamBatchInfo"u8 : "KinesisBatchInfo"u8);
        json.WriteString("shardId"u8, ShardId);
        json.WriteString("startSequenceNumber"u8, StartSequenceNumber);
        json.WriteString("endSequenceNumber"u8, EndSequenceNumber);
        json.WriteString("approximateArrivalOfFirstRecord"u8, Text(ApproximateArrivalOfFirstRecord));
        json.WriteString("approximateArrivalOfLastRecord"u8, Text(ApproximateArrivalOfLastRecord));
        json.WriteNumber("batchSize"u8, BatchSize);
        json.WriteString("streamArn"u8, StreamArn);
        json.WriteEndObject();
    }

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
