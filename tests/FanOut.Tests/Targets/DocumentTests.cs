using System.Globalization;
using System.Text;
using System.Text.Json;
using FanOut.Aws;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Faults;

namespace FanOut.Tests.Targets;

/// <summary>The ids of documents, and how they are written, at the stand-in of OpenSearch.</summary>
public sealed class DocumentTests : IAsyncDisposable
{
    private const string First = """{"@timestamp":1,"n":1}""", Second = """{"@timestamp":2,"n":2}""";

    private static readonly byte[] SameKey = LambdaEvent.Of(LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(First), "k", "100"), LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(Second), "k", "101"));

    private static readonly byte[] Changes = LambdaEvent.Of(
        LambdaEvent.Dynamo("INSERT", """{"id":{"S":"a"}}""", """{"id":{"S":"a"}}""", null, "100"), LambdaEvent.Dynamo("REMOVE", """{"id":{"S":"a"}}""", null, """{"id":{"S":"a"}}""", "101"));

    private readonly Cloud _cloud = Cloud.Start(new CloudOptions());

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Theory]
    [InlineData("key", "index", "k=2")]
    [InlineData("key", "create", "k=1")]
    [InlineData("sequence", "index", "shardId-000000000000:100-MARK=1 shardId-000000000000:101-MARK=2")]
    [InlineData("sequence", "create", "shardId-000000000000:100-MARK=1 shardId-000000000000:101-MARK=2")]
    public async Task What_comes_again_leaves_the_index_as_it_is(string id, string action, string expected)
    {
        Mapping mapping = Target(("documentId", id), ("documentAction", action));

        for (int i = 0; i < 2; i++)
        {
            Outcome outcome = await StandInDelivery.DeliverAsync(_cloud, mapping, SameKey);
            Assert.Equal((2, 0), (outcome.Delivered + outcome.Superseded, outcome.Undelivered.Count));

            // A document of the key may be another record's; one of the sequence number is the record's own.
            Assert.Equal((id, action) == ("key", "create") ? i + 1 : 0, outcome.Superseded);
        }

        string mark = Digest.Of(mapping.SourceArn).ToString("x16", CultureInfo.InvariantCulture);
        Assert.Equal(expected.Replace("MARK", mark, StringComparison.Ordinal), Text("i"));
    }

    [Theory]
    [InlineData("index")]
    [InlineData("create")]
    public async Task Without_ids_each_is_a_document_of_its_own_whenever_it_comes(string action)
    {
        Mapping mapping = Target(("documentId", "none"), ("documentAction", action));

        await StandInDelivery.DeliverAsync(_cloud, mapping, SameKey);
        await StandInDelivery.DeliverAsync(_cloud, mapping, SameKey);

        Assert.Equal(4, _cloud.OpenSearch.Documents("i").Count);
    }

    [Theory]
    [InlineData("sequence", 2)]
    [InlineData("none", 4)]
    public async Task A_data_stream_takes_what_is_created(string id, int documents)
    {
        _cloud.OpenSearch.CreateDataStream("i");
        Mapping mapping = Target(("documentId", id), ("documentAction", "create"));

        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(2, (await StandInDelivery.DeliverAsync(_cloud, mapping, SameKey)).Delivered);
        }

        Assert.Equal(documents, _cloud.OpenSearch.Documents("i").Count);
    }

    [Fact]
    public async Task What_a_data_stream_does_not_take_is_rejected_with_its_reason()
    {
        _cloud.OpenSearch.CreateDataStream("i");

        Outcome outcome = await StandInDelivery.DeliverAsync(_cloud, Target(), SameKey);

        Assert.Equal([(0, "PermanentItem", "illegal_argument_exception"), (1, "PermanentItem", "illegal_argument_exception")], StandInDelivery.Failed(outcome));
        Assert.Contains("only write ops with an op_type of create", outcome.Undelivered.First().Failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_of_an_aggregate_have_ids_of_their_own()
    {
        byte[] aggregate = new KplAggregate().PartitionKey("a").Record(0, null, [.. "{\"n\":1}"u8]).Record(0, null, [.. "{\"n\":2}"u8]).Sealed();

        await StandInDelivery.DeliverAsync(_cloud, Target(("documentId", "sequence"), ("deaggregate", "true")), LambdaEvent.Of(LambdaEvent.Kinesis(aggregate, "k", "100")));

        Assert.Equal(["shardId-000000000000:100.0", "shardId-000000000000:100.1"], _cloud.OpenSearch.Documents("i").Keys.Select(static k => k[..k.LastIndexOf('-')]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Records_of_two_sources_with_the_same_numbers_are_two_documents()
    {
        Mapping mapping = Target(("documentId", "sequence"));

        await StandInDelivery.DeliverAsync(_cloud, mapping, SameKey);
        await StandInDelivery.DeliverAsync(_cloud, mapping with { SourceArn = mapping.SourceArn + "-2" }, SameKey);

        Assert.Equal(4, _cloud.OpenSearch.Documents("i").Count);
    }

    // The later one may not be created before the one that was refused: the first of an id is to stay.
    [Fact]
    public async Task The_first_of_a_key_stays_also_where_it_is_refused_for_a_while()
    {
        _cloud.Faults.Add(new Fault { Kind = FaultKind.RefuseItems, Service = "es", Times = 1, Positions = [0] });

        Outcome outcome = await StandInDelivery.DeliverAsync(_cloud, Target(("documentAction", "create")), SameKey);

        Assert.Equal((1, 1), (outcome.Delivered, outcome.Superseded));
        Assert.Equal("k=1", Text("i"));
    }

    [Fact]
    public async Task Documents_of_their_own_share_a_call_and_none_is_given_up_for_a_later_one_of_its_key()
    {
        _cloud.Faults.Add(new Fault { Kind = FaultKind.RefuseItems, Service = "es", Times = 1, Positions = [0] });

        Outcome outcome = await StandInDelivery.DeliverAsync(_cloud, Target(("documentId", "sequence")), SameKey);

        Assert.Equal((2, 0, 2), (outcome.Delivered, outcome.Superseded, _cloud.Calls.Count));
        Assert.Equal(2, _cloud.OpenSearch.Documents("i").Count);
    }

    [Theory]
    [InlineData("key", "index", "newImage", "index,delete")]
    [InlineData("key", "index", "record", "index,index")]
    [InlineData("key", "create", "newImage", "create")]
    [InlineData("sequence", "index", "newImage", "index,index")]
    [InlineData("sequence", "create", "record", "create,create")]
    [InlineData("none", "create", "oldImage", "create,create")]
    public async Task Only_documents_of_items_are_deleted_with_them(string id, string action, string view, string actions)
    {
        Mapping mapping = Target(("sourceArn", LambdaEvent.Table), ("documentId", id), ("documentAction", action), ("view", view), ("convertDDB", "true"));

        Outcome outcome = await StandInDelivery.DeliverAsync(_cloud, mapping, Changes);

        Assert.Equal((2, 0), (outcome.Delivered + outcome.Superseded, outcome.Undelivered.Count));
        Assert.Equal(actions, string.Join(',', _cloud.OpenSearch.Received.Select(static a => a.Action)));
    }

    [Theory]
    [InlineData("sequence", 1_000)]
    [InlineData("sequence", 5)]
    [InlineData("none", 5)]
    public async Task What_a_document_measures_is_what_is_sent(string id, int shard)
    {
        Mapping mapping = Target(("documentId", id), ("documentAction", "create"));
        using AwsClient client = TestTargets.Client(TargetType.Es, _cloud.Endpoint);
        await using ITarget target = TestTargets.Target(mapping, client);
        using TargetBatch batch = StandInDelivery.Batch(mapping, target, LambdaEvent.Of(
            LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(First), "k", "49").Replace("shardId-000000000000", $"shardId-{new string('0', shard)}", StringComparison.Ordinal)));

        await target.SendAsync(batch, batch.Items.Memory, TestContext.Current.CancellationToken);

        Assert.Equal(Assert.Single(_cloud.Calls).Bytes, batch.Items[0].Bytes);
        Assert.InRange(Assert.Single(_cloud.OpenSearch.Documents("i")).Key.Length, 20, 512);
    }

    private Mapping Target(params (string Name, string Value)[] attributes) => StandInDelivery.Mapping(_cloud, "es", "i", attributes);

    private string Text(string index) => string.Join(' ', _cloud.OpenSearch.Documents(index).Values.OrderBy(static d => d.Id, StringComparer.Ordinal)
        .Select(static d => $"{d.Id}={JsonDocument.Parse(d.Source).RootElement.GetProperty("n")}"));
}
