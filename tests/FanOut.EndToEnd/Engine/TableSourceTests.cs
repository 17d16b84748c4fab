using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FanOut.EndToEnd.Servers;
using FanOut.EndToEnd.Services;
using FanOut.Engine;
using FanOut.Engine.Batching;
using StackExchange.Redis;

namespace FanOut.EndToEnd.Engine;

[Collection(nameof(EndpointsCollection))]
public sealed class TableSourceTests(MotoServer moto)
{
    private const string Keys = """{"customer":{"S":"c|1"},"order":{"N":"7"}}""";

    private const string Image = """
        {"customer":{"S":"c|1"},"order":{"N":"7"},"precise":{"N":"12345678901234567890.1234567890123456789"},"text":{"S":"é😀 \"<&>\"\n"},
        "bytes":{"B":"AP8="},"yes":{"BOOL":true},"none":{"NULL":true},"words":{"SS":["a","b"]},"numbers":{"NS":["1","-2.50"]},"blobs":{"BS":["AA==","/w=="]},
        "list":{"L":[{"S":"x"},{"N":"1"},{"L":[]},{"M":{"deep":{"BOOL":false}}}]},"map":{"M":{"inner":{"M":{"n":{"N":"0"}}},"empty":{"M":{}}}}}
        """;

    private const string Plain = """
        {"customer":"c|1","order":7,"precise":12345678901234567890.1234567890123456789,"text":"é😀 \"<&>\"\n",
        "bytes":"AP8=","yes":true,"none":null,"words":["a","b"],"numbers":[1,-2.50],"blobs":["AA==","/w=="],
        "list":["x",1,[],{"deep":false}],"map":{"inner":{"n":0},"empty":{}}}
        """;

    private static readonly string Source = StreamEvent.TableArn("orders");

    [Theory]
    [InlineData("true", Plain)]
    [InlineData("false", Image)]
    public async Task An_item_of_every_attribute_type_arrives_and_a_removed_one_is_an_empty_object(string convert, string expected)
    {
        Uri services = (await moto.StartAsync()).Endpoint;
        using Queue queue = await Queue.CreateAsync(services, $"engine-items-{convert}");
        await using RunningEngine engine = new(
            services, null, Row.Of(Source, "sqs", queue.Url, ("convertDDB", convert), ("collapse", "none"), ("parallel", "false")));

        await engine.DeliverAsync(StreamEvent.Dynamo(Source, (Keys, Image), (Keys, null)));

        IReadOnlyList<ReceivedMessage> received = await queue.ReceiveAsync();
        Assert.Equal(2, received.Count);
        AssertJson(expected, received[0].Body);
        Assert.Equal("{}", received[1].Body);
    }

    [Fact]
    public async Task An_item_as_deep_as_DynamoDB_takes_arrives_with_its_neighbours()
    {
        Uri services = (await moto.StartAsync()).Endpoint;
        using Queue queue = await Queue.CreateAsync(services, "engine-deep");
        await using RunningEngine engine = new(services, null, Row.Of(Source, "sqs", queue.Url, ("convertDDB", "true"), ("collapse", "none"), ("parallel", "false")));
        string lists = string.Concat(Enumerable.Repeat("{\"L\":[", 32)), ends = string.Concat(Enumerable.Repeat("]}", 32));

        await engine.DeliverAsync(StreamEvent.Dynamo(Source, Change("a", 1), ("""{"id":{"S":"deep"}}""", $$$"""{"deep":{{{lists}}}{"S":"end"}{{{ends}}}}"""), Change("b", 2)));

        Assert.Equal(
            ["""{"id":"a","n":1}""", $$"""{"deep":{{new string('[', 32)}}"end"{{new string(']', 32)}}}""", """{"id":"b","n":2}"""],
            (await queue.ReceiveAsync()).Select(static m => m.Body));
    }

