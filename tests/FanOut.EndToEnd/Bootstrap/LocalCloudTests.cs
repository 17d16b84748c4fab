using System.Globalization;
using System.Text;
using System.Text.Json;
using FanOut.EndToEnd.Servers;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.Runtime;

namespace FanOut.EndToEnd.Bootstrap;

/// <summary>The function's program against the stand-in cloud, whole and with faults.</summary>
public sealed class LocalCloudTests : IAsyncDisposable
{
    private const string Source = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";

    private readonly Cloud _cloud = Cloud.Start();
    private readonly LocalFunction _function;

    public LocalCloudTests() => _function = new LocalFunction(new LocalFunctionOptions
    {
        Name = "fanout",
        Program = BootstrapProgram.Path,
        EndpointUrl = _cloud.Endpoint,
        Timeout = TimeSpan.FromSeconds(30),
        Environment = new Dictionary<string, string> { ["FANOUT_BATCH_ITEM_FAILURES"] = "true", ["FANOUT_REFRESH_SECONDS"] = "0", ["FANOUT_PROGRESS"] = "always" },
    });

    [Fact]
    public async Task One_undecodable_one_oversize_and_one_rejected_record_are_reported_and_all_others_delivered()
    {
        Map("es", _cloud.Endpoint.GetLeftPart(UriPartial.Authority) + "#orders", "\"maxItemBytes\":{\"N\":\"500\"}");
        _cloud.Faults.Add(new Fault { Kind = FaultKind.RefuseItems, Service = "es", Positions = [2], Permanent = true });

        string[] data = ["{\"n\":0}", "not JSON", $"{{\"n\":\"{new string('x', 600)}\"}}", "{\"n\":3}", "{\"n\":4}", "{\"n\":5}"];
        InvocationResult result = await _function.InvokeAsync(Event(data), TestContext.Current.CancellationToken);

        Assert.Null(result.FunctionError);
        Assert.Equal(["1", "2", "4"], Failed(result));
        Assert.Equal(["{\"n\":0}", "{\"n\":3}", "{\"n\":5}"], _cloud.OpenSearch.Received.Select(a => a.Text));
        string log = string.Join('\n', _function.Log.Lines);
        Assert.Contains("\"class\":\"Undecodable\"", log, StringComparison.Ordinal);
        Assert.Contains("\"class\":\"Oversize\"", log, StringComparison.Ordinal);
        Assert.Contains("\"class\":\"PermanentItem\"", log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultKind.Throttle)]
    [InlineData(FaultKind.ServerError)]
    [InlineData(FaultKind.CloseBeforeAnswer)]
    [InlineData(FaultKind.CloseInTheMiddle)]
    [InlineData(FaultKind.Malformed)]
    [InlineData(FaultKind.RefuseItems)]
    [InlineData(FaultKind.ExpiredToken)]
    public async Task A_passing_fault_delays_but_loses_and_repeats_nothing(FaultKind kind)
    {
        _cloud.Sqs.CreateQueue("orders");
        _cloud.Kinesis.CreateStream("copy");
        Map("sqs", "https://sqs.us-east-1.amazonaws.com/123456789012/orders", "\"collapse\":{\"S\":\"none\"}");
        Map("kinesis", "copy", "\"parallel\":{\"BOOL\":true}");
        _cloud.Faults.Add(new Fault { Kind = kind, Service = "sqs", Times = 2, Positions = kind == FaultKind.RefuseItems ? [1, 3] : null });
        _cloud.Faults.Add(new Fault { Kind = kind, Service = "kinesis", Operation = "PutRecords", Times = 1, Positions = kind == FaultKind.RefuseItems ? [5] : null });
        string[] data = [.. Enumerable.Range(0, 25).Select(i => $"record {i}")];

        InvocationResult result = await _function.InvokeAsync(Event(data), TestContext.Current.CancellationToken);

        Assert.Empty(Failed(result));
        Assert.Equal(data.Order(), _cloud.Sqs.Received.Select(a => a.Text).Order());
        Assert.Equal(data.Order(), _cloud.Kinesis.Received.Select(a => a.Text).Order());
    }

