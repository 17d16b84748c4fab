using System.Text;
using System.Text.Json.Nodes;
using FanOut.EndToEnd.Servers;
using FanOut.EndToEnd.Services;
using FanOut.Engine;
using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;

namespace FanOut.EndToEnd.Engine;

[Collection(nameof(EndpointsCollection))]
public sealed class KinesisSourceTests(MotoServer moto, KinesaliteServer kinesalite)
{
    private static readonly (string Key, string Json)[] Documents =
        [.. Enumerable.Range(0, 23).Select(index => ($"key-{index % 4}", $$"""{"n":{{index}},"text":"é \"<&>\" {{index}}"}"""))];

    [Fact]
    public async Task Plain_and_aggregated_records_go_to_a_stream_with_their_own_keys_and_hash_keys_in_order()
    {
        Uri services = (await moto.StartAsync()).Endpoint;
        Uri kinesis = (await kinesalite.StartAsync()).Endpoint;
        using ServiceApi api = new(kinesis);
        KinesisStream copy = await KinesisStream.CreateAsync(api, "engine-copy", shards: 2);
        string source = StreamEvent.StreamArn("engine-kinesis");
        await using RunningEngine engine = new(services, kinesis, Row.Of(source, "kinesis", "engine-copy", ("deaggregate", "true")));

        await engine.DeliverAsync(StreamEvent.Kinesis(source, MixedRecords.Binary));

        (string, string)[] sent = [.. MixedRecords.BinaryUserRecords.Select(record => (record.Key, Convert.ToBase64String(record.Data)))];
        IReadOnlyList<(string, string)> first = await copy.ReadAsync(0);
        IReadOnlyList<(string, string)> second = await copy.ReadAsync(1);
        Assert.Equal(sent.Order(), first.Concat(second).Order());
        Assert.Equal(sent.Where(first.Contains), first);
        Assert.Equal(sent.Where(second.Contains), second);
        Assert.Contains(sent[1], first);
        Assert.Contains(sent[2], second);
    }

    [Fact]
    public async Task An_aggregate_that_nobody_asked_to_unpack_is_copied_byte_for_byte()
    {
        Uri services = (await moto.StartAsync()).Endpoint;
        Uri kinesis = (await kinesalite.StartAsync()).Endpoint;
        using ServiceApi api = new(kinesis);
        KinesisStream copy = await KinesisStream.CreateAsync(api, "engine-untouched", shards: 1);
        string source = StreamEvent.StreamArn("engine-untouched-source");
        await using RunningEngine engine = new(services, kinesis, Row.Of(source, "kinesis", "engine-untouched"));

        await engine.DeliverAsync(StreamEvent.Kinesis(source, MixedRecords.Binary));

        Assert.Equal(MixedRecords.Binary.Select(record => (record.Key, Convert.ToBase64String(record.Data))), await copy.ReadAsync());
    }

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task A_delivery_stream_stores_every_user_record_byte_for_byte(string newlines)
    {
        Uri services = (await moto.StartAsync()).Endpoint;
        using Bucket bucket = await Bucket.CreateAsync(services, $"engine-bucket-{newlines}");
        string source = StreamEvent.StreamArn("engine-firehose");
        await using RunningEngine engine = new(
            services, null, Row.Of(source, "firehose", $"engine-bucket-{newlines}", ("deaggregate", "true"), ("appendNewlines", newlines)));

        await engine.DeliverAsync(StreamEvent.Kinesis(source, MixedRecords.Binary));

        byte[] end = newlines == "true" ? "\n"u8.ToArray() : [];
        Assert.Equal(MixedRecords.BinaryUserRecords.SelectMany(record => record.Data.Concat(end)), Assert.Single(await bucket.ReadAsync()));
    }

