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
            json.WriteNumber("OpenShardCount", stream.Shards.Count(shard => !shard.IsClosed));
            json.WriteNumber("ConsumerCount", 0);
            json.WriteNumber("MaxRecordSizeInKiB", stream.MaxRecordSizeInKiB);
            json.WriteEndObject();
        });
    }

    // A stream without a policy has an empty one.
    public HttpResponse Policy(ServiceCall call)
    {
        string arn = call.Json.RequiredText("ResourceARN");
        KinesisStream stream = kinesis.Find(arn) ?? throw new ServiceException("ResourceNotFoundException", $"Resource {arn} not found.");
        return JsonAnswer.Of(json => json.WriteString("Policy", stream.Policy ?? "{}"));
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
        // The token of a page stands for the stream too, which must not be named beside it.
        string[]? token = call.Json.Text("NextToken")?.Split('|');
        if (token is not null && (token.Length != 2 || call.Destination is not null))
        {
            throw new ServiceException("InvalidArgumentException", "NextToken and StreamName cannot be provided together, and NextToken must be one of a page of ListShards.");
        }

        KinesisStream stream = token is null ? kinesis.Resolve(call) : kinesis.Find(token[0]) ?? throw new ServiceException("ExpiredNextTokenException", "The stream is gone.");
        string after = token?[1] ?? call.Json.Text("ExclusiveStartShardId") ?? "";
        int most = call.Json.Number("MaxResults") ?? 1000;
        KinesisShard[] rest = [.. stream.Shards.Where(shard => string.CompareOrdinal(shard.Id, after) > 0)];
        return JsonAnswer.Of(json =>
        {
            WriteShards(json, rest.Take(most));
            if (rest.Length > most)
            {
                json.WriteString("NextToken", $"{stream.Arn}|{rest[most - 1].Id}");
            }
        });
    }

    public HttpResponse Split(ServiceCall call)
    {
        string key = call.Json.RequiredText("NewStartingHashKey");
        kinesis.Resolve(call).Split(
            call.Json.RequiredText("ShardToSplit"),
            UInt128.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out UInt128 start) ? start
                : throw new ServiceException("InvalidArgumentException", $"NewStartingHashKey '{key}' is no number from 0 to 2^128-1."));
        return HttpResponse.Text(200, "application/x-amz-json-1.1", "");
    }

    public HttpResponse Merge(ServiceCall call)
    {
        kinesis.Resolve(call).Merge(call.Json.RequiredText("ShardToMerge"), call.Json.RequiredText("AdjacentShardToMerge"));
        return HttpResponse.Text(200, "application/x-amz-json-1.1", "");
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
            if (shard.Parents.Count > 0)
            {
                json.WriteString("ParentShardId", shard.Parents[0].Id);
            }

            if (shard.Parents.Count > 1)
            {
                json.WriteString("AdjacentParentShardId", shard.Parents[1].Id);
            }

            json.WriteStartObject("HashKeyRange");
            json.WriteString("StartingHashKey", shard.StartingHashKey.ToString(CultureInfo.InvariantCulture));
            json.WriteString("EndingHashKey", shard.EndingHashKey.ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
            json.WriteStartObject("SequenceNumberRange");
            json.WriteString("StartingSequenceNumber", shard.FirstSequenceNumber);
            if (shard.LastSequenceNumber is { } last)
            {
                json.WriteString("EndingSequenceNumber", last);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
