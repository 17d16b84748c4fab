using System.Text;
using FanOut.Credentials;
using FanOut.Engine.Events;
using FanOut.Errors;
using FanOut.Local.Events;
using FanOut.Local.Streams;
using FanOut.LocalCloud.DynamoDb;
using FanOut.LocalCloud.Kinesis;
using FanOut.Tests.LocalCloud;
using FanOut.Tests.Sources;

namespace FanOut.Tests.Local.Streams;

/// <summary>Streams of LocalCloud, read by the module's own clients.</summary>
public sealed class StreamTests : CloudTests
{
    private readonly AwsSession _session;
    private readonly WaitedTime _waited;

    public StreamTests() => (_session, _waited) = (SourceTests.Open(Cloud.Endpoint), new WaitedTime(Time));

    [Fact]
    public async Task Shards_come_with_their_parents_from_all_pages()
    {
        KinesisStream kinesis = Cloud.Kinesis.CreateStream("s", shards: 1200);
        kinesis.Merge(kinesis.Shards[3].Id, kinesis.Shards[4].Id);
        DynamoTable table = Cloud.Dynamo.CreateTable("t", "id", streamView: "KEYS_ONLY", streamShards: 120);
        Time.Advance(TimeSpan.FromHours(4));
        table.RollStream();

        IReadOnlyList<StreamShard> ofKinesis = await Open(kinesis.Arn).ListShardsAsync(Cancellation), ofTable = await Open(table.EventStream!.Arn).ListShardsAsync(Cancellation);

        Assert.Equal(1201, ofKinesis.Count);
        Assert.Equal([kinesis.Shards[3].Id, kinesis.Shards[4].Id], ofKinesis[^1].Parents);
        Assert.Equal([3, 4], ofKinesis.Index().Where(static s => s.Item.IsClosed).Select(static s => s.Index));
        Assert.Equal(240, ofTable.Count);
        Assert.Equal(table.StreamShards.Take(120).Select(static s => s.Id), ofTable.Skip(120).SelectMany(static s => s.Parents));
        Assert.All(ofTable.Take(120), static s => Assert.True(s.IsClosed));
    }

    [Fact]
    public async Task Records_of_Kinesis_make_the_event_that_Lambda_hands_over()
    {
        KinesisStream stream = Cloud.Kinesis.CreateStream("s");
        stream.Put("kéy", new byte[] { 0, 255, 128 });

        EventRecord record = Assert.Single((await PagesAsync(stream.Arn, stream.Shards[0].Id, ShardPosition.TrimHorizon))[0].Records);
        byte[] json = WriteEvent.Of(stream.Arn, [record]);

        using var ours = System.Text.Json.JsonDocument.Parse(json);
        using var lambdas = System.Text.Json.JsonDocument.Parse(stream.Source.Shards[0].Read(0, 1)[0].EventJson);
        Assert.Equal(
            lambdas.RootElement.EnumerateObject().Where(static m => m.Name != "invokeIdentityArn").Select(static m => $"{m.Name}: {m.Value.GetRawText()}"),
            ours.RootElement.GetProperty("Records")[0].EnumerateObject().Where(static m => m.Name != "invokeIdentityArn").Select(static m => $"{m.Name}: {m.Value.GetRawText().Replace("\\u00E9", "é", StringComparison.Ordinal)}"));
    }

    [Fact]
    public async Task Changes_of_a_table_make_the_event_that_Lambda_hands_over()
    {
        DynamoTable table = Cloud.Dynamo.CreateTable("t", "id", streamView: "NEW_AND_OLD_IMAGES");
        table.Put("""{"id":{"S":"1"},"total":{"N":"12.50"},"text":{"S":"a\"é<"}}""");
        Cloud.Dynamo.ExpireItem("t", """{"id":{"S":"1"}}""");
        string arn = table.EventStream!.Arn;

        IReadOnlyList<EventRecord> records = (await PagesAsync(arn, table.StreamShards[0].Id, ShardPosition.TrimHorizon))[0].Records;

        Assert.Equal(table.StreamShards[0].Read(0, 2).Select(static r => Encoding.UTF8.GetString(r.EventJson.Span)), records.Select(static r => Encoding.UTF8.GetString(r.Whole.Span)));
        RecordGroup group = Assert.Single(EventReader.Read(WriteEvent.Of(arn, records)));
        Assert.Equal((arn, 2), (group.SourceArn, group.Records.Count));
    }

