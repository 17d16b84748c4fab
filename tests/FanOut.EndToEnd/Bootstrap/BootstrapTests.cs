using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using FanOut.EndToEnd.Engine;
using FanOut.EndToEnd.Servers;
using FanOut.EndToEnd.Services;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.Runtime;
using StackExchange.Redis;

namespace FanOut.EndToEnd.Bootstrap;

public sealed class BootstrapTests(MotoServer moto, KinesaliteServer kinesalite)
{
    private const int Records = 500;
    private const string SecretKey = "own-secret-access-key-Zx9";
    private const string SessionToken = "own-session-token-Zx9";
    private const string CachePassword = "cache-password-Zx9";
    private const string Marker = "payload-Zx9";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private static readonly (string Key, byte[] Data)[] Sent =
        [.. Enumerable.Range(0, Records).Select(index => ($"key-{index % 7}", Encoding.UTF8.GetBytes($$"""{"text":"{{Marker}} é","n":{{index}}}""")))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_hundred_records_arrive_at_queue_bucket_and_stream_and_leave_one_line_in_the_log()
    {
        (Uri services, Uri kinesis) = await StartAsync();
        using ServiceApi api = new(services), streams = new(kinesis);
        using Queue queue = await Queue.CreateAsync(services, "bootstrap-all");
        using Bucket bucket = await Bucket.CreateAsync(services, "bootstrap-all");
        KinesisStream copy = await KinesisStream.CreateAsync(streams, "bootstrap-all", shards: 1);
        string source = StreamEvent.StreamArn("bootstrap-all-source");
        await MappingTable.CreateAsync(api, "bootstrap-all");
        await MappingTable.AddAsync(api, "bootstrap-all", source, "sqs", queue.Url, ("maxItemBytes", "1000"));
        await MappingTable.AddAsync(api, "bootstrap-all", source, "firehose", "bootstrap-all", ("appendNewlines", "true"));
        await MappingTable.AddAsync(api, "bootstrap-all", source, "kinesis", "bootstrap-all");
        await using LocalFunction function = Function(services, kinesis, "bootstrap-all", reportsItems: true);

        InvocationResult answer = await function.InvokeAsync(StreamEvent.Kinesis(source, Sent), Cancellation);

        Assert.Equal((null, """{"batchItemFailures":[]}"""), (answer.FunctionError, Text(answer)));
        IReadOnlyList<ReceivedMessage> messages = await queue.ReceiveAllAsync();
        Assert.InRange(messages.Count, 11, 25);
        Assert.Equal(Texts.Order(StringComparer.Ordinal), messages.SelectMany(message => Documents(message.Body)).Order(StringComparer.Ordinal));
        Assert.Equal(Texts, Encoding.UTF8.GetString(Assert.Single(await bucket.ReadAsync())).TrimEnd('\n').Split('\n'));
        Assert.Equal(Sent.Select(record => (record.Key, Convert.ToBase64String(record.Data))), await copy.ReadAsync());
        JsonNode line = Assert.Single(Lines(function));
        Assert.Equal(("info", "batch", answer.RequestId), ((string?)line["level"], (string?)line["message"], (string?)line["requestId"]));
        Assert.Equal([Records, Records, Records], line["sources"]![0]!["targets"]!.AsArray().Select(target => (int)target!["delivered"]!));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_failing_target_is_told_item_by_item_or_as_an_error_and_the_others_get_all(bool reportsItems)
    {
        (Uri services, Uri kinesis) = await StartAsync();
        string name = $"bootstrap-failing-{reportsItems}".ToLowerInvariant();
        using ServiceApi api = new(services), streams = new(kinesis);
        KinesisStream copy = await KinesisStream.CreateAsync(streams, name, shards: 1);
        string source = StreamEvent.StreamArn($"{name}-source");
        await using RedisServer redis = await RedisServer.StartAsync("--requirepass", "another");
        await MappingTable.CreateAsync(api, name);
        await MappingTable.AddAsync(api, name, source, "redis", $"redis://:{CachePassword}@127.0.0.1:{redis.Port}");
        await MappingTable.AddAsync(api, name, source, "kinesis", name);
        await using LocalFunction function = Function(services, kinesis, name, reportsItems);

        InvocationResult answer = await function.InvokeAsync(StreamEvent.Kinesis(source, Sent), Cancellation);

        if (reportsItems)
        {
            Assert.Null(answer.FunctionError);
            Assert.Equal(
                Enumerable.Range(0, Records).Select(StreamEvent.Number),
                JsonNode.Parse(answer.Payload.Span)!["batchItemFailures"]!.AsArray().Select(item => (string?)item!["itemIdentifier"]));
        }
        else
        {
            Assert.Equal("Unhandled", answer.FunctionError);
            JsonNode error = JsonNode.Parse(answer.Payload.Span)!;
            Assert.Equal("RecordsNotDelivered", (string?)error["errorType"]);
            Assert.Contains("500 of 500 records were not delivered everywhere. to-redis: AccessDenied", (string?)error["errorMessage"], StringComparison.Ordinal);
        }

        Assert.Equal(Sent.Select(record => (record.Key, Convert.ToBase64String(record.Data))), await copy.ReadAsync());
        Assert.Equal("error", (string?)Assert.Single(Lines(function))["level"]);
        AssertDiscreet([.. function.Log.Lines, Text(answer)]);
    }

    [Fact]
    public async Task What_is_killed_in_the_middle_is_whole_after_the_next_delivery()
    {
        (Uri services, Uri kinesis) = await StartAsync();
        using ServiceApi api = new(services), streams = new(kinesis);
        KinesisStream copy = await KinesisStream.CreateAsync(streams, "bootstrap-killed", shards: 1);
        string source = StreamEvent.StreamArn("bootstrap-killed-source");
        await using RedisServer redis = await RedisServer.StartAsync();
        await MappingTable.CreateAsync(api, "bootstrap-killed");
        await MappingTable.AddAsync(api, "bootstrap-killed", source, "redis", $"127.0.0.1:{redis.Port}");
        await MappingTable.AddAsync(api, "bootstrap-killed", source, "kinesis", "bootstrap-killed");
        await using LocalFunction function = Function(services, kinesis, "bootstrap-killed", reportsItems: true);
        byte[] batch = StreamEvent.Kinesis(source, [.. Sent.Select((record, index) => ($"key-{index}", record.Data))]);

        // The stream has it all while the cache does not answer: the middle.
        await redis.AskAsync("CLIENT PAUSE 600000 WRITE");
        Task<InvocationResult> first = function.InvokeAsync(batch, Cancellation);
        while ((await copy.ReadAsync()).Count < Records)
        {
            Assert.False(first.IsCompleted, "The invocation ended before it was killed.");
            await Task.Delay(PollInterval, TimeProvider.System, Cancellation);
        }
        function.Kill();
        InvocationResult killed = await first;
        await redis.AskAsync("CLIENT UNPAUSE");
        InvocationResult again = await function.InvokeAsync(batch, Cancellation);

        Assert.Contains("signal: killed", Text(killed), StringComparison.Ordinal);
        Assert.Equal((null, """{"batchItemFailures":[]}"""), (again.FunctionError, Text(again)));
        Assert.Equal(2, function.ProcessesStarted);
        Assert.Equal(2 * Records, (await copy.ReadAsync()).Count);
        using ConnectionMultiplexer reader = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{redis.Port}");
        RedisValue[] values = await reader.GetDatabase().StringGetAsync([.. Enumerable.Range(0, Records).Select(index => (RedisKey)$"key-{index}")]);
        Assert.Equal(Texts, values.Select(value => (string)value!));
    }

    [Fact]
    public async Task What_was_counted_of_a_batch_is_at_CloudWatch()
    {
        (Uri services, Uri kinesis) = await StartAsync();
        using ServiceApi api = new(services);
        using Bucket bucket = await Bucket.CreateAsync(services, "bootstrap-metrics");
        string source = StreamEvent.StreamArn("bootstrap-metrics-source");
        await MappingTable.CreateAsync(api, "bootstrap-metrics");
        await MappingTable.AddAsync(api, "bootstrap-metrics", source, "firehose", "bootstrap-metrics");
        await using LocalFunction function = Function(services, kinesis, "bootstrap-metrics", reportsItems: true, metrics: "cloudwatch");

        await function.InvokeAsync(StreamEvent.Kinesis(source, Sent), Cancellation);

        Assert.Equal("info", (string?)Assert.Single(Lines(function))["level"]);
        Assert.Equal(Records, await SumAsync(api, "Delivered", ("Source", source), ("Destination", "bootstrap-metrics"), ("Function", "fanout")));
        Assert.Equal(1, await SumAsync(api, "Targets", ("Source", source), ("Function", "fanout")));
    }

    [Fact]
    public async Task Without_a_table_nothing_is_taken_for_delivered()
    {
        (Uri services, Uri kinesis) = await StartAsync();
        string source = StreamEvent.StreamArn("bootstrap-no-table");
        await using LocalFunction function = Function(services, kinesis, "bootstrap-no-table", reportsItems: true);

        InvocationResult answer = await function.InvokeAsync(StreamEvent.Kinesis(source, Sent), Cancellation);

        Assert.Equal(Records, JsonNode.Parse(answer.Payload.Span)!["batchItemFailures"]!.AsArray().Count);
        JsonNode line = Assert.Single(Lines(function));
        Assert.Contains("bootstrap-no-table", (string?)line["sources"]![0]!["mappingsUnavailable"], StringComparison.Ordinal);
    }

    private static IEnumerable<string> Texts => Sent.Select(record => Encoding.UTF8.GetString(record.Data));

    private async Task<(Uri Services, Uri Kinesis)> StartAsync() => ((await moto.StartAsync()).Endpoint, (await kinesalite.StartAsync()).Endpoint);

    private static LocalFunction Function(Uri services, Uri kinesis, string table, bool reportsItems, string metrics = "none") => new(new()
    {
        Name = "fanout",
        Program = BootstrapProgram.Path,
        EndpointUrl = services,
        Region = Emulated.Region,
        Timeout = TimeSpan.FromSeconds(60),
        AccessKeyId = "test",
        SecretAccessKey = SecretKey,
        SessionToken = SessionToken,
        Environment = new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL_KINESIS"] = kinesis.AbsoluteUri,

            // kinesalite cuts its answers in CBOR off, and these batches are large.
            ["AWS_CBOR_DISABLE"] = "true",
            ["FANOUT_TABLE"] = table,
            ["FANOUT_METRICS"] = metrics,
            ["FANOUT_BATCH_ITEM_FAILURES"] = reportsItems ? "true" : "false",
        },
    });

    private static async Task<double> SumAsync(ServiceApi api, string metric, params (string Name, string Value)[] dimensions)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        XElement answer = await api.QueryAsync(
            "monitoring", "2010-08-01", "GetMetricStatistics",
            [
                ("Namespace", "Custom/FanOut"), ("MetricName", metric), ("Period", "3600"), ("Statistics.member.1", "Sum"),
                ("StartTime", $"{now.AddHours(-1):yyyy-MM-ddTHH:mm:ssZ}"), ("EndTime", $"{now.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}"),
                .. dimensions.SelectMany((dimension, index) => new[]
                {
                    ($"Dimensions.member.{index + 1}.Name", dimension.Name), ($"Dimensions.member.{index + 1}.Value", dimension.Value),
                }),
            ]);
        return answer.Descendants().Where(element => element.Name.LocalName == "Sum").Sum(element => (double)element);
    }

    private static IEnumerable<string> Documents(string collapsed)
    {
        using JsonDocument document = JsonDocument.Parse(collapsed);
        return [.. document.RootElement.GetProperty("Records").EnumerateArray().Select(record => record.GetRawText())];
    }

    private static string Text(InvocationResult result) => Encoding.UTF8.GetString(result.Payload.Span);

    /// <summary>The log, every line of which must be a JSON object without a payload or a secret.</summary>
    private static IReadOnlyList<JsonNode> Lines(LocalFunction function)
    {
        AssertDiscreet(function.Log.Lines);
        return [.. function.Log.Lines.Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    private static void AssertDiscreet(IEnumerable<string> lines)
    {
        string[] forbidden = [Marker, Convert.ToBase64String(Sent[0].Data)[..16], SecretKey, SessionToken, CachePassword];
        Assert.All(lines, line => Assert.All(forbidden, secret => Assert.DoesNotContain(secret, line, StringComparison.Ordinal)));
    }
}