    [Fact]
    public async Task An_answer_that_is_lost_after_the_records_were_taken_repeats_them_but_loses_none()
    {
        _cloud.Sqs.CreateQueue("orders");
        Map("sqs", "https://sqs.us-east-1.amazonaws.com/123456789012/orders", "\"collapse\":{\"S\":\"none\"}");
        _cloud.Faults.Add(new Fault { Kind = FaultKind.CloseBeforeAnswer, Moment = FaultMoment.After, Service = "sqs", Times = 1 });
        string[] data = [.. Enumerable.Range(0, 5).Select(i => $"record {i}")];

        InvocationResult result = await _function.InvokeAsync(Event(data), TestContext.Current.CancellationToken);

        Assert.Empty(Failed(result));
        Assert.Equal(data, _cloud.Sqs.Received.Select(a => a.Text).Distinct().Order());
        Assert.Equal(10, _cloud.Sqs.Received.Count);
    }

    [Theory]
    [InlineData(FaultKind.ExpiredToken)]
    [InlineData(FaultKind.AccessDenied)]
    public async Task A_session_that_expires_or_is_revoked_between_two_calls_is_renewed_and_nothing_is_lost_or_repeated(FaultKind kind)
    {
        const string Writer = "arn:aws:iam::210987654321:role/writer";
        _cloud.Sts.AddRole(Writer, "ext-1");
        _cloud.Kinesis.CreateStream("copy", accountId: "210987654321");
        Map("kinesis", "copy", $$"""
            "role":{"S":"{{Writer}}"},"externalId":{"S":"ext-1"},"parallel":{"BOOL":false}
            """);
        _cloud.Faults.Add(new Fault { Kind = kind, Service = "kinesis", Operation = "PutRecords", Times = 1, Where = _ => _cloud.Kinesis.Received.Count > 0 });
        string[] data = [.. Enumerable.Range(0, 1_200).Select(i => $"record {i}")];

        InvocationResult result = await _function.InvokeAsync(Event(data), TestContext.Current.CancellationToken);

        Assert.Empty(Failed(result));
        Assert.Equal(data.Order(), _cloud.Kinesis.Received.Select(a => a.Text).Order());
        Assert.Equal(2, _cloud.Sts.Sessions.Count);
    }