    [Fact]
    public async Task Reading_begins_where_it_is_told()
    {
        KinesisStream stream = Cloud.Kinesis.CreateStream("s");
        DynamoTable table = Cloud.Dynamo.CreateTable("t", "id", streamView: "KEYS_ONLY");
        DateTimeOffset third = default;
        foreach (int i in Enumerable.Range(1, 5))
        {
            third = i == 3 ? Time.GetUtcNow() : third;
            stream.Put("k", Encoding.UTF8.GetBytes($"{i}"));
            table.Put($$$"""{"id":{"S":"{{{i}}}"}}""");
            Time.Advance(TimeSpan.FromSeconds(10));
        }

        KinesisShard shard = stream.Shards[0];
        string number = shard.Records[2].SequenceNumber, change = table.StreamShards[0].Read(2, 1)[0].SequenceNumber, arn = table.EventStream!.Arn;

        Assert.Equal("3 4 5", await TextAsync(stream.Arn, shard.Id, ShardPosition.AtTime(third)));
        Assert.Equal("3 4 5", await TextAsync(stream.Arn, shard.Id, ShardPosition.At(number)));
        Assert.Equal("4 5", await TextAsync(stream.Arn, shard.Id, ShardPosition.After(number)));
        Assert.Equal("", await TextAsync(stream.Arn, shard.Id, ShardPosition.Latest));
        Assert.Equal(3, (await PagesAsync(arn, table.StreamShards[0].Id, ShardPosition.AtTime(third)))[0].Records.Count);
        Assert.Equal(2, (await PagesAsync(arn, table.StreamShards[0].Id, ShardPosition.After(change)))[0].Records.Count);
    }

    [Fact]
    public async Task A_batch_is_read_again_from_its_first_to_its_last_record()
    {
        KinesisStream stream = Cloud.Kinesis.CreateStream("s");
        DynamoTable table = Cloud.Dynamo.CreateTable("t", "id", streamView: "KEYS_ONLY");
        foreach (int i in Enumerable.Range(0, 2000))
        {
            stream.Put("k", Encoding.UTF8.GetBytes($"{i}"));
            table.Put($$$"""{"id":{"S":"{{{i}}}"}}""");
        }

        string[] numbers = [.. stream.Shards[0].Records.Select(static r => r.SequenceNumber)], changes = [.. table.StreamShards[0].Read(0, 2000).Select(static r => r.SequenceNumber)];
        var ofKinesis = new ReadRange(Open(stream.Arn), _waited, new Random(1));
        var ofTable = new ReadRange(Open(table.EventStream!.Arn), _waited, new Random(1));

        ShardRange whole = await ofKinesis.OfAsync(stream.Shards[0].Id, numbers[10], numbers[1500], Cancellation);
        ShardRange ofChanges = await ofTable.OfAsync(table.StreamShards[0].Id, changes[10], changes[1500], Cancellation);
        stream.Shards[0].Trim(12);
        table.StreamShards[0].Trim(12);
        ShardRange rest = await ofKinesis.OfAsync(stream.Shards[0].Id, numbers[10], numbers[13], Cancellation);
        ShardRange restOfChanges = await ofTable.OfAsync(table.StreamShards[0].Id, changes[10], changes[13], Cancellation);
        ShardRange none = await ofKinesis.OfAsync(stream.Shards[0].Id, numbers[0], numbers[3], Cancellation);

        Assert.Equal((false, string.Join(' ', numbers[10..1501])), (whole.IsTrimmed, string.Join(' ', whole.Records.Select(static r => r.SequenceNumber))));
        Assert.Equal((false, string.Join(' ', changes[10..1501])), (ofChanges.IsTrimmed, string.Join(' ', ofChanges.Records.Select(static r => r.SequenceNumber))));
        Assert.Equal((true, string.Join(' ', numbers[12..14])), (rest.IsTrimmed, string.Join(' ', rest.Records.Select(static r => r.SequenceNumber))));
        Assert.Equal((true, string.Join(' ', changes[12..14])), (restOfChanges.IsTrimmed, string.Join(' ', restOfChanges.Records.Select(static r => r.SequenceNumber))));
        Assert.Equal((true, 0), (none.IsTrimmed, none.Records.Count));
    }

