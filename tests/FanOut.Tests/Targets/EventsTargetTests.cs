using System.Text;
using System.Text.Json.Nodes;
using FanOut.Engine;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Templates;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Http;

namespace FanOut.Tests.Targets;

/// <summary>What an event bus gets of records.</summary>
public sealed class EventsTargetTests : IAsyncDisposable
{
    private readonly Cloud _cloud = Cloud.Start();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task An_event_has_the_record_as_its_detail_and_tells_where_it_came_from_and_when()
    {
        await DeliverAsync(LambdaEvent.Stream, LambdaEvent.Kinesis("{\"id\":1,\"text\":\"\\\"é\"}"u8, arrived: new DateTimeOffset(2018, 12, 17, 22, 10, 50, 987, TimeSpan.Zero)));

        Arrival arrival = Assert.Single<Arrival>(_cloud.EventBridge.Received);
        Assert.Equal("{\"id\":1,\"text\":\"\\\"é\"}", arrival.Text);
        Assert.Equal(
            ("fanout", LambdaEvent.Stream[(LambdaEvent.Stream.IndexOf('/', StringComparison.Ordinal) + 1)..], "2018-12-17T22:10:50Z", LambdaEvent.Stream),
            (arrival.Attributes["source"], arrival.Attributes["detail-type"], arrival.Attributes["time"], arrival.Attributes["resources"]));
    }

    [Fact]
    public async Task The_detail_type_of_a_table_is_its_name_and_that_of_a_topic_too()
    {
        await DeliverAsync(LambdaEvent.Table, LambdaEvent.Dynamo("INSERT", """{"id":{"S":"a"}}""", """{"id":{"S":"a"},"n":{"N":"1"}}""", null));
        await DeliverAsync(LambdaEvent.Topic, LambdaEvent.Sns("""{\"n\":2}"""));

        Assert.Equal(
            [(NameOf(LambdaEvent.Table), """{"id":"a","n":1}"""), (NameOf(LambdaEvent.Topic), """{"n":2}""")],
            _cloud.EventBridge.Received.Select(static a => (a.Attributes["detail-type"], a.Text)));
    }

    [Fact]
    public async Task Source_and_detail_type_are_made_of_each_record()
    {
        Outcome outcome = await DispatchAsync(
            LambdaEvent.Stream,
            static m => m with { EventSource = Template("shop.<data.country>"), DetailType = Template("order <data.state>") },
            LambdaEvent.Kinesis("{\"country\":\"de\",\"state\":\"new\"}"u8, sequenceNumber: "1"),
            LambdaEvent.Kinesis("{\"country\":\"fr\",\"state\":\"größer\"}"u8, sequenceNumber: "2"),
            LambdaEvent.Kinesis(Encoding.UTF8.GetBytes($"{{\"state\":\"{new string('ß', 123)}\"}}"), sequenceNumber: "3"));

        Assert.Equal((2, (FailureClass.PermanentItem, "DetailTypeTooLong")), (outcome.Delivered, Assert.Single(outcome.Failures).Key));
        Assert.Equal([("shop.de", "order new"), ("shop.fr", "order größer")], _cloud.EventBridge.Received.Select(static a => (a.Attributes["source"], a.Attributes["detail-type"])));
    }

    [Fact]
    public async Task A_detail_type_of_128_characters_goes_and_one_that_is_empty_is_undecodable()
    {
        Outcome outcome = await DispatchAsync(
            LambdaEvent.Stream,
            static m => m with { DetailType = Template("<data.state>") },
            LambdaEvent.Kinesis(Encoding.UTF8.GetBytes($"{{\"state\":\"{new string('ß', 128)}\"}}"), sequenceNumber: "1"),
            LambdaEvent.Kinesis("{}"u8, sequenceNumber: "2"));

        Assert.Equal((1, (FailureClass.Undecodable, "NoDetailType")), (outcome.Delivered, Assert.Single(outcome.Failures).Key));
    }