    /// <summary>A filter policy of a subscription lets through what the attributes say, numerically too.</summary>
    [Fact]
    public async Task Subscribers_of_a_topic_filter_by_the_attributes_of_the_mapping()
    {
        Uri services = (await moto.StartAsync()).Endpoint;
        using ServiceApi api = new(services);
        using Queue queue = await Queue.CreateAsync(services, "engine-filtered");
        string topic = await queue.SubscribeTopicAsync("engine-filtered"), source = StreamEvent.StreamArn("engine-filtered");
        string subscription = (await api.QueryAsync("sns", "2010-03-31", "ListSubscriptionsByTopic", ("TopicArn", topic))).Descendants().First(static e => e.Name.LocalName == "SubscriptionArn").Value;
        await api.QueryAsync(
            "sns", "2010-03-31", "SetSubscriptionAttributes",
            ("SubscriptionArn", subscription), ("AttributeName", "FilterPolicy"), ("AttributeValue", """{"country":["DE"],"total":[{"numeric":[">",100]}],"kind":["order"],"tag":[{"exists":false}]}"""));
        await using RunningEngine engine = new(
            services, null,
            Row.Of(source, "sns", topic, ("collapse", "none"), ("messageAttributes", """{"country":"<data.country>","total":{"Number":"<data.total>"},"kind":"order","tag":"<data.tag>"}""")));

        await engine.DeliverAsync(StreamEvent.Kinesis(
            source,
            ("k", """{"n":1,"country":"DE","total":100.5}"""u8.ToArray()), ("k", """{"n":2,"country":"DE","total":99}"""u8.ToArray()), ("k", """{"n":3,"country":"AT","total":500}"""u8.ToArray()),
            ("k", """{"n":4,"total":500}"""u8.ToArray()), ("k", """{"n":5,"country":"DE","total":500,"tag":"x"}"""u8.ToArray()), ("k", """{"n":6,"country":"DE","total":101}"""u8.ToArray())));

        Assert.Equal(["country String DE|kind String order|total Number 100.5", "country String DE|kind String order|total Number 101"], (await queue.ReceiveAttributesAsync()).Order(StringComparer.Ordinal));
    }

    /// <summary>What moto's CloudWatch Logs puts into moto's stream.</summary>
    [Fact]
    public async Task A_queue_gets_one_message_for_each_log_event_of_a_subscription()
    {
        Uri services = (await moto.StartAsync()).Endpoint;
        using ServiceApi api = new(services);
        KinesisStream stream = await KinesisStream.CreateAsync(api, "engine-logs", shards: 1);
        using Queue queue = await Queue.CreateAsync(services, "engine-logs");
        string source = StreamEvent.StreamArn("engine-logs");
        await api.JsonAsync("logs", "Logs_20140328.CreateLogGroup", new() { ["logGroupName"] = "orders" });
        await api.JsonAsync("logs", "Logs_20140328.CreateLogStream", new() { ["logGroupName"] = "orders", ["logStreamName"] = "one" });
        await api.JsonAsync("logs", "Logs_20140328.PutSubscriptionFilter", new()
        {
            ["logGroupName"] = "orders", ["filterName"] = "all", ["filterPattern"] = "", ["destinationArn"] = source, ["roleArn"] = "arn:aws:iam::123456789012:role/logs",
        });
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await api.JsonAsync("logs", "Logs_20140328.PutLogEvents", new()
        {
            ["logGroupName"] = "orders", ["logStreamName"] = "one",
            ["logEvents"] = new JsonArray([.. Enumerable.Range(0, 3).Select(i => new JsonObject { ["timestamp"] = now + i, ["message"] = $"line {i} \"é\"" })]),
        });
        await using RunningEngine engine = new(services, null, Row.Of(source, "sqs", queue.Url, ("unpack", "cloudWatchLogs"), ("collapse", "none"), ("parallel", "false")));

        (string Key, byte[] Data)[] records = [.. (await stream.ReadAsync()).Select(static r => (r.Key, Convert.FromBase64String(r.Data)))];
        Assert.NotEmpty(records);
        await engine.DeliverAsync(StreamEvent.Kinesis(source, records));

        JsonNode[] events = [.. (await queue.ReceiveAsync()).Select(static m => JsonNode.Parse(m.Body)!)];
        Assert.Equal(["line 0 \"é\"", "line 1 \"é\"", "line 2 \"é\""], events.Select(static e => (string)e["message"]!).Order(StringComparer.Ordinal));
        Assert.All(events, e => Assert.Equal(("orders", "one", "all"), ((string)e["logGroup"]!, (string)e["logStream"]!, (string)e["subscriptionFilters"]![0]!)));
    }

