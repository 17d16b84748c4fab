using System.Text;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Lambda;

namespace FanOut.Tests.Cmdlets.DeadLetters;

/// <summary>What Resume-FanOutDeadLetter sends is what the first try would have sent: the same data, attributes, keys and ids, so that a target knows a repeat where it can.</summary>
public sealed class ResentRequestsTests
{
    private const string Queue = "arn:aws:sqs:us-east-1:123456789012:failed";

    private static readonly DateTimeOffset Changed = new(2026, 11, 24, 10, 0, 7, TimeSpan.Zero);

    private static readonly string[] Orders =
    [
        LambdaEvent.Kinesis("""{"id":1,"customer":{"id":"ä/1","country":"at"},"state":"new","total":12.5}"""u8, "key 1", "49591", CloudSession.Orders),
        LambdaEvent.Kinesis("""{"id":2,"customer":{"id":"2","country":"de"},"state":"paid","total":7}"""u8, "key 2", "49592", CloudSession.Orders),
    ];

    private static readonly string[] Aggregate =
    [
        LambdaEvent.Kinesis(
            new KplAggregate().PartitionKey("a").PartitionKey("b")
                .Record(0, null, """{"id":1}"""u8.ToArray()).Record(1, null, """{"id":2}"""u8.ToArray()).Record(0, null, """{"id":3}"""u8.ToArray()).Sealed(),
            "a", "49593", CloudSession.Orders),
    ];

    private static readonly string[] Logs =
    [
        LambdaEvent.Kinesis(Gzip.Of(Gzip.LogEvents(Gzip.LogEvent("e1", "first \"line\""), Gzip.LogEvent("e2", "second"))), "shard key", "49594", CloudSession.Orders),
    ];

    private static readonly string[] Packed = [LambdaEvent.Kinesis(Gzip.Of("""{"id":1,"customer":{"id":"x"}}"""u8), "key 1", "49595", CloudSession.Orders)];