    [Fact]
    public async Task The_newest_records_of_all_shards_are_found_however_old_they_are()
    {
        KinesisStream stream = Cloud.Kinesis.CreateStream("s", shards: 3);
        DynamoTable table = Cloud.Dynamo.CreateTable("t", "id", streamView: "KEYS_ONLY", streamShards: 2);
        foreach (int i in Enumerable.Range(0, 60))
        {
            stream.Put($"key {i}", Encoding.UTF8.GetBytes($"{i}"));
            table.Put($$$"""{"id":{"S":"{{{i}}}"}}""");
            Time.Advance(TimeSpan.FromMinutes(i < 40 ? 20 : 0.1));
        }

        IReadOnlyList<EventRecord> few = await new ReadNewest(Open(stream.Arn), _waited, new Random(1)).OfAsync(5, Cancellation);
        int calls = Cloud.Calls.Count(static c => c.Operation == "GetShardIterator");
        IReadOnlyList<EventRecord> more = await new ReadNewest(Open(stream.Arn), _waited, new Random(1)).OfAsync(30, Cancellation);
        IReadOnlyList<EventRecord> all = await new ReadNewest(Open(stream.Arn), _waited, new Random(1)).OfAsync(100, Cancellation);
        IReadOnlyList<EventRecord> changes = await new ReadNewest(Open(table.EventStream!.Arn), _waited, new Random(1)).OfAsync(7, Cancellation);

        Assert.Equal(Enumerable.Range(55, 5).Select(static i => $"{i}"), few.Select(Text));
        Assert.Equal(3, calls);
        Assert.Equal(Enumerable.Range(30, 30).Select(static i => $"{i}"), more.Select(Text));
        Assert.Equal(Enumerable.Range(0, 60).Select(static i => $"{i}"), all.Select(Text));
        Assert.Equal(Enumerable.Range(53, 7).Select(static i => $$$"""{"id":{"S":"{{{i}}}"}}"""), changes.Select(static r => r.Key));
    }

    [Fact]
    public async Task An_iterator_that_expires_while_targets_are_slow_is_renewed()
    {
        KinesisStream stream = Cloud.Kinesis.CreateStream("s");
        foreach (int i in Enumerable.Range(0, 700))
        {
            stream.Put("k", Encoding.UTF8.GetBytes($"{i}"));
        }

        List<string> read = [];
        await foreach (StreamPage page in new ReadShard(Open(stream.Arn), _waited, new Random(1)).ReadAsync(stream.Shards[0].Id, ShardPosition.TrimHorizon, Cancellation))
        {
            read.AddRange(page.Records.Select(Text));
            Time.Advance(TimeSpan.FromMinutes(6));
            if (page.IsLast)
            {
                break;
            }
        }

        Assert.Equal(Enumerable.Range(0, 700).Select(static i => $"{i}"), read);
        Assert.Contains(Cloud.Calls, static c => c.ErrorCode == "ExpiredIteratorException");
    }

    [Fact]
    public void A_topic_keeps_nothing() =>
        Assert.Equal("SourceNotReadable", Assert.Throws<FanOutException>(() => Open("arn:aws:sns:us-east-1:123456789012:topic")).ErrorId);

    private IStreamService Open(string arn) => OpenStream.Of(_session, arn);

    private async Task<List<StreamPage>> PagesAsync(string arn, string shardId, ShardPosition from)
    {
        List<StreamPage> pages = [];
        await foreach (StreamPage page in new ReadShard(Open(arn), _waited, new Random(1)).ReadAsync(shardId, from, Cancellation))
        {
            pages.Add(page);
            if (page.IsLast || pages.Count == 3)
            {
                break;
            }
        }

        return pages;
    }

    private async Task<string> TextAsync(string arn, string shardId, ShardPosition from) =>
        string.Join(' ', (await PagesAsync(arn, shardId, from)).SelectMany(static p => p.Records).Select(Text));

    private static string Text(EventRecord record) => Encoding.UTF8.GetString(record.Data.Span);
}
