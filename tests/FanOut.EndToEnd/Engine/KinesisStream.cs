using System.Text.Json.Nodes;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Engine;

/// <summary>A stream at an emulator, to read back what was put into it.</summary>
internal sealed class KinesisStream
{
    private readonly ServiceApi _api;
    private readonly string _name;

    private KinesisStream(ServiceApi api, string name) => (_api, _name) = (api, name);

    public static async Task<KinesisStream> CreateAsync(ServiceApi api, string name, int shards)
    {
        await api.JsonAsync("kinesis", "Kinesis_20131202.CreateStream", new() { ["StreamName"] = name, ["ShardCount"] = shards });
        for (string? status = null; status != "ACTIVE"; await Task.Yield())
        {
            JsonNode answer = await api.JsonAsync("kinesis", "Kinesis_20131202.DescribeStreamSummary", new() { ["StreamName"] = name });
            status = (string?)answer["StreamDescriptionSummary"]!["StreamStatus"];
        }
        return Of(api, name);
    }

    /// <summary>A stream that is there.</summary>
    public static KinesisStream Of(ServiceApi api, string name) => new(api, name);

    /// <summary>A shard's records from its beginning, data in base64.</summary>
    public async Task<IReadOnlyList<(string Key, string Data)>> ReadAsync(int shard = 0)
    {
        JsonNode iterator = await _api.JsonAsync("kinesis", "Kinesis_20131202.GetShardIterator", new()
        {
            ["StreamName"] = _name,
            ["ShardId"] = $"shardId-{shard:D12}",
            ["ShardIteratorType"] = "TRIM_HORIZON",
        });
        JsonNode answer = await _api.JsonAsync(
            "kinesis", "Kinesis_20131202.GetRecords", new() { ["ShardIterator"] = (string?)iterator["ShardIterator"] });
        return [.. answer["Records"]!.AsArray().Select(record => ((string)record!["PartitionKey"]!, DataOf(record)))];
    }

    /// <summary>A record's data in base64. What kinesalite was sent in CBOR it shows in JSON as Node.js shows bytes: <c>{"type":"Buffer","data":[1,2]}</c>.</summary>
    internal static string DataOf(JsonNode record) => record["Data"] is JsonObject buffer
        ? Convert.ToBase64String([.. buffer["data"]!.AsArray().Select(static b => (byte)(int)b!)])
        : (string)record["Data"]!;
}
