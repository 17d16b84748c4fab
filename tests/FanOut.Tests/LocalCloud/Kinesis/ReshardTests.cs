using System.Text.Json;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Kinesis;

namespace FanOut.Tests.LocalCloud.Kinesis;

public sealed class ReshardTests : CloudTests
{
    [Fact]
    public async Task A_shard_is_split_and_its_children_are_merged()
    {
        KinesisStream stream = Cloud.Kinesis.CreateStream("s");
        stream.Put("a", "1"u8.ToArray());

        Assert.Equal(200, (await Aws.KinesisAsync("SplitShard", $$"""{"StreamName":"s","ShardToSplit":"{{stream.Shards[0].Id}}","NewStartingHashKey":"{{UInt128.MaxValue / 2}}"}""")).Status);
        stream.Put("a", "2"u8.ToArray());
        stream.Put("b", "3"u8.ToArray());
        Assert.Equal(200, (await Aws.KinesisAsync("MergeShards", $$"""{"StreamName":"s","ShardToMerge":"{{stream.Shards[1].Id}}","AdjacentShardToMerge":"{{stream.Shards[2].Id}}"}""")).Status);
        stream.Put("a", "4"u8.ToArray());

        Assert.Equal(["", stream.Shards[0].Id, stream.Shards[0].Id, $"{stream.Shards[1].Id},{stream.Shards[2].Id}"], stream.Shards.Select(static s => string.Join(',', s.Parents.Select(static p => p.Id))));
        Assert.Equal([true, true, true, false], stream.Shards.Select(static s => s.IsClosed));
        Assert.Equal(1, (await Aws.KinesisAsync("DescribeStreamSummary", """{"StreamName":"s"}""")).Json.GetProperty("StreamDescriptionSummary").GetProperty("OpenShardCount").GetInt32());
        string[] numbers = [.. stream.Shards.SelectMany(static s => s.Records).OrderBy(static r => System.Text.Encoding.UTF8.GetString(r.Data.Span), StringComparer.Ordinal).Where(static r => r.PartitionKey == "a").Select(static r => r.SequenceNumber)];
        Assert.Equal(numbers.Order(StringComparer.Ordinal), numbers);
    }

    [Fact]
    public async Task Shards_are_listed_page_by_page_with_parents_and_ends()
    {
        KinesisStream stream = Cloud.Kinesis.CreateStream("s", shards: 2);
        stream.Put("a", "1"u8.ToArray());
        stream.Merge(stream.Shards[0].Id, stream.Shards[1].Id);

        JsonElement first = (await Aws.KinesisAsync("ListShards", """{"StreamName":"s","MaxResults":2}""")).Json;
        string token = first.GetProperty("NextToken").GetString()!;
        JsonElement second = (await Aws.KinesisAsync("ListShards", $$"""{"NextToken":"{{token}}"}""")).Json;

        Assert.All(first.GetProperty("Shards").EnumerateArray(), static s => Assert.True(s.GetProperty("SequenceNumberRange").TryGetProperty("EndingSequenceNumber", out _)));
        JsonElement child = second.GetProperty("Shards")[0];
        Assert.Equal((stream.Shards[0].Id, stream.Shards[1].Id), (child.GetProperty("ParentShardId").GetString(), child.GetProperty("AdjacentParentShardId").GetString()));
        Assert.False(child.GetProperty("SequenceNumberRange").TryGetProperty("EndingSequenceNumber", out _));
        Assert.False(second.TryGetProperty("NextToken", out _));
        Assert.Equal("InvalidArgumentException", (await Aws.KinesisAsync("ListShards", $$"""{"StreamName":"s","NextToken":"{{token}}"}""")).Error);
    }

    [Fact]
    public async Task A_closed_shard_ends_and_one_that_was_trimmed_begins_later()
    {
        KinesisStream stream = Cloud.Kinesis.CreateStream("s");
        foreach (int i in Enumerable.Range(0, 4))
        {
            stream.Put("a", new[] { (byte)i });
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        stream.Shards[0].Trim(2);
        stream.Split(stream.Shards[0].Id);
        Answer iterator = await Aws.KinesisAsync("GetShardIterator", $$"""{"StreamName":"s","ShardId":"{{stream.Shards[0].Id}}","ShardIteratorType":"TRIM_HORIZON"}""");
        JsonElement first = (await Aws.KinesisAsync("GetRecords", $$"""{"ShardIterator":"{{iterator.Json.GetProperty("ShardIterator").GetString()}}","Limit":1}""")).Json;
        JsonElement second = (await Aws.KinesisAsync("GetRecords", $$"""{"ShardIterator":"{{first.GetProperty("NextShardIterator").GetString()}}"}""")).Json;

        Assert.Equal(("Ag==", 1_000), (first.GetProperty("Records")[0].GetProperty("Data").GetString(), first.GetProperty("MillisBehindLatest").GetInt32()));
        Assert.Equal(("Aw==", 0), (second.GetProperty("Records")[0].GetProperty("Data").GetString(), second.GetProperty("MillisBehindLatest").GetInt32()));
        Assert.False(second.TryGetProperty("NextShardIterator", out _));
    }

    [Fact]
    public void Only_open_neighbours_are_merged_and_only_open_shards_split()
    {
        KinesisStream stream = Cloud.Kinesis.CreateStream("s", shards: 3);

        Assert.Equal("InvalidArgumentException", Assert.Throws<ServiceException>(() => stream.Merge(stream.Shards[0].Id, stream.Shards[2].Id)).Code);
        stream.Split(stream.Shards[0].Id);
        Assert.Equal("InvalidArgumentException", Assert.Throws<ServiceException>(() => stream.Split(stream.Shards[0].Id)).Code);
        Assert.Equal("InvalidArgumentException", Assert.Throws<ServiceException>(() => stream.Split(stream.Shards[1].Id, stream.Shards[1].StartingHashKey)).Code);
        Assert.Equal("ResourceNotFoundException", Assert.Throws<ServiceException>(() => stream.Split("shardId-000000000009")).Code);
    }
}
