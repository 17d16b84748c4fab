using System.Globalization;
using System.Text.Json.Nodes;
using FanOut.EndToEnd.Bootstrap;
using FanOut.EndToEnd.Chaos;
using FanOut.EndToEnd.Engine;
using FanOut.LocalCloud;
using FanOut.LocalCloud.DynamoDb;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.Runtime;

namespace FanOut.EndToEnd.Memory;

/// <summary>
/// docs/delivery.md promises that 128 MB are enough for an event of 6 MB, whatever becomes of it: the most memory that the function's process ever had
/// resident (VmHWM), over several events, is asserted. The rest of the 128 MB is Lambda's own and the system's.
/// </summary>
public sealed class MemoryTests : IAsyncDisposable
{
    private const int MostMegabytes = 110, Events = 3;

    // Log events of healthy targets are the most that there is to unpack, write and send: what they take grows for longest.
    private const int EventsOfLogs = 10;

    private const string NoFailures = """{"batchItemFailures":[]}""";

    // As far away as services are: calls of all targets are under way at the same time.
    private static readonly TimeSpan Distance = TimeSpan.FromMilliseconds(25);

    private static readonly string[] Types = ["kinesis", "firehose", "sqs", "sns", "lambda", "iot", "es", "kinesis", "sqs", "lambda"];

    private readonly Cloud _cloud = Cloud.Start();
    private readonly LambdaService _lambda;
    private readonly DynamoTable _table;
    private readonly ITestOutputHelper _output;

    public MemoryTests(ITestOutputHelper output)
    {
        _output = output;
        _lambda = new LambdaService(LambdaServiceOptions.Of(_cloud));
        _cloud.Add(_lambda);
        _table = _cloud.Dynamo.CreateTable("fanoutTargets", "sourceArn", "id");
        _cloud.Faults.Add(new Fault { Kind = FaultKind.Slow, Delay = Distance, Where = static call => call.Service is not ("dynamodb" or "monitoring") });
    }

    private static string Stream => StreamEvent.StreamArn("orders");

    private static string Table => StreamEvent.TableArn("orders");

    [Theory]
    [InlineData("ten healthy targets", "kinesis", "JSON", false, null)]
    [InlineData("ten healthy targets, large records", "large", "JSON", false, null)]
    [InlineData("ten healthy targets, concat-b64", "kinesis", "concat-b64", false, null)]
    [InlineData("ten healthy targets, DynamoDB conversion", "dynamo", "JSON", false, null)]
    [InlineData("ten healthy targets, DynamoDB changes through Kinesis", "changes", "JSON", false, null)]
    [InlineData("ten healthy targets, KPL aggregates", "kpl", "JSON", false, null)]
    [InlineData("ten healthy targets, log events", "logs", "JSON", false, null)]
    [InlineData("ten denied targets, S3 dead letters, log events", "logs", "JSON", true, "s3")]
    [InlineData("ten denied targets, blocking", "kinesis", "JSON", true, null)]
    [InlineData("ten denied targets, blocking, KPL aggregates", "kpl", "JSON", true, null)]
    [InlineData("ten denied targets, S3 dead letters", "kinesis", "JSON", true, "s3")]
    [InlineData("ten denied targets, SQS dead letters", "kinesis", "JSON", true, "sqs")]
    [InlineData("ten denied targets, S3 dead letters, KPL aggregates", "kpl", "JSON", true, "s3")]
    [InlineData("ten denied targets, S3 dead letters, DynamoDB conversion", "dynamo", "JSON", true, "s3")]
    [InlineData("ten denied targets, S3 dead letters, DynamoDB changes through Kinesis", "changes", "JSON", true, "s3")]
    public async Task An_event_of_6_MB_takes_no_more_than_110_MB(string name, string source, string collapse, bool isDenied, string? deadLetter)
    {
        Assert.SkipWhen(
            string.IsNullOrEmpty(Environment.GetEnvironmentVariable(BootstrapProgram.Variable)),
            $"The promise is about the published program: name it in {BootstrapProgram.Variable}.");
        string? letters = deadLetter is null ? null : new CloudPlace(_cloud, _lambda, deadLetter, "letters").Destination;
        for (int i = 0; i < Types.Length; i++)
        {
            Map(i, source, collapse, isDenied, letters);
        }

        await using LocalFunction function = Function();
        var peaks = new List<long>();
        int records = 0, events = source == "logs" && !isDenied ? EventsOfLogs : Events;
        for (int i = 0; i < events; i++)
        {
            LargeEvent next = EventOf(source, i);
            records = next.Records;
            InvocationResult answer = await function.InvokeAsync(next.Json, TestContext.Current.CancellationToken);
            Assert.Equal((null, isDenied && deadLetter is null), (answer.FunctionError, answer.Payload.Length > NoFailures.Length));
            peaks.Add(function.PeakResidentBytes / (1024 * 1024));
            Forget();
        }

        CheckEach(function, records, isDenied ? deadLetter is null ? null : "deadLettered" : "delivered");
        Figures.Write(_output, "memory-" + name.Replace(", ", "-", StringComparison.Ordinal).Replace(' ', '-'), string.Create(
            CultureInfo.InvariantCulture, $"memory: {name}: {peaks[0]} MB after the first, {peaks[^1]} MB after {events} events of 6 MB, {records} records each"));
        Assert.InRange(peaks[^1], 1, MostMegabytes);
    }

