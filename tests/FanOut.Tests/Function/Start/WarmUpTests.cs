using System.Text;
using Amazon.DynamoDBv2;
using FanOut.Dispatch.Start;
using FanOut.Engine;
using FanOut.Engine.Credentials;
using FanOut.Engine.Logging;
using FanOut.Engine.Mappings;
using FanOut.Engine.Progress;
using FanOut.Engine.Targets;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Http;
using FanOut.Tests.Credentials;
using FanOut.Tests.Targets;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Dispatch.Start;

/// <summary>What is done before the first event comes: of use when it can be, and harmless when not.</summary>
public sealed class WarmUpTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Cloud _cloud = Cloud.Start();
    private readonly List<string> _rehearsed = [];
    private readonly MemoryStream _log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _cloud.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Fact]
    public async Task The_mappings_of_known_sources_are_read_and_their_targets_connected()
    {
        List<string> asked = [];
        await using HttpServer domain = HttpServer.Start((request, _) =>
        {
            asked.Add($"{request.Method} {request.Path} {request.Header("Authorization")}");
            return Task.FromResult(HttpResponse.Text(404, "text/plain", "no such page"));
        });
        using AmazonDynamoDBClient dynamo = Dynamo(_cloud.Endpoint);
        _cloud.Dynamo.CreateTable("t", "sourceArn", "id");
        await new KnownSources(dynamo, "t", "fanout", _time).NoteAsync(LambdaEvent.Stream, Cancellation);
        foreach ((string id, bool active) in new[] { ("on", true), ("off", false) })
        {
            await dynamo.PutItemAsync("t", new()
            {
                ["sourceArn"] = new(LambdaEvent.Stream), ["id"] = new(id), ["type"] = new("es"), ["destination"] = new($"{domain.Endpoint.AbsoluteUri.TrimEnd('/')}#orders"), ["active"] = new() { BOOL = active },
            }, Cancellation);
        }

        MappingCache mappings = await RunAsync(dynamo);

        Assert.Equal(["on"], _rehearsed);
        Assert.Equal(["GET /ping "], asked);
        int queries = Queries;
        Assert.Equal(2, (await mappings.ReadAsync(LambdaEvent.Stream, Cancellation)).Mappings.Count);
        Assert.Equal((2, 2), (queries, Queries));
        Assert.Equal(0, _log.Length);
    }

    [Fact]
    public async Task A_function_that_knows_no_source_asks_the_table_and_rehearses()
    {
        using AmazonDynamoDBClient dynamo = Dynamo(_cloud.Endpoint);
        _cloud.Dynamo.CreateTable("t", "sourceArn", "id");

        await RunAsync(dynamo);

        Assert.Equal(1, Queries);
        Assert.Equal(["none"], _rehearsed);
    }

    [Fact]
    public async Task A_table_that_denies_harms_nothing()
    {
        using AmazonDynamoDBClient dynamo = Dynamo(_cloud.Endpoint);
        _cloud.Faults.Add(new Fault { Kind = FaultKind.Error, Service = "dynamodb", Code = "AccessDeniedException", Status = 400 });

        await RunAsync(dynamo);

        Assert.Equal(["none"], _rehearsed);
        Assert.Contains("\"level\":\"debug\"", Encoding.UTF8.GetString(_log.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_answers_it_ends_in_time_and_rehearses()
    {
        TaskCompletionSource asked = new();
        await using TcpResponder silent = new(async (stream, _) =>
        {
            byte[] request = new byte[4096];
            while (await stream.ReadAsync(request) > 0)
            {
                asked.TrySetResult();
            }
        });
        using AmazonDynamoDBClient dynamo = Dynamo(new Uri($"http://127.0.0.1:{silent.Port}"));

        Task running = RunAsync(dynamo);
        await asked.Task.WaitAsync(Cancellation);
        Assert.False(running.IsCompleted);
        _time.Advance(WarmUp.Longest);
        await running.WaitAsync(Cancellation);

        Assert.Contains("connect", Encoding.UTF8.GetString(_log.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rehearsal_that_does_not_end_is_left_alone()
    {
        using AmazonDynamoDBClient dynamo = Dynamo(_cloud.Endpoint);
        _cloud.Dynamo.CreateTable("t", "sourceArn", "id");
        TaskCompletionSource started = new();

        Task running = RunAsync(dynamo, (_, _) =>
        {
            started.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, Cancellation);
        });
        await started.Task.WaitAsync(Cancellation);
        _time.Advance(WarmUp.Longest);

        await running.WaitAsync(Cancellation);
        Assert.Contains("rehearse", Encoding.UTF8.GetString(_log.ToArray()), StringComparison.Ordinal);
    }

    private int Queries => _cloud.Calls.Snapshot().Count(static c => c.Operation == "Query");

    private static AmazonDynamoDBClient Dynamo(Uri endpoint) => new(
        "AKIATEST", "secret", new AmazonDynamoDBConfig { ServiceURL = endpoint.AbsoluteUri, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });

    private async Task<MappingCache> RunAsync(AmazonDynamoDBClient dynamo, Func<IReadOnlyCollection<Mapping>, CancellationToken, Task>? rehearse = null)
    {
        var mappings = new MappingCache(new DynamoMappingSource(dynamo, "t"), TimeSpan.FromMinutes(1), _time);
        using var clients = new AwsClients(TestTargets.Own, new AssumedRoles(new FakeSts(_time), "fanout", _time), "us-east-1");
        await using var targets = new TargetFactory(clients, _time);
        rehearse ??= (known, _) =>
        {
            _rehearsed.AddRange(known.Count == 0 ? ["none"] : known.Select(static m => m.Id));
            return Task.CompletedTask;
        };
        await new WarmUp(new KnownSources(dynamo, "t", "fanout", _time), mappings, targets, rehearse, new JsonLog(_log, LogLevel.Debug, _time), _time).RunAsync();
        return mappings;
    }
}