    [Fact]
    public async Task Events_that_are_denied_for_their_source_do_not_close_the_bus_to_others()
    {
        await using HttpServer server = HttpServer.Start(static (request, _) =>
        {
            IEnumerable<string> entries = JsonNode.Parse(request.Body.Span)!["Entries"]!.AsArray()
                .Select(static e => $"{e!["Source"]}" == "bad" ? """{"ErrorCode":"AccessDeniedException","ErrorMessage":"m"}""" : """{"EventId":"1"}""");
            return Task.FromResult(HttpResponse.Text(200, "application/x-amz-json-1.1", $$"""{"FailedEntryCount":{{entries.Count(static e => e.Contains("Error", StringComparison.Ordinal))}},"Entries":[{{string.Join(',', entries)}}]}"""));
        });
        using var clients = TestTargets.Clients(TimeProvider.System, server.Endpoint);
        await using TargetFactory targets = new(clients, TimeProvider.System);
        Mapping mapping = TestTargets.Mapping(TargetType.Events) with { SourceArn = LambdaEvent.Stream, EventSource = Template("<data.s>"), OnFailure = OnFailure.DeadLetter };
        string bad = LambdaEvent.Kinesis("{\"s\":\"bad\"}"u8, sequenceNumber: "1"), good = LambdaEvent.Kinesis("{\"s\":\"ok\"}"u8, sequenceNumber: "2");

        for (int i = 0; i < 5; i++)
        {
            Outcome denied = await DispatchAsync(mapping, targets, bad);
            Assert.Equal((0, (FailureClass.PermanentTarget, "AccessDeniedException")), (denied.Delivered, Assert.Single(denied.Failures).Key));
        }

        Outcome both = await DispatchAsync(mapping, targets, bad, good);
        Assert.Equal((1, 1), (both.Delivered, both.CountOf(FailureClass.PermanentTarget)));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("[1]")]
    [InlineData("1")]
    [InlineData("{\"a\":")]
    public async Task What_is_no_JSON_object_is_undecodable_by_itself_and_the_others_go(string data)
    {
        Outcome outcome = await DispatchAsync(LambdaEvent.Stream, LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(data), sequenceNumber: "1"), LambdaEvent.Kinesis("{}"u8, sequenceNumber: "2"));

        Assert.Equal((1, (FailureClass.Undecodable, "NotJson")), (outcome.Delivered, Assert.Single(outcome.Failures).Key));
        Assert.Equal("{}", Assert.Single<Arrival>(_cloud.EventBridge.Received).Text);
    }

    [Theory]
    [InlineData("arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000", "orders")]
    [InlineData("arn:aws:sns:us-east-1:123456789012:news.fifo", "news.fifo")]
    [InlineData("orders", "orders")]
    public void The_name_of_a_source_is_that_of_the_stream_the_table_or_the_topic(string arn, string name) => Assert.Equal(name, EventTexts.DefaultDetailType(arn));

    [Fact]
    public void A_name_that_is_longer_than_a_detail_type_may_be_is_cut() =>
        Assert.Equal(new string('t', 128), EventTexts.DefaultDetailType($"arn:aws:dynamodb:us-east-1:123456789012:table/{new string('t', 255)}"));

    private static string NameOf(string arn) => EventTexts.DefaultDetailType(arn);

    private async Task DeliverAsync(string source, params string[] records)
    {
        Outcome outcome = await DispatchAsync(source, records);
        Assert.Equal(records.Length, outcome.Delivered);
    }

    private static RecordTransform? Template(string text) => RecordTransform.TryParseText(text, SourceKind.Kinesis, LambdaEvent.Stream, "m", out RecordTransform? template, out string? problem) ? template : throw new InvalidOperationException(problem);

    private Task<Outcome> DispatchAsync(string source, params string[] records) => DispatchAsync(source, static m => m, records);

    private async Task<Outcome> DispatchAsync(string source, Func<Mapping, Mapping> set, params string[] records)
    {
        string bus = _cloud.EventBridge.Received.Count == 0 ? _cloud.EventBridge.CreateEventBus("bus").Arn : "arn:aws:events:us-east-1:123456789012:event-bus/bus";
        Mapping mapping = set(TestTargets.Mapping(TargetType.Events, bus) with { SourceArn = source, ConvertDDB = true });
        using var clients = TestTargets.Clients(TimeProvider.System, _cloud.Endpoint);
        await using TargetFactory targets = new(clients, TimeProvider.System);
        return await DispatchAsync(mapping, targets, records);
    }

    private static async Task<Outcome> DispatchAsync(Mapping mapping, TargetFactory targets, params string[] records)
    {
        var dispatcher = new Dispatcher(new OneMapping(mapping), targets, new DeliveryOptions(), TimeProvider.System, new Random(1));
        using DispatchResult result = await dispatcher.DispatchAsync(LambdaEvent.Of(records), TestContext.Current.CancellationToken);
        return Assert.Single(Assert.Single(result.Groups).Outcomes);
    }

    private sealed class OneMapping(Mapping mapping) : IMappingSource
    {
        public Task<MappingSet> ReadAsync(string sourceArn, CancellationToken cancellationToken) => Task.FromResult(new MappingSet([mapping], []));
    }
}