    [Fact]
    public async Task A_denied_target_fails_alone()
    {
        _cloud.Sqs.CreateQueue("orders");
        _cloud.Kinesis.CreateStream("copy");
        Map("sqs", "https://sqs.us-east-1.amazonaws.com/123456789012/orders", "\"collapse\":{\"S\":\"none\"}");
        Map("kinesis", "copy", "\"parallel\":{\"BOOL\":true}");
        _cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "sqs" });

        InvocationResult result = await _function.InvokeAsync(Event(["a", "b"]), TestContext.Current.CancellationToken);

        Assert.Equal(["0", "1"], Failed(result));
        Assert.Equal(["a", "b"], _cloud.Kinesis.Received.Select(a => a.Text));
        Assert.Contains("\"class\":\"PermanentTarget\"", string.Join('\n', _function.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_of_a_table_that_Kinesis_brings_late_and_twice_leave_an_index_as_the_table_is_and_what_is_none_is_reported()
    {
        Map("es", _cloud.Endpoint.GetLeftPart(UriPartial.Authority) + "#orders", "\"recordFormat\":{\"S\":\"dynamodb-changes\"},\"convertDDB\":{\"BOOL\":true},\"filter\":{\"S\":\"{\\\"tableName\\\":[\\\"orders\\\"]}\"}");
        string Set(string id, int n) => LambdaEvent.Change("MODIFY", Key(id), $$$"""{"id":{"S":"{{{id}}}"},"n":{"N":"{{{n}}}"}}""", Key(id), 1_720_740_233_000_000 + n);
        string Key(string id) => $$$"""{"id":{"S":"{{{id}}}"}}""";
        string[] happened = [Set("a", 1), Set("b", 2), Set("a", 3), LambdaEvent.Change("REMOVE", Key("b"), null, Key("b"), 1_720_740_233_000_004), Set("c", 5)];

        foreach (string[] batch in new string[][] { [happened[3], happened[2]], [.. happened.Reverse()], [happened[0], "no change", happened[1]] })
        {
            Assert.Equal(batch.Select(static (d, i) => (d, i)).Where(static r => r.d == "no change").Select(static r => $"{r.i}"), Failed(await _function.InvokeAsync(Event(batch), TestContext.Current.CancellationToken)));
        }

        Assert.Equal(["""{"id":"a","n":3}""", """{"id":"c","n":5}"""], _cloud.OpenSearch.Documents("orders").Values.Select(static d => Encoding.UTF8.GetString(d.Source.Span)).Order(StringComparer.Ordinal));
        Assert.Contains("\"code\":\"NotChange\"", string.Join('\n', _function.Log.Lines), StringComparison.Ordinal);
        Assert.Contains("\"superseded\":2", string.Join('\n', _function.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_leave_a_Redis_server_as_the_table_is_too_from_batch_to_batch()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        Map("redis", $"127.0.0.1:{server.Port}", "\"recordFormat\":{\"S\":\"dynamodb-changes\"},\"convertDDB\":{\"BOOL\":true}");
        string Key(string id) => $$$"""{"id":{"S":"{{{id}}}"}}""";
        string Set(string id, int n) => LambdaEvent.Change("MODIFY", Key(id), $$$"""{"id":{"S":"{{{id}}}"},"n":{"N":"{{{n}}}"}}""", Key(id), 1_720_740_233_000_000 + n);
        string[] happened = [Set("a", 1), Set("b", 2), Set("a", 3), LambdaEvent.Change("REMOVE", Key("b"), null, Key("b"), 1_720_740_233_000_004)];

        foreach (string[] batch in new string[][] { [happened[3], happened[2]], [happened[0], happened[1]], [.. happened] })
        {
            Assert.Empty(Failed(await _function.InvokeAsync(Event(batch), TestContext.Current.CancellationToken)));
            Assert.Equal("+OK", await server.AskAsync("SCRIPT FLUSH"));
        }

        Assert.Equal("$16", await server.AskAsync("GET a"));
        Assert.Equal("$-1", await server.AskAsync("GET b"));
        Assert.Equal(":3", await server.AskAsync("DBSIZE"));
        Assert.Contains("\"superseded\":2", string.Join('\n', _function.Log.Lines), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _function.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    private void Map(string type, string destination, string more) =>
        (_cloud.Dynamo.Find("fanoutTargets") ?? _cloud.Dynamo.CreateTable("fanoutTargets", "sourceArn", "id")).Put($$"""
            {"sourceArn":{"S":"{{Source}}"},"id":{"S":"{{type}}"},"type":{"S":"{{type}}"},"destination":{"S":"{{destination}}"},"active":{"BOOL":true},{{more}}}
            """);

    private static ReadOnlyMemory<byte> Event(IEnumerable<string> data) => Encoding.UTF8.GetBytes("{\"Records\":[" + string.Join(',', data.Select((d, i) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"kinesis":{"partitionKey":"key-{{i}}","sequenceNumber":"{{i}}","data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(d))}}"},"eventSource":"aws:kinesis","eventSourceARN":"{{Source}}"}"""))) + "]}");

    private static string[] Failed(InvocationResult result)
    {
        using JsonDocument answer = JsonDocument.Parse(result.Payload);
        return [.. answer.RootElement.GetProperty("batchItemFailures").EnumerateArray().Select(f => f.GetProperty("itemIdentifier").GetString()!)];
    }
}
