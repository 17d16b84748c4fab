using System.Globalization;
using System.Text.Json;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Kinesis;

/// <summary>The operations that make and describe streams.</summary>
internal sealed class StreamDescriptions(KinesisService kinesis)
{
    public HttpResponse Create(ServiceCall call)
    {
        int shards = call.Json.Number("ShardCount") ?? 4;
        int size = call.Json.Number("MaxRecordSizeInKiB") ?? 1024;
        if (shards < 1 || size is < 1024 or > 10240)
        {
            throw new ServiceException("ValidationException", $"ShardCount {shards} must be at least 1, MaxRecordSizeInKiB {size} between 1024 and 10240.");
        }

        kinesis.CreateStream(call.Json.RequiredText("StreamName"), shards, size, call.Region, call.AccountId);
        return HttpResponse.Text(200, "application/x-amz-json-1.1", "");
    }

    public HttpResponse Delete(ServiceCall call)
    {
        kinesis.DeleteStream(kinesis.Resolve(call).Arn);
        return HttpResponse.Text(200, "application/x-amz-json-1.1", "");
    }

    public HttpResponse Summarize(ServiceCall call)
    {
        KinesisStream stream = kinesis.Resolve(call);
        return JsonAnswer.Of(json =>
        {
            json.WriteStartObject("StreamDescriptionSummary");
            WriteCommon(json, stream);
            json.WriteNumber("OpenShardCount", stream.Shards.Count);
            json.WriteNumber("ConsumerCount", 0);
            json.WriteNumber("MaxRecordSizeInKiB", stream.MaxRecordSizeInKiB);
            json.WriteEndObject();
        });
    }

    public HttpResponse Describe(ServiceCall call)
    {
        KinesisStream stream = kinesis.Resolve(call);
        return JsonAnswer.Of(json =>
        {
            json.WriteStartObject("StreamDescription");
            WriteCommon(json, stream);
            WriteShards(json, stream.Shards);
            json.WriteBoolean("HasMoreShards", false);
            json.WriteEndObject();
        });
    }

    public HttpResponse List(ServiceCall call)
    {
        string after = call.Json.Text("ExclusiveStartStreamName") ?? call.Json.Text("NextToken") ?? "";
        int limit = call.Json.Number("Limit") ?? 100;
        KinesisStream[] rest =
        [
            .. kinesis.Streams
                .Where(stream => ArnText.Part(stream.Arn, 3) == call.Region && ArnText.Part(stream.Arn, 4) == call.AccountId)
                .Where(stream => string.CompareOrdinal(stream.Name, after) > 0)
                .OrderBy(stream => stream.Name, StringComparer.Ordinal),
        ];
        KinesisStream[] page = rest[..Math.Min(limit, rest.Length)];
        return JsonAnswer.Of(json =>
        {
            json.WriteStartArray("StreamNames");
            foreach (KinesisStream stream in page)
            {
                json.WriteStringValue(stream.Name);
            }

            json.WriteEndArray();
            json.WriteStartArray("StreamSummaries");
            foreach (KinesisStream stream in page)
            {
                json.WriteStartObject();
                WriteIdentity(json, stream);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteBoolean("HasMoreStreams", page.Length < rest.Length);
            if (page.Length < rest.Length)
            {
                json.WriteString("NextToken", page[^1].Name);
            }
        });
    }

    public HttpResponse ListShards(ServiceCall call)
    {
        KinesisStream stream = kinesis.Resolve(call);
        string after = call.Json.Text("ExclusiveStartShardId") ?? "";
        return JsonAnswer.Of(json => WriteShards(json, stream.Shards.Where(shard => string.CompareOrdinal(shard.Id, after) > 0)));
    }

    private static void WriteCommon(Utf8JsonWriter json, KinesisStream stream)
    {
        WriteIdentity(json, stream);
        json.WriteNumber("RetentionPeriodHours", 24);
        json.WriteStartArray("EnhancedMonitoring");
        json.WriteStartObject();
        json.WriteStartArray("ShardLevelMetrics");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("EncryptionType", "NONE");
    }

    private static void WriteIdentity(Utf8JsonWriter json, KinesisStream stream)
    {
        json.WriteString("StreamName", stream.Name);
        json.WriteString("StreamARN", stream.Arn);
        json.WriteString("StreamStatus", "ACTIVE");
        json.WriteStartObject("StreamModeDetails");
        json.WriteString("StreamMode", "PROVISIONED");
        json.WriteEndObject();
        json.WriteNumber("StreamCreationTimestamp", JsonAnswer.EpochSeconds(stream.Created));
    }

    private static void WriteShards(Utf8JsonWriter json, IEnumerable<KinesisShard> shards)
    {
        json.WriteStartArray("Shards");
        foreach (KinesisShard shard in shards)
        {
            json.WriteStartObject();
            json.WriteString("ShardId", shard.Id);
            json.WriteStartObject("HashKeyRange");
            json.WriteString("StartingHashKey", shard.StartingHashKey.ToString(CultureInfo.InvariantCulture));
            json.WriteString("EndingHashKey", shard.EndingHashKey.ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
            json.WriteStartObject("SequenceNumberRange");
            json.WriteString("StartingSequenceNumber", shard.FirstSequenceNumber);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
