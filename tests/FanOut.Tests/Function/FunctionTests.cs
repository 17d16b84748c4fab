using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2;
using FanOut.Dispatch;
using FanOut.Engine;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Filtering;
using FanOut.Engine.Logging;
using FanOut.Engine.Mappings;
using FanOut.Engine.Progress;
using FanOut.Engine.Settings;
using FanOut.LocalCloud;
using FanOut.Tests.Targets;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Dispatch;

public sealed class FunctionTests : IDisposable
{
    private static readonly MappingSet Nothing = new([], []);
    private static readonly MappingSet Invalid = new([], [new InvalidMapping(LambdaEvent.Stream, "bad", "why", Active: true)]);
    private readonly FakeTimeProvider _time = new();
    private readonly MemoryStream _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task A_batch_without_failures_is_answered_with_none()
    {
        StubRuntime runtime = await RunAsync(LambdaEvent.Of(LambdaEvent.Kinesis([1])), Nothing);
        Assert.Equal([("/2018-06-01/runtime/invocation/request-1/response", null, """{"batchItemFailures":[]}""")], runtime.Posts);
    }

    [Fact]
    public async Task Where_items_are_reported_the_failed_ones_are_named()
    {
        StubRuntime runtime = await RunAsync(
            LambdaEvent.Of(LambdaEvent.Kinesis([1], sequenceNumber: "7"), LambdaEvent.Kinesis([2], sequenceNumber: "8")), Invalid, ("FANOUT_BATCH_ITEM_FAILURES", "true"));
        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"7"},{"itemIdentifier":"8"}]}""", Assert.Single(runtime.Posts).Body);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "7")]
    [InlineData(2, "8")]
    public async Task A_failed_record_without_a_number_is_told_by_the_one_before_it_from_which_both_come_again(int position, string expected)
    {
        List<string> records = [LambdaEvent.Kinesis([1], sequenceNumber: "7"), LambdaEvent.Kinesis([2], sequenceNumber: "8")];
        records.Insert(position, "null");

        StubRuntime runtime = await RunAsync(LambdaEvent.Of([.. records]), Invalid, ("FANOUT_BATCH_ITEM_FAILURES", "true"));

        JsonElement[] failures = [.. JsonDocument.Parse(Assert.Single(runtime.Posts).Body).RootElement.GetProperty("batchItemFailures").EnumerateArray()];
        Assert.Equal(expected, failures[position].GetProperty("itemIdentifier").GetString());
    }

    [Fact]
    public async Task Where_items_are_not_reported_a_failure_fails_the_invocation()
    {
        StubRuntime runtime = await RunAsync(LambdaEvent.Of(LambdaEvent.Kinesis([1])), Invalid);

        (string path, string? errorType, string body) = Assert.Single(runtime.Posts);
        Assert.Equal(("/2018-06-01/runtime/invocation/request-1/error", "Function.RecordsNotDelivered"), (path, errorType));
        JsonElement error = JsonDocument.Parse(body).RootElement;
        Assert.Equal("RecordsNotDelivered", error.GetProperty("errorType").GetString());
        Assert.Contains("1 of 1 records", error.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        Assert.Contains("mapping 'bad'", error.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SNS_knows_no_items_so_that_its_failures_always_fail_the_invocation()
    {
        StubRuntime runtime = await RunAsync(LambdaEvent.Of(LambdaEvent.Sns("m")), Invalid, ("FANOUT_BATCH_ITEM_FAILURES", "true"));
        Assert.Equal("Function.RecordsNotDelivered", Assert.Single(runtime.Posts).ErrorType);
    }

    [Fact]
    public async Task An_event_of_nobody_fails_the_invocation()
    {
        StubRuntime runtime = await RunAsync("{}"u8.ToArray(), Nothing);
        Assert.Equal("Function.InvalidEventException", Assert.Single(runtime.Posts).ErrorType);
        Assert.Contains("invalid event", Encoding.UTF8.GetString(_log.ToArray()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"eventName":["INSERT"]}""", "at eventName there is only 'aws:kinesis:record'")]
    [InlineData("""{"partitionKey":["other"]}""", null)]
    public async Task A_filter_that_can_never_match_passes_its_records_over_and_is_told_in_the_log(string filter, string? expected)
    {
        Assert.True(RecordFilter.TryParse(filter, SourceKind.Kinesis, out RecordFilter? parsed, out _));
        Mapping mapping = TestTargets.Mapping(TargetType.Sqs) with { SourceArn = LambdaEvent.Stream, Filter = parsed };

        StubRuntime runtime = await RunAsync(LambdaEvent.Of(LambdaEvent.Kinesis([1])), new MappingSet([mapping], []));

        Assert.Null(Assert.Single(runtime.Posts).ErrorType);
        JsonElement line = Encoding.UTF8.GetString(_log.ToArray()).Split('\n').Where(static l => l.Contains("\"filtered\":1", StringComparison.Ordinal)).Select(static l => JsonDocument.Parse(l).RootElement).Single();
        Assert.Equal(expected is null ? "info" : "warn", line.GetProperty("level").GetString());
        Assert.Equal(expected is not null, line.GetProperty("sources")[0].GetProperty("targets")[0].TryGetProperty("filter", out JsonElement told));
        Assert.Contains(expected ?? "", expected is null ? "" : told.GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_a_window_is_answered_with_success()
    {
        StubRuntime runtime = await RunAsync("""{"Records":[],"window":{"start":"2026-12-01T07:00:00Z","end":"2026-12-01T07:05:00Z"},"isFinalInvokeForWindow":true}"""u8.ToArray(), Nothing);
        Assert.Equal([("/2018-06-01/runtime/invocation/request-1/response", null, """{"batchItemFailures":[]}""")], runtime.Posts);
    }

    [Fact]
    public async Task A_test_is_answered_with_version_and_settings_and_nothing_is_read_or_sent()
    {
        var source = new Source((_, _) => throw new InvalidDataException("The table was read."));

        StubRuntime runtime = await RunAsync([.. TestEvent.Json], source, ("FANOUT_PROGRESS", "always"), ("FANOUT_LOG_LEVEL", "warn"));

        (string path, string? errorType, string body) = Assert.Single(runtime.Posts);
        Assert.Equal(("/2018-06-01/runtime/invocation/request-1/response", null), (path, errorType));
        JsonElement answer = JsonDocument.Parse(body).RootElement;
        Assert.Equal(typeof(Function).Assembly.GetName().Version!.ToString(3), answer.GetProperty("fanout").GetString());
        Assert.Equal(("always", "warn"), (answer.GetProperty("FANOUT_PROGRESS").GetString(), answer.GetProperty("FANOUT_LOG_LEVEL").GetString()));
        Assert.Equal(
            FunctionSettings.Variables.Order(StringComparer.Ordinal),
            answer.EnumerateObject().Select(static p => p.Name).Where(static n => n.StartsWith(FunctionSettings.Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"fanout":"test"}""", true)]
    [InlineData(" {\n  \"fanout\" : \"test\"\n} ", true)]
    [InlineData("""{"fanout":"tests"}""", false)]
    [InlineData("""{"fanout":1}""", false)]
    [InlineData("""{"Records":[]}""", false)]
    [InlineData("""["fanout","test"]""", false)]
    [InlineData("{}", false)]
    [InlineData("""{"fanout":{}}""", false)]
    [InlineData("""{"\ud800":"test"}""", false)]
    [InlineData("""{"fanout":"\udfff"}""", false)]
    [InlineData("{", false)]
    [InlineData("no JSON", false)]
    [InlineData("", false)]
    public void Only_an_event_of_FanOuts_own_is_a_test(string json, bool expected) => Assert.Equal(expected, TestEvent.Is(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public async Task A_fault_of_ours_fails_the_batch_and_not_the_process()
    {
        StubRuntime runtime = await RunAsync(LambdaEvent.Of(LambdaEvent.Kinesis([1])), new Source((_, _) => throw new InvalidDataException("ours")));
        Assert.Equal("Function.InvalidDataException", Assert.Single(runtime.Posts).ErrorType);
    }

    [Fact]
    public async Task Sending_ends_before_the_deadline_and_the_answer_still_goes_out()
    {
        var source = new Source(async (_, cancellationToken) =>
        {
            await Task.Delay(TimeSpan.FromDays(1), _time, cancellationToken);
            return Nothing;
        });
        Task<StubRuntime> running = RunAsync(LambdaEvent.Of(LambdaEvent.Kinesis([1], sequenceNumber: "7")), source, ("FANOUT_BATCH_ITEM_FAILURES", "true"));
        Assert.False(running.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(24.9));
        Assert.False(running.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));

        StubRuntime runtime = await running;
        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"7"}]}""", Assert.Single(runtime.Posts).Body);
    }

    [Fact]
    public async Task Each_batch_leaves_one_line_that_is_JSON_and_names_the_request()
    {
        await RunAsync(LambdaEvent.Of(LambdaEvent.Kinesis([1])), Nothing);

        string[] lines = Encoding.UTF8.GetString(_log.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        JsonElement line = JsonDocument.Parse(Assert.Single(lines)).RootElement;
        Assert.Equal(("warn", "batch", "request-1"), (line.GetProperty("level").GetString(), line.GetProperty("message").GetString(), line.GetProperty("requestId").GetString()));
        Assert.Equal(1, line.GetProperty("sources")[0].GetProperty("records").GetInt32());
        Assert.StartsWith("No mapping is enabled: the records went nowhere.", line.GetProperty("sources")[0].GetProperty("unmapped").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_became_of_a_marked_record_is_told_target_by_target_whatever_the_level()
    {
        string mark = TestMark.New();
        Mapping mapping = TestTargets.Mapping(TargetType.Sqs) with { SourceArn = LambdaEvent.Stream };
        var set = new MappingSet([mapping with { Id = "left out", Filter = Never() }, mapping with { Id = "too small", MaxItemBytes = 1 }], []);

        await RunAsync(LambdaEvent.Of(LambdaEvent.Kinesis("1"u8, "\\\"other\\\"", "7"), LambdaEvent.Kinesis("22"u8, $"\\\"{mark}\\\"", "8")), new Source((_, _) => Task.FromResult(set)), 1, null, LogLevel.Error);

        string[] lines = Encoding.UTF8.GetString(_log.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        JsonElement line = JsonDocument.Parse(Assert.Single(lines, static l => l.Contains("test record", StringComparison.Ordinal))).RootElement;
        Assert.Equal(("info", mark, LambdaEvent.Stream), (line.GetProperty("level").GetString(), line.GetProperty("mark").GetString(), line.GetProperty("source").GetString()));
        Assert.Equal(["left out filtered ", "too small failed Oversize"], line.GetProperty("targets").EnumerateArray().Select(static t =>
            $"{t.GetProperty("id")} {t.GetProperty("state")} {(t.TryGetProperty("class", out JsonElement of) ? of.GetString() : "")}"));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(4, 1)]
    public async Task A_source_is_noted_once_and_not_with_the_first_batch(int batches, int expected)
    {
        await using Cloud cloud = Cloud.Start();
        cloud.Dynamo.CreateTable("t", "sourceArn", "id");
        using var dynamo = new AmazonDynamoDBClient("AKIATEST", "secret", new AmazonDynamoDBConfig { ServiceURL = cloud.Endpoint.AbsoluteUri, AuthenticationRegion = "us-east-1" });
        Mapping mapping = TestTargets.Mapping(TargetType.Sqs) with { SourceArn = LambdaEvent.Stream, Filter = Never() };
        var source = new Source((_, _) => Task.FromResult(new MappingSet([mapping], [])));

        StubRuntime runtime = await RunAsync(LambdaEvent.Of(LambdaEvent.Kinesis([1])), source, batches, new KnownSources(dynamo, "t", "fanout", _time));

        Assert.Equal(batches, runtime.Posts.Count);
        Assert.Equal(Enumerable.Repeat("PutItem", expected), cloud.Calls.Snapshot().Select(static c => c.Operation));
    }

    [Fact]
    public async Task A_source_that_cannot_be_noted_is_no_error()
    {
        await using Cloud cloud = Cloud.Start();
        using var dynamo = new AmazonDynamoDBClient("AKIATEST", "secret", new AmazonDynamoDBConfig { ServiceURL = cloud.Endpoint.AbsoluteUri, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
        Mapping mapping = TestTargets.Mapping(TargetType.Sqs) with { SourceArn = LambdaEvent.Stream, Filter = Never() };
        var source = new Source((_, _) => Task.FromResult(new MappingSet([mapping], [])));

        StubRuntime runtime = await RunAsync(LambdaEvent.Of(LambdaEvent.Kinesis([1])), source, 3, new KnownSources(dynamo, "missing", "fanout", _time));

        Assert.All(runtime.Posts, static p => Assert.Null(p.ErrorType));
        Assert.Equal(["PutItem"], cloud.Calls.Snapshot().Select(static c => c.Operation));
    }

    private static RecordFilter Never()
    {
        Assert.True(RecordFilter.TryParse("""{"partitionKey":["other"]}""", SourceKind.Kinesis, out RecordFilter? none, out _));
        return none;
    }

    private Task<StubRuntime> RunAsync(byte[] json, MappingSet set, params (string, string)[] variables) =>
        RunAsync(json, new Source((_, _) => Task.FromResult(set)), variables);

    private Task<StubRuntime> RunAsync(byte[] json, Source source, params (string, string)[] variables) => RunAsync(json, source, 1, null, variables);

    private Task<StubRuntime> RunAsync(byte[] json, Source source, int times, KnownSources? sources, params (string, string)[] variables) =>
        RunAsync(json, source, times, sources, LogLevel.Info, variables);

    private async Task<StubRuntime> RunAsync(byte[] json, Source source, int times, KnownSources? sources, LogLevel least, params (string, string)[] variables)
    {
        using var done = new CancellationTokenSource();
        using var runtime = new StubRuntime(json, _time.GetUtcNow().AddSeconds(29), done, times);
        using var http = new HttpClient(runtime, disposeHandler: false);
        await using TargetFactory targets = TestTargets.Factory(_time);
        var dispatcher = new Dispatcher(source, targets, new DeliveryOptions(), _time, new Random(1));
        var log = new JsonLog(_log, least, _time);
        var function = new Function(new RuntimeClient(http, "127.0.0.1:9001"), dispatcher, null, FunctionSettingsTests.Read(variables), log, _time) { Sources = sources };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => function.RunAsync(done.Token));
        return runtime;
    }

    private sealed class Source(Func<string, CancellationToken, Task<MappingSet>> read) : IMappingSource
    {
        public Task<MappingSet> ReadAsync(string sourceArn, CancellationToken cancellationToken) => read(sourceArn, cancellationToken);
    }
}