    [Fact]
    public async Task A_value_in_a_cache_is_not_replaced_by_an_image_that_the_stream_does_not_carry()
    {
        Uri services = (await moto.StartAsync()).Endpoint;
        await using RedisServer redis = await RedisServer.StartAsync();
        await using RunningEngine engine = new(services, null, Row.Of(Source, "redis", $"127.0.0.1:{redis.Port}"));
        string keysOnly = $$$"""
            {"Records":[{"eventName":"MODIFY","dynamodb":{"Keys":{"id":{"S":"good"}},"SequenceNumber":"1","StreamViewType":"KEYS_ONLY"},"eventSourceARN":"{{{Source}}}"},
            {"eventName":"REMOVE","dynamodb":{"Keys":{"id":{"S":"gone"}},"SequenceNumber":"2","StreamViewType":"KEYS_ONLY"},"eventSourceARN":"{{{Source}}}"}]}
            """;
        using ConnectionMultiplexer reader = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{redis.Port}");
        IDatabase database = reader.GetDatabase();
        await database.StringSetAsync("good", "a good value");
        await database.StringSetAsync("gone", "an old value");

        GroupResult result = await engine.DispatchAsync(Encoding.UTF8.GetBytes(keysOnly));

        Assert.Equal("a good value", (string?)await database.StringGetAsync("good"));
        Assert.True((await database.StringGetAsync("gone")).IsNull);
        Assert.Equal([0], result.Failed);
        Assert.Contains("KEYS_ONLY", Assert.Single(result.Outcomes).Failures[(FailureClass.Undecodable, "MissingImage")].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removed_item_arrives_whole_where_the_view_is_the_record()
    {
        Uri services = (await moto.StartAsync()).Endpoint;
        using Queue queue = await Queue.CreateAsync(services, "engine-records");
        await using RunningEngine engine = new(services, null, Row.Of(Source, "sqs", queue.Url, ("view", "record"), ("collapse", "none")));

        await engine.DeliverAsync(StreamEvent.Dynamo(Source, (Keys, null)));

        JsonNode record = JsonNode.Parse(Assert.Single(await queue.ReceiveAsync()).Body)!;
        Assert.Contains("REMOVE", record.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("\"customer\"", record.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redis_holds_the_last_image_of_each_item_and_none_of_a_removed_one()
    {
        Uri services = (await moto.StartAsync()).Endpoint;
        await using RedisServer redis = await RedisServer.StartAsync();
        await using RunningEngine engine = new(services, null, Row.Of(Source, "redis", $"127.0.0.1:{redis.Port}", ("convertDDB", "true")));

        await engine.DeliverAsync(CacheEvent);

        using ConnectionMultiplexer reader = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{redis.Port}");
        IDatabase database = reader.GetDatabase();
        AssertJson("""{"id":"a","n":2}""", (string)(await database.StringGetAsync("a"))!);
        AssertJson("""{"id":"c","n":4}""", (string)(await database.StringGetAsync("c"))!);
        Assert.True((await database.StringGetAsync("b")).IsNull);
    }

    [Fact]
    public async Task Memcached_holds_the_last_image_of_each_item_and_none_of_a_removed_one()
    {
        Uri services = (await moto.StartAsync()).Endpoint;
        await using MemcachedServer memcached = await MemcachedServer.StartAsync();
        await using RunningEngine engine = new(services, null, Row.Of(Source, "memcached", $"127.0.0.1:{memcached.Port}", ("convertDDB", "true")));

        await engine.DeliverAsync(CacheEvent);

        AssertJson("""{"id":"a","n":2}""", await ReadAsync(memcached, "a"));
        AssertJson("""{"id":"c","n":4}""", await ReadAsync(memcached, "c"));
        Assert.Null(await memcached.GetAsync("b"));
    }

    [Fact]
    public async Task Behind_a_configuration_endpoint_every_item_is_at_one_of_the_servers()
    {
        Uri services = (await moto.StartAsync()).Endpoint;
        await using MemcachedServer one = await MemcachedServer.StartAsync();
        await using MemcachedServer other = await MemcachedServer.StartAsync();
        await using ConfigurationEndpoint endpoint = new(one.Port, other.Port);
        await using RunningEngine engine = new(services, null, Row.Of(Source, "memcached", $"127.0.0.1:{endpoint.Port}", ("convertDDB", "true")));

        await engine.DeliverAsync(StreamEvent.Dynamo(
            Source, [.. Enumerable.Range(0, 100).Select(index => ($$$"""{"id":{"N":"{{{index}}}"}}""", (string?)$$$"""{"id":{"N":"{{{index}}}"}}"""))]));

        int atOne = 0;
        for (int index = 0; index < 100; index++)
        {
            byte[]?[] found = [await one.GetAsync($"{index}"), await other.GetAsync($"{index}")];
            Assert.Equal($$"""{"id":{{index}}}""", Encoding.UTF8.GetString(Assert.Single(found, value => value is not null)!));
            atOne += found[0] is null ? 0 : 1;
        }
        Assert.InRange(atOne, 20, 80);
    }

    private static byte[] CacheEvent => StreamEvent.Dynamo(
        Source, Change("a", 1), Change("b", 1), Change("a", 2), Change("c", 4), ("""{"id":{"S":"b"}}""", null), ("""{"id":{"S":"never there"}}""", null));

    private static (string, string?) Change(string id, int number) =>
        ($$$"""{"id":{"S":"{{{id}}}"}}""", $$$"""{"id":{"S":"{{{id}}}"},"n":{"N":"{{{number}}}"}}""");

    private static async Task<string> ReadAsync(MemcachedServer server, string key) =>
        Encoding.UTF8.GetString((await server.GetAsync(key))!);

    // Numbers are compared as text: they must keep their digits.
    private static void AssertJson(string expected, string actual)
    {
        using JsonDocument one = JsonDocument.Parse(expected);
        using JsonDocument other = JsonDocument.Parse(actual);
        Assert.Equal(Sorted(one.RootElement), Sorted(other.RootElement));
    }

    private static string Sorted(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(",", element.EnumerateObject()
            .OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{member.Name}:{Sorted(member.Value)}")) + "}",
        JsonValueKind.Array => "[" + string.Join(",", element.EnumerateArray().Select(Sorted)) + "]",
        JsonValueKind.String => $"'{element.GetString()}'",
        _ => element.GetRawText(),
    };
}
