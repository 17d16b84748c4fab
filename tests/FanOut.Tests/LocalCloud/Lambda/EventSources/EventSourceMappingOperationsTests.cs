using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.EventSources;
using FanOut.LocalCloud.Streams;

namespace FanOut.Tests.LocalCloud.Lambda.EventSources;

public sealed class EventSourceMappingOperationsTests : IAsyncLifetime
{
    private const int Timeout = 60_000;
    private const string Minimal = $$"""{"EventSourceArn":"{{Shards.KinesisArn}}","FunctionName":"fanout","StartingPosition":"TRIM_HORIZON"}""";

    private readonly EventStream _stream = Shards.Stream(3);
    private readonly ConcurrentQueue<(string Arn, DiscardedBatch Batch)> _sent = new();
    private readonly RecordingFunction _function = new();
    private readonly LambdaService _service;
    private readonly LambdaCaller _lambda;

    public EventSourceMappingOperationsTests()
    {
        _service = new(new()
        {
            TimeProvider = new SteppedTime(),
            RetryBaseDelay = TimeSpan.Zero,
            FindStream = arn => arn == _stream.Arn ? _stream : arn == Shards.DynamoDBArn ? Shards.Stream(0, Shards.DynamoDBArn) : null,
            SendToDestination = (arn, batch) =>
            {
                _sent.Enqueue((arn, batch));
                return Task.CompletedTask;
            },
        });
        _service.Add("fanout", _function);
        _lambda = new(_service);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact(Timeout = Timeout)]
    public async Task A_mapping_is_creating_then_enabled_and_delivers()
    {
        var created = await _lambda.CallAsync("POST", "/", Minimal, status: 202);
        var id = created.GetProperty("UUID").GetString()!;
        await _service.EventSourceMappings[id].WhenIdleAsync(Token);
        var found = await _lambda.CallAsync("GET", $"/{id}");

        Assert.Equal("Creating", created.GetProperty("State").GetString());
        Assert.Equal(("Enabled", "OK"), (found.GetProperty("State").GetString(), found.GetProperty("LastProcessingResult").GetString()));
        Assert.StartsWith("{\"Records\":[{", Encoding.UTF8.GetString(Assert.Single(_function.Invocations).Payload.Span), StringComparison.Ordinal);
        Assert.Equal($"arn:aws:lambda:us-east-1:123456789012:event-source-mapping:{id}", found.GetProperty("EventSourceMappingArn").GetString());
        Assert.Equal("arn:aws:lambda:us-east-1:123456789012:function:fanout", found.GetProperty("FunctionArn").GetString());
    }

