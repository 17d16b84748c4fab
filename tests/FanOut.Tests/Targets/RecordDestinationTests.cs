using System.Text;
using FanOut.Aws;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.OpenSearch;

namespace FanOut.Tests.Targets;

/// <summary>Topics and indices that are made of the record, at the stand-ins.</summary>
public sealed class RecordDestinationTests : IAsyncDisposable
{
    private readonly Cloud _cloud = Cloud.Start(new CloudOptions());

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task Each_document_goes_to_the_index_of_its_record_and_none_to_one_that_cannot_be()
    {
        Outcome outcome = await DeliverAsync(
            "es", "orders-<data.country>", OnFailure.Block,
            """{"id":1,"country":"de"}""", """{"id":2,"country":"fr"}""", """{"id":3,"country":"DE"}""", """{"id":4}""", """{"id":5,"country":null}""",
            """{"id":6,"country":""}""", """{"id":7,"country":"a,b"}""", """{"id":8,"country":"é"}""", "[1]", "no JSON");

        Assert.Equal(["0"], _cloud.OpenSearch.Documents("orders-de").Keys);
        Assert.Equal(["1"], _cloud.OpenSearch.Documents("orders-fr").Keys);
        Assert.Equal(["7"], _cloud.OpenSearch.Documents("orders-é").Keys);
        Assert.Equal(3, _cloud.OpenSearch.Received.Count);
        Assert.Equal("", Assert.Single(_cloud.Calls).Destination);
        Assert.Equal(
            [(2, "PermanentItem", "InvalidIndex"), (3, "Undecodable", "NoIndex"), (4, "Undecodable", "NoIndex"), (5, "Undecodable", "NoIndex"), (6, "PermanentItem", "InvalidIndex"),
             (8, "Undecodable", "NoIndex"), (9, "Undecodable", "NotJson")],
            StandInDelivery.Failed(outcome));
        Assert.DoesNotContain(outcome.Undelivered, static u => u.Failure.Reason.Contains("a,b", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_an_index_of_a_record_measures_is_what_is_sent()
    {
        const string Document = """{"country":"größe"}""";
        Mapping mapping = StandInDelivery.Mapping(_cloud, "es", "<data.country>/doc");
        using AwsClient client = TestTargets.Client(TargetType.Es, _cloud.Endpoint);
        await using ITarget target = TestTargets.Target(mapping, client);
        using TargetBatch batch = StandInDelivery.Batch(mapping, target, EventOf(Document));

        await target.SendAsync(batch, batch.Items.Memory, TestContext.Current.CancellationToken);

        Assert.Equal(Encoding.UTF8.GetByteCount("{\"index\":{\"_index\":\"größe\",\"_type\":\"doc\",\"_id\":\"0\"}}\n" + Document + "\n"), batch.Items[0].Bytes);
        Assert.Equal("doc", Assert.Single(_cloud.OpenSearch.Received).Attributes["_type"]);
    }

    // Another index has another document of the same id, so the first call has the first of the two only.
    [Fact]
    public async Task A_document_that_is_refused_is_sent_again_although_another_index_took_a_later_one_of_its_key()
    {
        _cloud.Faults.Add(new Fault { Kind = FaultKind.RefuseItems, Service = "es", Times = 1, Positions = [0] });

        Outcome outcome = await DeliverAsync("es", "orders-<data.country>", OnFailure.Block, """{"country":"de","key":"k"}""", """{"country":"fr","key":"k"}""");

        Assert.Equal((2, 0), (outcome.Delivered, outcome.Superseded));
        Assert.Equal(3, _cloud.Calls.Count);
        Assert.Equal(["orders-de", "orders-fr"], _cloud.OpenSearch.Received.Select(static a => a.Destination));
    }

    [Fact]
    public async Task An_index_that_is_closed_keeps_nothing_from_the_others()
    {
        _cloud.Faults.Add(new Fault { Kind = FaultKind.RefuseItems, Service = "es", Times = 1, Code = "index_closed_exception", Status = 400 });

        Outcome outcome = await DeliverAsync("es", "orders-<data.country>", OnFailure.DeadLetter, """{"country":"de","key":"k"}""", """{"country":"fr","key":"k"}""");

        Assert.Equal([(0, "PermanentTarget", "index_closed_exception")], StandInDelivery.Failed(outcome));
        Assert.Equal(["orders-fr"], _cloud.OpenSearch.Received.Select(static a => a.Destination));
    }

    [Fact]
    public async Task A_domain_that_takes_no_indices_in_the_body_is_out_of_reach_and_says_what_to_change()
    {
        SearchDomain domain = _cloud.OpenSearch.CreateDomain("strict");
        _cloud.OpenSearch.Add(domain with { AllowsExplicitIndex = false });

        Outcome outcome = await DeliverAsync("es", "orders-<data.country>", OnFailure.DeadLetter, """{"country":"de"}""", """{"country":"fr"}""");

        Assert.Equal([(0, "PermanentTarget", "illegal_argument_exception"), (1, "PermanentTarget", "illegal_argument_exception")], StandInDelivery.Failed(outcome));
        Assert.Contains("rest.action.multi.allow_explicit_index true", outcome.Undelivered.First().Failure.Reason, StringComparison.Ordinal);
        Assert.Single(_cloud.Calls);
    }

    [Theory]
    [InlineData("none", "devices/1/new|{\"id\":1} devices/2/new|{\"id\":2} devices/2/new|{\"id\":2,\"n\":2} devices/1/new|{\"id\":1,\"n\":2}")]
    [InlineData("JSON", "devices/1/new|{\"Records\":[{\"id\":1}]} devices/2/new|{\"Records\":[{\"id\":2},{\"id\":2,\"n\":2}]} devices/1/new|{\"Records\":[{\"id\":1,\"n\":2}]}")]
    public async Task Each_message_goes_to_the_topic_of_its_records_in_their_order(string collapse, string expected)
    {
        Outcome outcome = await DeliverAsync(
            "iot", "devices/<data.id>/new", OnFailure.DeadLetter,
            ["""{"id":1}""", """{"id":2}""", """{"id":"a/b"}""", """{"id":2,"n":2}""", """{"id":"+"}""", """{}""", """{"id":1,"n":2}""", $$"""{"id":"{{new string('x', 257)}}"}"""], ("collapse", collapse));

        Assert.Equal(expected, string.Join(' ', _cloud.Iot.Received.Select(static a => $"{a.Destination}|{Encoding.UTF8.GetString(a.Data.Span)}")));
        Assert.Equal(
            [(2, "PermanentItem", "InvalidTopic"), (4, "PermanentItem", "InvalidTopic"), (5, "Undecodable", "NoTopic"), (7, "PermanentItem", "InvalidTopic")], StandInDelivery.Failed(outcome));
    }

    // The key is the field of that name, else the record's number.
    private static byte[] EventOf(params string[] documents) => LambdaEvent.Of(documents.Select(static (d, i) =>
        LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(d), d.Contains("\"key\":\"k\"", StringComparison.Ordinal) ? "k" : $"{i}", $"{100 + i}")));

    private Task<Outcome> DeliverAsync(string type, string rest, OnFailure onFailure, params string[] documents) => DeliverAsync(type, rest, onFailure, documents, []);

    private Task<Outcome> DeliverAsync(string type, string rest, OnFailure onFailure, string[] documents, params (string Name, string Value)[] attributes) =>
        StandInDelivery.DeliverAsync(_cloud, StandInDelivery.Mapping(_cloud, type, rest, attributes) with { OnFailure = onFailure }, EventOf(documents));
}
