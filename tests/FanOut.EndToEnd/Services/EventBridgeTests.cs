using System.Net;
using System.Text.Json.Nodes;
using FanOut.Aws.EventBridge;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

public sealed class EventBridgeTests(MotoServer moto)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // No quotes in the detail type: moto writes them into its events unescaped and then cannot read them.
    [Fact]
    public async Task Events_arrive_where_a_rule_of_the_bus_leads()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using Queue queue = await Queue.CreateAsync(endpoint, "events-tests");
        using ServiceApi api = new(endpoint);
        string bus = await RuleAsync(api, "events-tests", queue.Arn, """{"source":["shop"]}""");
        using AmazonEventBridgeClient client = Client(endpoint);

        PutEventsResponse response = await client.PutEventsAsync(
            new()
            {
                EventBusName = bus,
                Resource = "arn:aws:kinesis:us-east-1:123456789012:stream/orders",
                Entries = new PutEventsRequestEntry[]
                {
                    new("shop"u8.ToArray(), "neue Größe"u8.ToArray(), """{"text":"é€😀\n","n":1}"""u8.ToArray(), DateTimeOffset.FromUnixTimeMilliseconds(1_545_084_650_987)),
                    new("other"u8.ToArray(), "order"u8.ToArray(), "{}"u8.ToArray()),
                },
            },
            Cancellation);

        Assert.Equal((0, 2, 0), (response.FailedEntryCount, response.EntryCount, response.Failed.Count));
        JsonNode arrived = JsonNode.Parse(Assert.Single(await queue.ReceiveAsync()).Body)!;
        Assert.Equal(("shop", "neue Größe", "2018-12-17T22:10:50Z"), ((string?)arrived["source"], (string?)arrived["detail-type"], (string?)arrived["time"]));
        Assert.Equal("""["arn:aws:kinesis:us-east-1:123456789012:stream/orders"]""", arrived["resources"]!.ToJsonString());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"text":"é€😀\n","n":1}"""), arrived["detail"]));
    }

    [Fact]
    public async Task An_entry_that_is_refused_is_named_beside_those_that_were_taken()
    {
        using AmazonEventBridgeClient client = Client((await moto.StartAsync()).Endpoint);

        PutEventsResponse response = await client.PutEventsAsync(
            new()
            {
                EventBusName = "default",
                Resource = "arn:aws:sns:us-east-1:123456789012:t",
                Entries = new PutEventsRequestEntry[] { new("s"u8.ToArray(), "t"u8.ToArray(), "{}"u8.ToArray()), new("s"u8.ToArray(), "t"u8.ToArray(), "no JSON"u8.ToArray()) },
            },
            Cancellation);

        Assert.Equal((1, 2), (response.FailedEntryCount, response.EntryCount));
        Assert.Equal((1, "MalformedDetail"), (Assert.Single(response.Failed).Index, response.Failed[0].ErrorCode));
    }

    [Fact]
    public async Task Buses_are_described_and_listed_and_one_that_is_absent_is_a_typed_refusal()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        await api.JsonAsync("events", "AWSEvents.CreateEventBus", new() { ["Name"] = "events-lookup" });
        using AmazonEventBridgeClient client = Client(endpoint);

        DescribeEventBusResponse found = await client.DescribeEventBusAsync(new() { Name = "events-lookup" }, Cancellation);
        ListEventBusesResponse listed = await client.ListEventBusesAsync(new(), Cancellation);
        AmazonEventBridgeException refusal = await Assert.ThrowsAsync<AmazonEventBridgeException>(() => client.DescribeEventBusAsync(new() { Name = "absent" }, Cancellation));

        Assert.Equal(("events-lookup", "arn:aws:events:us-east-1:123456789012:event-bus/events-lookup"), (found.Name, found.Arn));
        Assert.Subset(listed.EventBuses!.Select(static b => b.Name!).ToHashSet(), new HashSet<string> { "default", "events-lookup" });
        Assert.Equal((HttpStatusCode.BadRequest, "ResourceNotFoundException"), (refusal.StatusCode, refusal.ErrorCode));
    }

    /// <summary>Makes a bus with a rule that leads to a queue.</summary>
    /// <returns>The bus's ARN.</returns>
    internal static async Task<string> RuleAsync(ServiceApi api, string bus, string queueArn, string pattern)
    {
        await api.JsonAsync("events", "AWSEvents.CreateEventBus", new() { ["Name"] = bus });
        await api.JsonAsync("events", "AWSEvents.PutRule", new() { ["Name"] = bus, ["EventBusName"] = bus, ["EventPattern"] = pattern });
        await api.JsonAsync("events", "AWSEvents.PutTargets", new()
        {
            ["Rule"] = bus, ["EventBusName"] = bus, ["Targets"] = new JsonArray(new JsonObject { ["Id"] = "queue", ["Arn"] = queueArn }),
        });
        return $"arn:aws:events:{Emulated.Region}:{Emulated.Account}:event-bus/{bus}";
    }

    private static AmazonEventBridgeClient Client(Uri endpoint) => new(Emulated.Credentials, Emulated.Config(AmazonEventBridgeClient.Service, endpoint));
}
