using System.Management.Automation;
using System.Text;
using System.Text.Json.Nodes;
using FanOut.EndToEnd.Engine;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Cmdlets;

/// <summary>Invoke-FanOutReplay over a stream of kinesalite that was split and merged: parents before children, each key in its order.</summary>
[Collection(nameof(EndpointsCollection))]
public sealed class ReplayTests(KinesaliteServer kinesalite) : IAsyncDisposable
{
    private const string Source = "arn:aws:kinesis:us-east-1:123456789012:stream/replay-reshard";
    private const int Keys = 12;

    private readonly CloudSession _session = new();

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Fact]
    public async Task Records_come_in_the_order_of_their_keys_over_a_split_and_a_merge()
    {
        Uri kinesis = (await kinesalite.StartAsync()).Endpoint;
        using EndpointVariables variables = new(_session.Cloud.Endpoint, kinesis);
        using ServiceApi api = new(kinesis);
        await Engine.KinesisStream.CreateAsync(api, "replay-reshard", shards: 1);
        await PutAsync(api, 0, 60);
        await ReshardAsync(api, "SplitShard", new() { ["ShardToSplit"] = "shardId-000000000000", ["NewStartingHashKey"] = $"{UInt128.MaxValue / 2}" });
        await PutAsync(api, 60, 120);
        await ReshardAsync(api, "MergeShards", new() { ["ShardToMerge"] = "shardId-000000000001", ["AdjacentShardToMerge"] = "shardId-000000000002" });
        await PutAsync(api, 120, 180);
        _session.Cloud.Sqs.CreateQueue("copy.fifo");
        _session.Run("$PSDefaultParameterValues.Remove('*-FanOut*:EndpointUrl')").ThrowIfFailed();
        _session.Run($"Register-FanOutTarget sqs copy arn:aws:sqs:us-east-1:123456789012:copy.fifo -SourceArn {Source} -Collapse none -WarningAction Ignore").ThrowIfFailed();

        PSObject summary = _session.Run($"Invoke-FanOutReplay copy -SourceArn {Source} -From TrimHorizon").Only();
        PSObject again = _session.Run($"Invoke-FanOutReplay copy -SourceArn {Source} -From (Get-Date).AddHours(-1) -ShardId shardId-000000000003").Only();

        Assert.Equal(("Complete", "180", "4", "4"), (Text(summary, "State"), Text(summary, "Records"), Text(summary, "Shards"), Text(summary, "ShardsDone")));
        Assert.Equal(("Complete", "60"), (Text(again, "State"), Text(again, "Records")));
        int[] arrived = [.. _session.Cloud.Sqs.Received.Take(180).Select(static a => int.Parse(a.Text, null))];
        Assert.Equal(Enumerable.Range(0, 180), arrived.Order());
        Assert.All(arrived.GroupBy(static i => i % Keys), static k => Assert.Equal(k.Order(), k));
    }

    private static async Task PutAsync(ServiceApi api, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            await api.JsonAsync("kinesis", "Kinesis_20131202.PutRecord", new()
            {
                ["StreamName"] = "replay-reshard",
                ["PartitionKey"] = $"key {i % Keys}",
                ["Data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{i}")),
            });
        }
    }

    private static async Task ReshardAsync(ServiceApi api, string operation, JsonObject input)
    {
        input["StreamName"] = "replay-reshard";
        await api.JsonAsync("kinesis", $"Kinesis_20131202.{operation}", input);
        for (string? status = null; status != "ACTIVE"; await Task.Yield())
        {
            JsonNode answer = await api.JsonAsync("kinesis", "Kinesis_20131202.DescribeStreamSummary", new() { ["StreamName"] = "replay-reshard" });
            status = (string?)answer["StreamDescriptionSummary"]!["StreamStatus"];
        }
    }

    private static string Text(PSObject item, string property) => $"{item.Properties[property].Value}";
}