    [Fact(Timeout = Timeout)]
    public async Task All_settings_come_back_as_they_were_given()
    {
        const string Settings = """
            "BatchSize":500,"MaximumBatchingWindowInSeconds":5,"ParallelizationFactor":4,"MaximumRecordAgeInSeconds":3600,"MaximumRetryAttempts":7,
            "BisectBatchOnFunctionError":true,"FunctionResponseTypes":["ReportBatchItemFailures"],
            "DestinationConfig":{"OnFailure":{"Destination":"arn:aws:sqs:eu-central-1:123456789012:failed"}}
            """;

        var created = await _lambda.CallAsync("POST", "", $$"""
            {"EventSourceArn":"{{Shards.KinesisArn}}","FunctionName":"fanout:live","Enabled":false,
            "StartingPosition":"AT_TIMESTAMP","StartingPositionTimestamp":1767225600.5,{{Settings}}}
            """, status: 202);
        var found = await _lambda.CallAsync("GET", "/" + created.GetProperty("UUID").GetString());

        Assert.Equal("Disabled", found.GetProperty("State").GetString());
        Assert.Equal(("AT_TIMESTAMP", 1767225600.5m), (found.GetProperty("StartingPosition").GetString(), found.GetProperty("StartingPositionTimestamp").GetDecimal()));
        Assert.Equal("arn:aws:lambda:us-east-1:123456789012:function:fanout:live", found.GetProperty("FunctionArn").GetString());
        foreach (var setting in JsonDocument.Parse($"{{{Settings}}}").RootElement.EnumerateObject())
        {
            Assert.Equal(setting.Value.GetRawText(), found.GetProperty(setting.Name).GetRawText());
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task The_defaults_are_Lambdas()
    {
        var created = await _lambda.CallAsync("POST", "", Minimal, status: 202);

        Assert.Equal((100, 0, 1, -1, -1), (Number("BatchSize"), Number("MaximumBatchingWindowInSeconds"), Number("ParallelizationFactor"),
            Number("MaximumRecordAgeInSeconds"), Number("MaximumRetryAttempts")));
        Assert.False(created.GetProperty("BisectBatchOnFunctionError").GetBoolean());
        Assert.Equal("[]", created.GetProperty("FunctionResponseTypes").GetRawText());

        int Number(string name) => created.GetProperty(name).GetInt32();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_mapping_is_disabled_changed_enabled_and_deleted()
    {
        var id = (await _lambda.CallAsync("POST", "", Minimal, status: 202)).GetProperty("UUID").GetString()!;
        var mapping = _service.EventSourceMappings[id];
        await mapping.WhenIdleAsync(Token);

        var disabling = await _lambda.CallAsync("PUT", $"/{id}", """{"Enabled":false}""", status: 202);
        Assert.Equal("Disabling", disabling.GetProperty("State").GetString());
        await UntilAsync(id, "Disabled");
        var updating = await _lambda.CallAsync("PUT", $"/{id}", """{"BatchSize":1,"FunctionName":"fanout"}""", status: 202);
        Assert.Equal("Updating", updating.GetProperty("State").GetString());
        await UntilAsync(id, "Disabled");
        _stream.Shards[0].Append(4, 2);
        var enabling = await _lambda.CallAsync("PUT", $"/{id}", """{"Enabled":true}""", status: 202);
        Assert.Equal("Enabling", enabling.GetProperty("State").GetString());
        await mapping.WhenIdleAsync(Token);
        Assert.Equal(3, _function.Invocations.Count);

        var deleting = await _lambda.CallAsync("DELETE", $"/{id}", status: 202);
        Assert.Equal("Deleting", deleting.GetProperty("State").GetString());
        while (_service.EventSourceMappings.Count > 0)
        {
            await Task.Yield();
        }

        Assert.StartsWith("404 ResourceNotFoundException", await _lambda.RefusalAsync("GET", $"/{id}"), StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_mapping_that_waits_for_an_invocation_cannot_be_changed_yet()
    {
        var arrived = new TaskCompletionSource();
        var blocked = new TaskCompletionSource<InvocationResult>();
        _service.Add("slow", new ScriptedFunction(_ =>
        {
            arrived.SetResult();
            return blocked.Task;
        }));
        var id = (await _lambda.CallAsync("POST", "", Minimal.Replace("fanout", "slow", StringComparison.Ordinal), status: 202))
            .GetProperty("UUID").GetString()!;
        await arrived.Task;

        await _lambda.CallAsync("PUT", $"/{id}", """{"Enabled":false}""", status: 202);
        Assert.Equal("Disabling", (await _lambda.CallAsync("GET", $"/{id}")).GetProperty("State").GetString());
        Assert.StartsWith("400 ResourceInUseException", await _lambda.RefusalAsync("DELETE", $"/{id}"), StringComparison.Ordinal);
        blocked.SetResult(ScriptedFunction.Success());
        await UntilAsync(id, "Disabled");

        Assert.Equal(3, _service.EventSourceMappings[id].Progress.Delivered);
    }

    [Fact(Timeout = Timeout)]
    public async Task Mappings_are_listed_by_source_and_function_page_by_page()
    {
        _service.Add("other", new RecordingFunction());
        await _lambda.CallAsync("POST", "", Minimal, status: 202);
        await _lambda.CallAsync("POST", "", Minimal.Replace("fanout", "other", StringComparison.Ordinal), status: 202);
        await _lambda.CallAsync("POST", "", Minimal.Replace(Shards.KinesisArn, Shards.DynamoDBArn, StringComparison.Ordinal), status: 202);

        Assert.Equal(3, await CountAsync(""));
        Assert.Equal(2, await CountAsync("FunctionName=fanout"));
        Assert.Equal(2, await CountAsync($"EventSourceArn={Uri.EscapeDataString(Shards.KinesisArn)}"));
        Assert.Equal(1, await CountAsync($"EventSourceArn={Uri.EscapeDataString(Shards.DynamoDBArn)}&FunctionName=fanout"));

        var first = await _lambda.CallAsync("GET", "", query: "MaxItems=2");
        var rest = await _lambda.CallAsync("GET", "", query: $"MaxItems=2&Marker={first.GetProperty("NextMarker").GetString()}");
        Assert.Equal((2, 1), (first.GetProperty("EventSourceMappings").GetArrayLength(), rest.GetProperty("EventSourceMappings").GetArrayLength()));
        Assert.False(rest.TryGetProperty("NextMarker", out _));

        async Task<int> CountAsync(string query) =>
            (await _lambda.CallAsync("GET", "", query: query)).GetProperty("EventSourceMappings").GetArrayLength();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_consumers_ARN_reads_its_stream()
    {
        const string Consumer = Shards.KinesisArn + "/consumer/fanout:1700000000";

        var created = await _lambda.CallAsync("POST", "", Minimal.Replace(Shards.KinesisArn, Consumer, StringComparison.Ordinal), status: 202);
        await _service.EventSourceMappings[created.GetProperty("UUID").GetString()!].WhenIdleAsync(Token);

        Assert.Equal(Consumer, created.GetProperty("EventSourceArn").GetString());
        Assert.Single(_function.Invocations);
    }

    [Fact(Timeout = Timeout)]
    public async Task Discarded_batches_reach_the_destination_of_the_mapping()
    {
        _service.Add("broken", new ScriptedFunction(_ => ScriptedFunction.Failure()));
        var created = await _lambda.CallAsync("POST", "", $$$"""
            {"EventSourceArn":"{{{Shards.KinesisArn}}}","FunctionName":"broken","StartingPosition":"TRIM_HORIZON","MaximumRetryAttempts":0,
            "DestinationConfig":{"OnFailure":{"Destination":"arn:aws:sqs:eu-central-1:123456789012:failed"} } }
            """, status: 202);
        await _service.EventSourceMappings[created.GetProperty("UUID").GetString()!].WhenIdleAsync(Token);

        var (arn, batch) = Assert.Single(_sent);
        Assert.Equal(("arn:aws:sqs:eu-central-1:123456789012:failed", "1", "3"), (arn, batch.StartSequenceNumber, batch.EndSequenceNumber));
        Assert.Same(batch, Assert.Single(_service.Discarded));
    }

    [Fact(Timeout = Timeout)]
    public async Task The_same_source_and_function_are_mapped_once()
    {
        var id = (await _lambda.CallAsync("POST", "", Minimal, status: 202)).GetProperty("UUID").GetString()!;

        var refusal = await _lambda.RefusalAsync("POST", "", Minimal);

        Assert.StartsWith("409 ResourceConflictException", refusal, StringComparison.Ordinal);
        Assert.EndsWith(id, refusal, StringComparison.Ordinal);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("orders", "nosuch", "400 InvalidParameterValueException: Stream not found: ")]
    [InlineData("\"fanout\"", "\"nobody\"", "404 ResourceNotFoundException: Function not found: ")]
    [InlineData("TRIM_HORIZON", "FIRST", "400 InvalidParameterValueException: StartingPosition is 'FIRST'")]
    [InlineData("\"StartingPosition\"", "\"Position\"", "400 InvalidParameterValueException: 1 validation error detected: Value null at 'startingPosition'")]
    [InlineData("}", ",\"BatchSize\":10001}", "400 InvalidParameterValueException: BatchSize is 10001")]
    [InlineData("}", ",\"FunctionResponseTypes\":[\"All\"]}", "400 InvalidParameterValueException: FunctionResponseTypes has 'All'")]
    [InlineData("}", ",\"FilterCriteria\":{\"Filters\":[{\"Pattern\":\"{}\"}]}}", "400 InvalidParameterValueException: This stand-in of Lambda does not have FilterCriteria")]
    [InlineData("}", ",\"TumblingWindowInSeconds\":30}", "400 InvalidParameterValueException: This stand-in of Lambda does not have TumblingWindowInSeconds")]
    public async Task A_request_that_cannot_be_met_is_refused_with_the_reason(string part, string instead, string refusal) => Assert.StartsWith(
        refusal, await _lambda.RefusalAsync("POST", "", Minimal.Replace(part, instead, StringComparison.Ordinal)), StringComparison.Ordinal);

    private async Task UntilAsync(string id, string state)
    {
        while ((await _lambda.CallAsync("GET", $"/{id}")).GetProperty("State").GetString() != state)
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