    [Fact]
    public async Task A_bus_gets_an_event_for_each_user_record_and_its_rule_finds_it_by_the_stream_s_name()
    {
        Uri services = (await moto.StartAsync()).Endpoint;
        using Queue queue = await Queue.CreateAsync(services, "engine-events");
        using ServiceApi api = new(services);
        string source = StreamEvent.StreamArn("engine-events-source");
        string bus = await EventBridgeTests.RuleAsync(api, "engine-events", queue.Arn, """{"source":["fanout"],"detail-type":["engine-events-source"]}""");
        await using RunningEngine engine = new(services, null, Row.Of(source, "events", bus, ("deaggregate", "true")));

        await engine.DeliverAsync(StreamEvent.Kinesis(source, MixedRecords.OfJson(Documents)));

        JsonNode[] events = [.. (await queue.ReceiveAllAsync()).Select(static m => JsonNode.Parse(m.Body)!)];
        Assert.Equal(
            Documents.Select(static d => JsonNode.Parse(d.Json)!.ToJsonString()).Order(StringComparer.Ordinal),
            events.Select(static e => e["detail"]!.ToJsonString()).Order(StringComparer.Ordinal));
        Assert.All(events, e => Assert.Equal(("2026-01-01T00:00:00Z", source), ((string?)e["time"], (string?)e["resources"]![0])));
    }

    [Fact]
    public async Task A_queue_gets_one_message_for_each_user_record_and_base64_where_it_is_not_text()
    {
        Uri services = (await moto.StartAsync()).Endpoint;
        using Queue queue = await Queue.CreateAsync(services, "engine-none");
        string source = StreamEvent.StreamArn("engine-sqs-none");
        await using RunningEngine engine = new(
            services, null, Row.Of(source, "sqs", queue.Url, ("deaggregate", "true"), ("collapse", "none"), ("parallel", "false")));

        await engine.DeliverAsync(StreamEvent.Kinesis(source, MixedRecords.Binary));

        IEnumerable<ReceivedMessage> expected = MixedRecords.BinaryUserRecords.Select(record => record.Data.Length == 256
            ? new ReceivedMessage(Convert.ToBase64String(record.Data), "base64", null, null)
            : new ReceivedMessage(Encoding.UTF8.GetString(record.Data), null, null, null));
        Assert.Equal(expected, await queue.ReceiveAsync());
    }

    [Theory]
    [InlineData("JSON")]
    [InlineData("concat")]
    [InlineData("concat-b64")]
    public async Task A_queue_gets_collapsed_messages_that_hold_every_user_record_once(string collapse)
    {
        Uri services = (await moto.StartAsync()).Endpoint;
        using Queue queue = await Queue.CreateAsync(services, $"engine-{collapse}");
        string source = StreamEvent.StreamArn("engine-sqs-collapse");
        await using RunningEngine engine = new(
            services, null, Row.Of(source, "sqs", queue.Url, ("deaggregate", "true"), ("collapse", collapse), ("maxItemBytes", "400"), ("parallel", "false")));

        await engine.DeliverAsync(StreamEvent.Kinesis(source, MixedRecords.OfJson(Documents)));

        string[] bodies = [.. (await queue.ReceiveAsync()).Select(message => message.Body)];
        Assert.All(bodies, body => Assert.InRange(Encoding.UTF8.GetByteCount(body), 1, 400));
        Assert.Equal(string.Concat(Documents.Select(document => document.Json)), string.Concat(bodies.Select(body => Opened(body, collapse))));
        Assert.InRange(bodies.Length, 2, 4);
    }

    [Fact]
    public async Task A_FIFO_queue_keeps_the_order_of_each_key_and_drops_what_is_delivered_again()
    {
        Uri services = (await moto.StartAsync()).Endpoint;
        using Queue queue = await Queue.CreateAsync(services, "engine-order.fifo");
        string source = StreamEvent.StreamArn("engine-sqs-fifo");
        await using RunningEngine engine = new(services, null, Row.Of(source, "sqs", queue.Url, ("deaggregate", "true"), ("collapse", "none")));
        byte[] batch = StreamEvent.Kinesis(source, MixedRecords.OfJson(Documents));

        await engine.DeliverAsync(batch);
        await engine.DeliverAsync(batch);

        IReadOnlyList<ReceivedMessage> received = await queue.ReceiveAllAsync();
        Assert.Equal(Documents.Length, received.Count);
        foreach (IGrouping<string, (string Key, string Json)> key in Documents.GroupBy(document => document.Key))
        {
            Assert.Equal(key.Select(document => document.Json), received.Where(message => message.Group == key.Key).Select(message => message.Body));
        }

        Assert.Equal(Documents.Length, received.Select(message => message.Deduplication).Distinct().Count());
    }