    [Fact]
    public async Task Records_that_unpack_to_more_than_there_is_memory_for_fail_and_take_nothing_with_them()
    {
        Assert.SkipWhen(
            string.IsNullOrEmpty(Environment.GetEnvironmentVariable(BootstrapProgram.Variable)),
            $"The promise is about the published program: name it in {BootstrapProgram.Variable}.");
        for (int i = 0; i < Types.Length; i++)
        {
            Map(i, "bombs", "JSON", false, null);
        }

        await using LocalFunction function = Function();
        for (int i = 0; i < Events; i++)
        {
            InvocationResult answer = await function.InvokeAsync(LargeEvent.Bombs(Stream, (4 * 1024 * 1024) - 64, 5).Json, TestContext.Current.CancellationToken);
            Assert.Equal((null, true), (answer.FunctionError, answer.Payload.Length > NoFailures.Length));
            Forget();
        }

        long peak = function.PeakResidentBytes / (1024 * 1024);
        _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory: {peak} MB"));
        Assert.Contains("TooLargeUnpacked", function.Log.Lines.Last(static l => l.Contains("\"sources\":", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.InRange(peak, 1, MostMegabytes);
    }

    public async ValueTask DisposeAsync()
    {
        await _lambda.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    private static LargeEvent EventOf(string source, int i) => source switch
    {
        "kpl" => LargeEvent.Aggregates(Stream, 120, 100, i * 10_000),
        "dynamo" => LargeEvent.Dynamo(Table, 200, i * 10_000),
        "logs" => LargeEvent.Logs(Stream, 300, 50, i * 10_000),
        "changes" => LargeEvent.Changes(Stream, 200, i * 10_000),
        "large" => LargeEvent.Kinesis(Stream, 100_000, i * 10_000),
        _ => LargeEvent.Kinesis(Stream, 200, i * 10_000),
    };

    private void Map(int i, string source, string collapse, bool isDenied, string? letters)
    {
        string type = Types[i], id = $"{type}-{i}";
        var place = new CloudPlace(_cloud, _lambda, type, id);
        if (isDenied)
        {
            place.Trouble(Trouble.Denied, 0, 1, []);
        }

        bool isVariant = i >= 7;
        _table.Put($$"""
            {"sourceArn":{"S":"{{(source == "dynamo" ? Table : Stream)}}"},"id":{"S":"{{id}}"},"type":{"S":"{{type}}"},"destination":{"S":"{{place.Destination}}"},
            "active":{"BOOL":true},"collapse":{"S":"{{(isVariant && collapse == "JSON" ? "concat" : collapse)}}"},"passthrough":{"BOOL":{{(isVariant ? "true" : "false")}}},
            "appendNewlines":{"BOOL":{{(type == "firehose" ? "true" : "false")}}},"deaggregate":{"BOOL":{{(source == "kpl" ? "true" : "false")}}},"unpack":{"S":"{{(source is "logs" or "bombs" ? "cloudWatchLogs" : "none")}}"},
            "convertDDB":{"BOOL":{{(source is "dynamo" or "changes" ? "true" : "false")}}},"recordFormat":{"S":"{{(source == "changes" ? "dynamodb-changes" : "raw")}}"},"view":{"S":"{{(isVariant ? "both" : "newImage")}}"},
            "deadLetter":{{(letters is null ? "{\"NULL\":true}" : $"{{\"S\":\"{letters}\"}}")}}}
            """);
    }

    private LocalFunction Function() => new(new LocalFunctionOptions
    {
        Name = "fanout",
        Program = BootstrapProgram.Path,
        EndpointUrl = _cloud.Endpoint,
        Timeout = TimeSpan.FromMinutes(5),
        Environment = new Dictionary<string, string> { ["FANOUT_BATCH_ITEM_FAILURES"] = "true" },
    });

    private void Forget()
    {
        _cloud.Calls.Clear();
        _cloud.Kinesis.Received.Clear();
        _cloud.Firehose.Received.Clear();
        _cloud.Sqs.Received.Clear();
        _cloud.Sns.Received.Clear();
        _cloud.Iot.Received.Clear();
        _cloud.OpenSearch.Received.Clear();
        _cloud.S3.Received.Clear();
    }

    private static void CheckEach(LocalFunction function, int records, string? count)
    {
        JsonNode batch = JsonNode.Parse(function.Log.Lines.Last(static l => l.Contains("\"sources\":", StringComparison.Ordinal)))!;
        foreach (JsonNode? target in batch["sources"]![0]!["targets"]!.AsArray())
        {
            // An ordinary lambda target gets the event's own records, aggregates among them.
            int expected = count is null ? 0 : (string?)target!["id"] == "lambda-4" ? (int)batch["sources"]![0]!["records"]! : records;
            Assert.Equal(expected, (int)(target![count ?? "delivered"] ?? 0)!);
        }
    }
}
