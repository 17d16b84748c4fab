using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Progress;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Faults;
using FanOut.Tests.Batching;
using FanOut.Tests.Targets;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Progress;

public sealed class ProgressTableTests : IAsyncDisposable
{
    private readonly Cloud _cloud = Cloud.Start();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));
    private readonly AmazonDynamoDBClient _client;
    private readonly ProgressTable _table;
    private readonly RecordGroup _batch = Batch(0, 10);

    public ProgressTableTests()
    {
        _cloud.Dynamo.CreateTable("Targets", "sourceArn", "id");
        _client = new AmazonDynamoDBClient(
            new BasicAWSCredentials("AKIDTEST", "secret"),
            new AmazonDynamoDBConfig { ServiceURL = _cloud.Endpoint.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
        _table = new ProgressTable(_client, "Targets", _time);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _cloud.DisposeAsync();
    }

    [Fact]
    public async Task What_each_mapping_has_is_found_by_the_next_invocation_of_the_batch()
    {
        Outcome[] outcomes = [Outcome("a", failed: [3]), Outcome("b"), Outcome("c"), Outcome("d", failed: [.. Enumerable.Range(0, 10)])];

        Assert.Null(await WriteAsync(3, outcomes));
        RecordGroup again = Batch(3, 10);
        BatchProgress progress = await ReadAsync(again);

        Assert.Equal(1, progress.Attempt);
        Assert.Equal([false, true, true, true, true, true, true], progress.Of(outcomes[0].Mapping)!);
        Assert.Equal(Enumerable.Repeat(true, 7), progress.Of(outcomes[1].Mapping));
        Assert.Same(progress.Of(outcomes[1].Mapping), progress.Of(outcomes[2].Mapping));
        Assert.Null(progress.Of(outcomes[3].Mapping));
    }

    [Fact]
    public async Task The_note_stands_beside_the_mappings_and_is_none()
    {
        await WriteAsync(3, [Outcome("a", failed: [3])]);

        Dictionary<string, AttributeValue> item = Assert.Single((await _client.ScanAsync(new ScanRequest("Targets"), TestContext.Current.CancellationToken)).Items);

        Assert.True(MappingReader.IsReserved(item));
        Assert.Equal(("#progress:" + TestPayloads.Source, "#3"), (item["sourceArn"].S, item["id"].S));
        Assert.Equal($"{_time.GetUtcNow().AddDays(2).ToUnixTimeSeconds()}", item["expires"].N);
    }

    [Fact]
    public async Task Nothing_delivered_behind_the_first_failure_needs_no_note()
    {
        await WriteAsync(3, [Outcome("a", failed: [3, 4, 5, 6, 7, 8, 9])]);
        Assert.Empty((await _client.ScanAsync(new ScanRequest("Targets"), TestContext.Current.CancellationToken)).Items);
    }

    [Fact]
    public async Task A_mapping_that_was_turned_to_another_destination_lacks_everything()
    {
        Outcome a = Outcome("a", failed: [0]);
        await WriteAsync(0, [a]);
        Mapping turned = a.Mapping with { Destination = TestTargets.Mapping(TargetType.Kinesis, "other").Destination };
        Assert.Null((await ReadAsync(_batch)).Of(turned));
    }

    [Fact]
    public async Task An_older_note_does_not_replace_a_newer_one()
    {
        Outcome newer = Outcome("a", failed: [3]), older = Outcome("a", failed: [3, 4, 5]);
        await WriteAsync(3, [newer], BatchProgress.None with { Attempt = 1 });

        Assert.Null(await WriteAsync(3, [older]));

        Assert.Equal(6, (await ReadAsync(Batch(3, 10))).Of(newer.Mapping)!.Count(d => d));
    }

    [Fact]
    public async Task A_table_that_denies_is_named_and_left_alone_for_a_minute()
    {
        _cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "dynamodb" });

        string problem = (await ReadAsync(_batch)).Problem!;
        BatchProgress quiet = await ReadAsync(_batch);
        _time.Advance(TimeSpan.FromMinutes(1));
        BatchProgress later = await ReadAsync(_batch);

        Assert.StartsWith("Progress could not be read in table Targets, so what was delivered may be sent again.", problem, StringComparison.Ordinal);
        Assert.EndsWith("Allow the function's role dynamodb:GetItem on the table (Publish-FanOutFunction does), or set FANOUT_PROGRESS to false.", problem, StringComparison.Ordinal);
        Assert.Null(quiet.Problem);
        Assert.NotNull(later.Problem);
    }

    [Fact]
    public async Task A_table_that_is_not_there_loses_nothing_but_the_note()
    {
        var missing = new ProgressTable(_client, "Missing", _time);
        Assert.NotNull((await missing.ReadAsync(_batch, TestContext.Current.CancellationToken)).Problem);
        Assert.StartsWith(
            "Progress could not be noted in table Missing", await missing.WriteAsync(_batch, 0, [Outcome("a", failed: [0])], BatchProgress.None, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.9, false)]
    [InlineData(2.1, true)]
    public async Task A_batch_that_is_too_young_to_have_come_before_is_not_looked_up(double age, bool isLookedUp)
    {
        await WriteAsync(0, [Outcome("a", failed: [3])]);
        var table = new ProgressTable(_client, "Targets", _time, TimeSpan.FromSeconds(2));
        BatchProgress progress = await table.ReadAsync(Arrived(age), TestContext.Current.CancellationToken);
        Assert.Equal(isLookedUp ? 1 : 0, progress.Attempt);
    }

    [Theory]
    [InlineData(0.5, 2.0)]
    [InlineData(2.5, 0)]
    public async Task An_answer_waits_until_the_batch_will_be_looked_up(double age, double wait)
    {
        var table = new ProgressTable(_client, "Targets", _time, TimeSpan.FromSeconds(2));
        RecordGroup batch = Arrived(age);
        Task<string?> noting = table.WriteAsync(batch, 0, [Outcome("a", failed: [3])], BatchProgress.None, TestContext.Current.CancellationToken);
        await _cloud.Calls.WaitForAsync(calls => calls.Any(c => c.Operation == "PutItem"), TestContext.Current.CancellationToken);
        if (wait > 0)
        {
            while (!noting.IsCompleted)
            {
                _time.Advance(TimeSpan.FromSeconds(0.5));
                await Task.Yield();
            }
        }

        Assert.Null(await noting);
        Assert.True(_time.GetUtcNow() - _time.Start >= TimeSpan.FromSeconds(wait));
    }

    [Fact]
    public async Task An_answer_does_not_wait_beyond_its_time()
    {
        var table = new ProgressTable(_client, "Targets", _time, TimeSpan.FromSeconds(2));
        using var noting = new CancellationTokenSource(TimeSpan.FromSeconds(1), _time);
        Task<string?> writing = table.WriteAsync(Arrived(0), 0, [Outcome("a", failed: [3])], BatchProgress.None, noting.Token);
        await _cloud.Calls.WaitForAsync(calls => calls.Any(c => c.Operation == "PutItem"), TestContext.Current.CancellationToken);
        await noting.CancelAsync();
        await writing;
    }

    private RecordGroup Arrived(double secondsAgo)
    {
        string arrival = ((_time.GetUtcNow().AddSeconds(-secondsAgo).ToUnixTimeMilliseconds()) / 1000.0).ToString("0.000", System.Globalization.CultureInfo.InvariantCulture);
        return new(TestPayloads.Source, SourceKind.Kinesis, [.. Enumerable.Range(0, 10).Select(n => new StreamRecord
        {
            SequenceNumber = Encoding.ASCII.GetBytes($"{n}"),
            Raw = Encoding.ASCII.GetBytes($$"""{"kinesis":{"approximateArrivalTimestamp":{{arrival}}} }"""),
        })]);
    }

    private static RecordGroup Batch(int first, int end) => new(
        TestPayloads.Source, SourceKind.Kinesis, [.. Enumerable.Range(first, end - first).Select(n => new StreamRecord { SequenceNumber = Encoding.ASCII.GetBytes($"{n}") })]);

    private static Outcome Outcome(string id, params int[] failed) => FanOut.Engine.Delivery.Outcome.WithoutBatch(
        TestTargets.Mapping(TargetType.Kinesis, id: id), 10, [.. Enumerable.Range(0, 10).Select(n => !failed.Contains(n))], new Failure(FailureClass.PermanentTarget, "Denied", "denied"));

    private Task<string?> WriteAsync(int first, Outcome[] outcomes, BatchProgress? before = null) =>
        _table.WriteAsync(_batch, first, outcomes, before ?? BatchProgress.None, TestContext.Current.CancellationToken);

    private Task<BatchProgress> ReadAsync(RecordGroup batch) => _table.ReadAsync(batch, TestContext.Current.CancellationToken);
}