    [Theory]
    [InlineData("sqs")]
    [InlineData("sns")]
    public async Task A_FIFO_target_delivers_the_first_of_those_with_the_same_deduplication_id(string type)
    {
        Uri services = (await moto.StartAsync()).Endpoint;
        using Queue queue = await Queue.CreateAsync(services, $"engine-repeats-{type}.fifo");
        string destination = type == "sqs" ? queue.Url : await queue.SubscribeTopicAsync($"engine-repeats-{type}.fifo");
        string source = StreamEvent.StreamArn($"engine-repeats-{type}");
        await using RunningEngine engine = new(services, null, Row.Of(source, type, destination, ("collapse", "none"), ("deduplicationId", "payment <data.id>")));
        (string Key, string Json)[] payments = [("a", """{"id":1,"try":1}"""), ("b", """{"id":2,"try":1}"""), ("a", """{"id":1,"try":2}"""), ("a", """{"id":3,"try":1}""")];

        await engine.DeliverAsync(StreamEvent.Kinesis(source, [.. payments.Select(static p => (p.Key, Encoding.UTF8.GetBytes(p.Json)))]));

        Assert.Equal(
            [payments[0].Json, payments[1].Json, payments[3].Json],
            (await queue.ReceiveAllAsync()).Select(static m => m.Body).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_topic_hands_every_user_record_to_its_subscriber()
    {
        Uri services = (await moto.StartAsync()).Endpoint;
        using Queue queue = await Queue.CreateAsync(services, "engine-topic");
        string topic = await queue.SubscribeTopicAsync("engine-topic");
        string source = StreamEvent.StreamArn("engine-sns");
        await using RunningEngine engine = new(services, null, Row.Of(source, "sns", topic, ("deaggregate", "true"), ("collapse", "none")));

        await engine.DeliverAsync(StreamEvent.Kinesis(source, MixedRecords.OfJson(Documents)));

        Assert.Equal(
            Documents.Select(document => document.Json).Order(StringComparer.Ordinal),
            (await queue.ReceiveAllAsync()).Select(message => message.Body).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_queue_that_is_not_there_fails_alone_and_its_records_count_as_failed()
    {
        Uri services = (await moto.StartAsync()).Endpoint;
        Uri kinesis = (await kinesalite.StartAsync()).Endpoint;
        using ServiceApi api = new(kinesis);
        KinesisStream copy = await KinesisStream.CreateAsync(api, "engine-beside", shards: 1);
        using Bucket bucket = await Bucket.CreateAsync(services, "engine-beside");
        string source = StreamEvent.StreamArn("engine-isolation");
        await using RunningEngine engine = new(
            services,
            kinesis,
            Row.Of(source, "sqs", new Uri(services, $"{Emulated.Account}/absent").AbsoluteUri, ("collapse", "none")),
            Row.Of(source, "kinesis", "engine-beside"),
            Row.Of(source, "firehose", "engine-beside"));

        GroupResult result = await engine.DispatchAsync(StreamEvent.Kinesis(source, MixedRecords.Binary));

        Assert.Equal(Enumerable.Range(0, MixedRecords.Binary.Length), result.Failed);
        (FailureClass Class, string Code) failure = Assert.Single(result.Outcomes.Single(outcome => outcome.Mapping.Type == TargetType.Sqs).Failures).Key;
        Assert.Equal((FailureClass.PermanentTarget, "QueueDoesNotExist"), failure);
        Assert.Equal(MixedRecords.Binary.Length, (await copy.ReadAsync()).Count);
        Assert.Equal(MixedRecords.Binary.SelectMany(record => record.Data), Assert.Single(await bucket.ReadAsync()));
    }

    // The documents of a message, without what holds them together.
    private static string Opened(string body, string collapse)
    {
        if (collapse == "concat-b64")
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(body));
        }

        if (collapse == "concat")
        {
            return body;
        }

        Assert.StartsWith("{\"Records\":[", body, StringComparison.Ordinal);
        Assert.EndsWith("]}", body, StringComparison.Ordinal);
        return body["{\"Records\":[".Length..^2].Replace("},{", "}{", StringComparison.Ordinal);
    }
}
