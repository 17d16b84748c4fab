using System.Text.Json;
using FanOut.LocalCloud;

namespace FanOut.Tests.LocalCloud.EventBridge;

public sealed class EventBridgeServiceTests : CloudTests
{
    private const string Bus = "arn:aws:events:us-east-1:123456789012:event-bus/orders";

    [Fact]
    public async Task Events_are_kept_with_all_that_they_tell()
    {
        Cloud.EventBridge.CreateEventBus("orders");

        Answer answer = await PutAsync(
            $$$"""{"EventBusName":"{{{Bus}}}","Source":"shop","DetailType":"order","Detail":"{\"id\":1}","Time":1545084650.987,"Resources":["arn:a","arn:b"]}""",
            """{"EventBusName":"orders","Source":"shop","DetailType":"order","Detail":"{}"}""",
            """{"Source":"shop","DetailType":"order","Detail":"{}"}""");

        Assert.Equal(0, answer.Json.GetProperty("FailedEntryCount").GetInt32());
        Assert.Equal(answer.Json.GetProperty("Entries").EnumerateArray().Select(static e => e.GetProperty("EventId").GetString()), Cloud.EventBridge.Received.Select(static a => a.Id));
        Assert.Equal([Bus, Bus, "arn:aws:events:us-east-1:123456789012:event-bus/default"], Cloud.EventBridge.Received.Select(static a => a.Destination));
        Arrival first = Cloud.EventBridge.Received.First();
        Assert.Equal(
            ("{\"id\":1}", "shop", "order", "2018-12-17T22:10:50Z", "arn:a,arn:b"),
            (first.Text, first.Attributes["source"], first.Attributes["detail-type"], first.Attributes["time"], first.Attributes["resources"]));
    }

    [Fact]
    public async Task An_event_for_a_bus_that_does_not_exist_is_accepted_and_dropped_as_by_AWS()
    {
        Answer answer = await PutAsync("""{"EventBusName":"absent","Source":"shop","DetailType":"order","Detail":"{}"}""");

        Assert.Equal((200, 0), (answer.Status, answer.Json.GetProperty("FailedEntryCount").GetInt32()));
        Assert.Empty(Cloud.EventBridge.Received);
    }

    [Theory]
    [InlineData("""{"DetailType":"t","Detail":"{}"}""", "InvalidArgument")]
    [InlineData("""{"Source":"s","Detail":"{}"}""", "InvalidArgument")]
    [InlineData("""{"Source":"s","DetailType":"t"}""", "InvalidArgument")]
    [InlineData("""{"Source":"s","DetailType":"t","Detail":"[]"}""", "MalformedDetail")]
    [InlineData("""{"Source":"s","DetailType":"t","Detail":"{"}""", "MalformedDetail")]
    [InlineData("""{"Source":"aws.s3","DetailType":"t","Detail":"{}"}""", "NotAuthorizedForSourceException")]
    public async Task An_entry_that_is_wrong_fails_by_itself(string entry, string code)
    {
        Answer answer = await PutAsync(entry, """{"Source":"s","DetailType":"t","Detail":"{}"}""");

        JsonElement[] entries = [.. answer.Json.GetProperty("Entries").EnumerateArray()];
        Assert.Equal((1, code), (answer.Json.GetProperty("FailedEntryCount").GetInt32(), entries[0].GetProperty("ErrorCode").GetString()));
        Assert.True(entries[1].TryGetProperty("EventId", out _));
        Assert.Single<Arrival>(Cloud.EventBridge.Received);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(10, null)]
    [InlineData(0, "ValidationException")]
    [InlineData(11, "ValidationException")]
    public async Task A_call_takes_1_to_10_entries(int count, string? error) =>
        Assert.Equal(error, (await PutAsync([.. Enumerable.Repeat("""{"Source":"s","DetailType":"t","Detail":"{}"}""", count)])).Error);

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "ValidationException")]
    public async Task A_call_takes_1_MiB(int more, string? error)
    {
        // Source, detail type, time and the frame of the detail are 1 + 1 + 14 + 8 bytes.
        string detail = "{\\\"a\\\":\\\"" + new string('x', (1024 * 1024) - 24 + more) + "\\\"}";

        Assert.Equal(error, (await PutAsync($$"""{"Source":"s","DetailType":"t","Time":1,"Detail":"{{detail}}"}""")).Error);
    }

    [Fact]
    public async Task Buses_are_made_described_and_listed_and_default_is_always_there()
    {
        Answer made = await CallAsync("CreateEventBus", """{"Name":"orders"}""");
        Cloud.EventBridge.CreateEventBus("elsewhere", region: "eu-west-1");
        Answer described = await CallAsync("DescribeEventBus", $$"""{"Name":"{{Bus}}"}""");
        Answer standard = await CallAsync("DescribeEventBus", "{}");
        Answer absent = await CallAsync("DescribeEventBus", """{"Name":"absent"}""");
        Answer first = await CallAsync("ListEventBuses", """{"Limit":1}""");
        Answer rest = await CallAsync("ListEventBuses", $$"""{"NextToken":"{{first.Json.GetProperty("NextToken").GetString()}}"}""");

        Assert.Equal(Bus, made.Json.GetProperty("EventBusArn").GetString());
        Assert.Equal(("orders", Bus), (described.Json.GetProperty("Name").GetString(), described.Json.GetProperty("Arn").GetString()));
        Assert.Equal("default", standard.Json.GetProperty("Name").GetString());
        Assert.Equal((400, "ResourceNotFoundException"), (absent.Status, absent.Error));
        Assert.Equal(("default", "orders"), (NameIn(first), NameIn(rest)));
        Assert.False(rest.Json.TryGetProperty("NextToken", out _));
    }

    private static string? NameIn(Answer page) => Assert.Single(page.Json.GetProperty("EventBuses").EnumerateArray()).GetProperty("Name").GetString();

    private Task<Answer> PutAsync(params string[] entries) => CallAsync("PutEvents", $$"""{"Entries":[{{string.Join(',', entries)}}]}""");

    private Task<Answer> CallAsync(string operation, string body) => Aws.JsonAsync("events", $"AWSEvents.{operation}", body);
}