    private static readonly string[] Changes =
    [
        LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(LambdaEvent.Change("INSERT", """{"id":{"S":"1"}}""", """{"id":{"S":"1"},"total":{"N":"12.50"}}""")), "0AB18464EFEE6043E48DD4475DABA453", "49596", CloudSession.Orders),
        LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(LambdaEvent.Change("REMOVE", """{"id":{"S":"2"}}""", null, """{"id":{"S":"2"}}""")), "1AB18464EFEE6043E48DD4475DABA453", "49597", CloudSession.Orders),
    ];

    private static readonly string[] Table =
    [
        LambdaEvent.Dynamo("INSERT", """{"id":{"S":"1"}}""", """{"id":{"S":"1"},"total":{"N":"12.50"}}""", null, "111", changed: Changed),
        LambdaEvent.Dynamo("REMOVE", """{"id":{"S":"2"}}""", null, """{"id":{"S":"2"}}""", "112", changed: Changed),
    ];

    private static readonly string[] Messages = [LambdaEvent.Sns("""{\"id\":1,\"customer\":{\"id\":\"x\"}}"""), LambdaEvent.Sns("""{\"id\":2}""", "95df01b5")];

    public static TheoryData<string, string, string> Cases => new()
    {
        { "orders", "sqs", "-MessageAttribute @{ kind = 'order'; country = '<data.customer.country>'; total = @{ Number = '<data.total>' } }" },
        { "orders", "sqs", "-Transform @{ inputTemplate = '{\"order\": <data.id>, \"key\": <fanout.partitionKey>, \"number\": <fanout.sequenceNumber>, \"at\": <approximateArrivalTimestamp>}' }" },
        { "orders", "fifo", "" },
        { "orders", "fifo", "-DeduplicationId '<data.id>-<data.customer.country>' -Key '<data.customer.id>'" },
        { "orders", "sns", "-MessageAttribute @{ country = '<data.customer.country>' }" },
        { "orders", "topic.fifo", "" },
        { "orders", "kinesis", "-Key '<data.customer.id>' -Collapse none" },
        { "orders", "firehose", "-AppendNewlines -Collapse none" },
        { "orders", "lambda", "-Passthrough" },
        { "orders", "events", "-EventSource 'shop.<data.customer.country>' -DetailType 'order <data.state>'" },
        { "orders", "states", "" },
        { "orders", "states", "-Transform @{ inputTemplate = '{\"order\": <data.id>}' } -DeduplicationId '<data.id>'" },
        { "packed", "states", "-Unpack gzip" },
        { "packed", "events", "-Unpack gzip -DetailType 'order <data.customer.id>'" },
        { "packed", "sqs", "-Unpack gzip -MessageAttribute @{ customer = '<data.customer.id>' }" },
        { "logs", "fifo", "-Unpack cloudWatchLogs" },
        { "logs", "states", "-Unpack cloudWatchLogs" },
        { "logs", "events", "-Unpack cloudWatchLogs -DetailType '<data.logGroup>'" },
        { "logs", "kinesis", "-Unpack cloudWatchLogs -Collapse none" },
        { "aggregate", "fifo", "-Deaggregate" },
        { "aggregate", "states", "-Deaggregate" },
        { "aggregate", "kinesis", "-Deaggregate -Collapse none" },
        { "changes", "sqs", "-RecordFormat dynamodb-changes -View both" },
        { "changes", "states", "-RecordFormat dynamodb-changes -View record" },
        { "table", "states", "-View both" },
        { "table", "events", "-View record -DetailType '<eventName>'" },
        { "table", "fifo", "-ConvertDDB" },
        { "messages", "sqs", "-MessageAttribute @{ id = '<fanout.sequenceNumber>' }" },
        { "messages", "events", "" },
        { "messages", "fifo", "" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_letter_is_sent_as_the_record_would_have_been(string records, string target, string settings)
    {
        string[] first = await SendAsync(records, target, settings, fails: false), again = await SendAsync(records, target, settings, fails: true);

        Assert.NotEmpty(first);
        Assert.Equal(first, again);
    }

    private static async Task<string[]> SendAsync(string records, string target, string settings, bool fails)
    {
        await using var session = new CloudSession();
        await using var engine = new InvokedEngine(session.Cloud);
        (string source, string[] sent) = records switch
        {
            "orders" => (CloudSession.Orders, Orders),
            "packed" => (CloudSession.Orders, Packed),
            "logs" => (CloudSession.Orders, Logs),
            "aggregate" => (CloudSession.Orders, Aggregate),
            "changes" => (CloudSession.Orders, Changes),
            "table" => (LambdaEvent.Table, Table),
            _ => (LambdaEvent.Topic, Messages),
        };
        session.Cloud.Sqs.CreateQueue("failed");
        var function = new RecordingFunction();
        string destination = Destination(session, target, function);
        session.Run($"Register-FanOutTarget {destination} -SourceArn {source} -DeadLetter {Queue} {settings} {(fails ? "-MaxItemBytes 1" : "")} -Enabled").ThrowIfFailed();
        await engine.InvokeAsync(sent);
        if (fails)
        {
            Assert.Empty(Arrived(session.Cloud, function));
            session.Run($"Set-FanOutTarget t -SourceArn {source} -MaxItemBytes $null; Resume-FanOutDeadLetter failed").ThrowIfFailed();
            Assert.Empty(session.Cloud.Sqs.Find("failed")!.Messages);
        }

        return Arrived(session.Cloud, function);
    }

    private static string Destination(CloudSession session, string target, RecordingFunction function)
    {
        const string Account = "us-east-1:123456789012";
        Cloud cloud = session.Cloud;
        switch (target)
        {
            case "sqs":
                cloud.Sqs.CreateQueue("to");
                return $"sqs t arn:aws:sqs:{Account}:to -Collapse none";
            case "fifo":
                cloud.Sqs.CreateQueue("to.fifo", new Dictionary<string, string> { ["FifoQueue"] = "true" });
                return $"sqs t arn:aws:sqs:{Account}:to.fifo -Collapse none";
            case "sns":
                cloud.Sns.CreateTopic("to");
                return $"sns t arn:aws:sns:{Account}:to -Collapse none";
            case "topic.fifo":
                cloud.Sns.CreateTopic("to.fifo", new Dictionary<string, string> { ["FifoTopic"] = "true" });
                return $"sns t arn:aws:sns:{Account}:to.fifo -Collapse none";
            case "kinesis":
                cloud.Kinesis.CreateStream("to");
                return $"kinesis t arn:aws:kinesis:{Account}:stream/to";
            case "firehose":
                cloud.Firehose.CreateDeliveryStream("to");
                return $"firehose t arn:aws:firehose:{Account}:deliverystream/to";
            case "lambda":
                session.Lambda.Add("to", function);
                return $"lambda t arn:aws:lambda:{Account}:function:to";
            case "events":
                cloud.EventBridge.CreateEventBus("to");
                return $"events t arn:aws:events:{Account}:event-bus/to";
            default:
                cloud.StepFunctions.CreateStateMachine("to");
                return $"states t arn:aws:states:{Account}:stateMachine:to";
        }
    }

    private static string[] Arrived(Cloud cloud, RecordingFunction function) =>
    [
        .. new[] { cloud.Sqs.Received, cloud.Sns.Received, cloud.Kinesis.Received, cloud.Firehose.Received, cloud.EventBridge.Received, cloud.StepFunctions.Received }
            .SelectMany(static j => j).Where(static a => !a.IsFor("failed")).Select(Describe).Order(StringComparer.Ordinal),
        .. function.Invocations.Select(static i => Encoding.UTF8.GetString(i.Payload.Span)),
    ];

    private static string Describe(Arrival a) => string.Join('\n', [
        a.Destination, $"key {a.Key}", $"hash {a.ExplicitHashKey}", $"group {a.GroupId}", $"deduplication {a.DeduplicationId}", $"action {a.Action}",
        .. a.Attributes.Where(static p => p.Key is not ("traceHeader" or "TraceHeader")).OrderBy(static p => p.Key, StringComparer.Ordinal).Select(static p => $"{p.Key}={p.Value}"),
        .. a.UserProperties.Select(static p => $"{p.Key}: {p.Value}"),
        a.Text]);
}
