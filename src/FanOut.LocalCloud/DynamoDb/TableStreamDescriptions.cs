using System.Text.Json;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Streams;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.DynamoDb;

/// <summary>DynamoDB Streams' ListStreams and DescribeStream.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB_Streams.html</remarks>
internal sealed class TableStreamDescriptions(DynamoService dynamo)
{
    private const int MostListed = 100;

    public HttpResponse List(ServiceCall call)
    {
        string? table = call.Json.Text("TableName") is { } name ? dynamo.Resolve(call, name).Arn : null;
        string after = call.Json.Text("ExclusiveStartStreamArn") ?? "";
        int limit = Limit(call);
        DynamoTable[] rest =
        [
            .. dynamo.Tables
                .Where(candidate => candidate.Stream is not null && (table is null || candidate.Arn == table))
                .Where(candidate => ArnText.Part(candidate.Arn, 3) == call.Region && ArnText.Part(candidate.Arn, 4) == call.AccountId)
                .Where(candidate => string.CompareOrdinal(candidate.Stream!.Source.Arn, after) > 0)
                .OrderBy(candidate => candidate.Stream!.Source.Arn, StringComparer.Ordinal),
        ];
        return JsonAnswer.Of(json =>
        {
            json.WriteStartArray("Streams");
            foreach (DynamoTable found in rest.Take(limit))
            {
                json.WriteStartObject();
                WriteIdentity(json, found);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (rest.Length > limit)
            {
                json.WriteString("LastEvaluatedStreamArn", rest[limit - 1].Stream!.Source.Arn);
            }
        });
    }

    public HttpResponse Describe(ServiceCall call)
    {
        string arn = call.Json.RequiredText("StreamArn");
        DynamoTable table = dynamo.TableOfStream(arn, call.Region);
        string after = call.Json.Text("ExclusiveStartShardId") ?? "";
        int limit = Limit(call);
        EventShard[] rest = [.. table.Stream!.Shards.OrderBy(shard => shard.Id, StringComparer.Ordinal).Where(shard => string.CompareOrdinal(shard.Id, after) > 0)];
        return JsonAnswer.Of(json =>
        {
            json.WriteStartObject("StreamDescription");
            WriteIdentity(json, table);
            json.WriteString("StreamStatus", "ENABLED");
            json.WriteString("StreamViewType", table.Stream.View);
            json.WriteNumber("CreationRequestDateTime", JsonAnswer.EpochSeconds(table.Created));
            TableDescriptions.WriteKeySchema(json, table.Schema);
            WriteShards(json, rest.Take(limit));
            if (rest.Length > limit)
            {
                json.WriteString("LastEvaluatedShardId", rest[limit - 1].Id);
            }

            json.WriteEndObject();
        });
    }

    private static int Limit(ServiceCall call) => Math.Min(call.Json.Number("Limit") ?? MostListed, MostListed) switch
    {
        < 1 => throw new ServiceException("ValidationException", "1 validation error detected: Value at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1"),
        var limit => limit,
    };

    private static void WriteIdentity(Utf8JsonWriter json, DynamoTable table)
    {
        json.WriteString("StreamArn", table.Stream!.Source.Arn);
        json.WriteString("TableName", table.Name);
        json.WriteString("StreamLabel", table.Stream.Label);
    }

    private static void WriteShards(Utf8JsonWriter json, IEnumerable<EventShard> shards)
    {
        json.WriteStartArray("Shards");
        foreach (EventShard shard in shards)
        {
            json.WriteStartObject();
            json.WriteString("ShardId", shard.Id);
            if (shard.ParentId is { } parent)
            {
                json.WriteString("ParentShardId", parent);
            }

            json.WriteStartObject("SequenceNumberRange");
            IReadOnlyList<ShardRecord> records = shard.Read(0, int.MaxValue);
            json.WriteString("StartingSequenceNumber", records.Count > 0 ? records[0].SequenceNumber : TableStream.FirstSequenceNumber);
            if (shard.IsClosed)
            {
                json.WriteString("EndingSequenceNumber", records.Count > 0 ? records[^1].SequenceNumber : TableStream.FirstSequenceNumber);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
