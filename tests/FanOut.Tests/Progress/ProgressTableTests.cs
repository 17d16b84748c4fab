using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Progress;
using FanOut.Engine.Targets;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Faults;
using FanOut.Tests.Batching;
using FanOut.Tests.Delivery;
using FanOut.Tests.Targets;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Progress;

public sealed class ProgressTableTests : IAsyncDisposable
{
    private readonly Cloud _cloud = Cloud.Start();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));
    private readonly AmazonDynamoDBClient _client;
    private readonly ProgressTable _table;

    public ProgressTableTests()
    {
        _cloud.Dynamo.CreateTable("Targets", "sourceArn", "id");
        _client = new AmazonDynamoDBClient(
            new BasicAWSCredentials("AKIDTEST", "secret"),
            new AmazonDynamoDBConfig { ServiceURL = _cloud.Endpoint.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
        _table = Table();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _cloud.DisposeAsync();
    }

    [Theory]
    [InlineData(0, 32)]
    [InlineData(3, 32)]
    [InlineData(0, 16)]
    [InlineData(16, 32)]
    [InlineData(8, 24)]
    [InlineData(31, 32)]
    [InlineData(8, 40)]
    public async Task What_each_mapping_has_is_found_again_wherever_the_next_batch_begins_and_ends(int first, int end)
    {
        Outcome[] outcomes = [Outcome(32, "a", failed: [3, 20]), Outcome(32, "b"), Outcome(32, "c", failed: [.. Enumerable.Range(0, 32)])];
        Assert.Null(await WriteAsync(Batch(0, 32), 3, outcomes));

        BatchProgress progress = await ReadAsync(Batch(first, end));

        Assert.Equal(Enumerable.Range(first, end - first).Select(n => n is < 32 and not 3 and not 20), Of(progress, outcomes[0]));
        Assert.Equal(Enumerable.Range(first, end - first).Select(n => n is < 32), Of(progress, outcomes[1]));
        Assert.Null(progress.Of(outcomes[2].Mapping));
        Assert.True(progress.IsNoted);
    }

    [Fact]
    public async Task What_several_notes_know_is_put_together()
    {
        // As lanes of one shard do, with a record each in turn.
        await WriteAsync(Batch([0, 2, 4]), 0, [Outcome(3, "a", failed: [0])]);
        await WriteAsync(Batch([1, 3, 5]), 0, [Outcome(3, "a", failed: [2])]);
        await WriteAsync(Batch([4, 5]), 0, [Outcome(2, "b")]);

        BatchProgress progress = await ReadAsync(Batch(0, 6));

        Assert.Equal([false, true, true, true, true, false], Of(progress, Outcome(3, "a")));
        Assert.Equal([false, false, false, false, true, true], Of(progress, Outcome(3, "b")));
    }

    [Fact]
    public async Task The_note_stands_beside_the_mappings_and_is_none()
    {
        await WriteAsync(Batch(0, 10), 3, [Outcome(10, "a", failed: [3])]);

        Dictionary<string, AttributeValue> item = Assert.Single(await NotesAsync());

        Assert.True(MappingReader.IsReserved(item));
        Assert.Equal(("#progress:" + LambdaEvent.Stream, "#shardId-000000000007#004,1009"), (item["sourceArn"].S, item["id"].S));
        Assert.Equal($"{_time.GetUtcNow().AddDays(2).ToUnixTimeSeconds()}", item["expires"].N);
    }

    [Fact]
    public async Task Nothing_delivered_needs_no_note()
    {
        await WriteAsync(Batch(0, 2), 0, [Outcome(2, "a", failed: [0, 1])]);
        Assert.Empty(await NotesAsync());
    }

    [Fact]
    public async Task A_mapping_that_is_not_active_for_a_while_keeps_what_it_has()
    {
        RecordGroup batch = Batch(0, 3);
        await WriteAsync(batch, 0, [Outcome(3, "a", failed: [0]), Outcome(3, "b", failed: [2])]);

        await WriteAsync(batch, 0, [Outcome(3, "a", failed: [0])], await ReadAsync(batch));

        Assert.Equal([true, true, false], Of(await ReadAsync(batch), Outcome(3, "b")));
    }

    [Fact]
    public async Task A_note_ends_when_its_batch_is_through()
    {
        RecordGroup batch = Batch(0, 10);
        await WriteAsync(batch, 0, [Outcome(10, "a", failed: [0])]);

        await WriteAsync(batch, 10, [Outcome(10, "a")], await ReadAsync(batch));

        Assert.Empty(await NotesAsync());
    }

    [Fact]
    public async Task A_note_lasts_as_long_as_one_of_its_records_may_come_again()
    {
        await WriteAsync(Batch(0, 10), 0, [Outcome(10, "a", failed: [0, 7])]);
        RecordGroup half = Batch(0, 5), rest = Batch(5, 10), last = Batch(7, 10);

        await WriteAsync(half, 5, [Outcome(5, "a")], await ReadAsync(half));
        Assert.Equal([true, true, false, true, true], Of(await ReadAsync(rest), Outcome(5, "a")));
        await WriteAsync(rest, 2, [Outcome(5, "a", failed: [2])], await ReadAsync(rest));
        Assert.Equal([false, true, true], Of(await ReadAsync(last), Outcome(3, "a")));
        await WriteAsync(last, 3, [Outcome(3, "a")], await ReadAsync(last));

        Assert.Empty(await NotesAsync());
    }

    [Fact]
    public async Task A_note_that_has_expired_is_not_honoured_though_DynamoDB_has_not_deleted_it_yet()
    {
        RecordGroup batch = Batch(0, 10);
        await WriteAsync(batch, 0, [Outcome(10, "a", failed: [3])]);
        _time.Advance(TimeSpan.FromDays(2));

        Assert.Null((await ReadAsync(batch)).Of(Outcome(10, "a").Mapping));

        // Nor is it in the way of a new one.
        Assert.Null(await WriteAsync(batch, 0, [Outcome(10, "a", failed: [4])]));
        Assert.Equal(9, (await ReadAsync(batch)).Of(Outcome(10, "a").Mapping)!.Count);
    }

    [Fact]
    public async Task What_waits_behind_a_batch_that_is_blocked_for_days_does_not_expire()
    {
        await WriteAsync(Batch(0, 10), 0, [Outcome(10, "a", failed: [0])]);
        RecordGroup half = Batch(0, 5);
        for (int days = 0; days < 10; days++)
        {
            _time.Advance(TimeSpan.FromHours(23));
            await WriteAsync(half, 0, [Outcome(5, "a", failed: [0])], await ReadAsync(half));
        }

        Assert.Equal(5, (await ReadAsync(Batch(5, 10))).Of(Outcome(5, "a").Mapping)!.Count);
    }

    [Fact]
    public async Task Invocations_at_the_same_time_do_not_undo_each_other()
    {
        RecordGroup batch = Batch(0, 4);
        await WriteAsync(batch, 0, [Outcome(4, "a", failed: [1, 2, 3])]);
        BatchProgress one = await ReadAsync(batch), other = await ReadAsync(batch);

        Assert.Null(await WriteAsync(batch, 0, [Outcome(4, "a", failed: [2, 3])], one));
        Assert.Null(await WriteAsync(batch, 0, [Outcome(4, "a", failed: [1, 3])], other));
        Assert.Equal([true, true, true, false], Of(await ReadAsync(batch), Outcome(4, "a")));

        // One that has read an older note than there is now does not end it.
        Assert.Null(await WriteAsync(batch, 4, [Outcome(4, "a")], one));
        Assert.Single(await NotesAsync());
    }

    [Theory]
    [InlineData("version")]
    [InlineData("lowest")]
    [InlineData("expires")]
    [InlineData("records")]
    [InlineData("settled")]
    public async Task What_stands_in_the_place_of_a_note_and_cannot_be_read_gives_way_to_the_next_one(string attribute)
    {
        RecordGroup batch = Batch(0, 4);
        AttributeValue[] strange = [new() { BOOL = true }, new() { N = "-1" }, new() { M = [] }];
        foreach (AttributeValue? value in strange.Append(null))
        {
            Assert.Null(await WriteAsync(batch, 0, [Outcome(4, "a", failed: [3])], await ReadAsync(batch)));
            Dictionary<string, AttributeValue> item = Assert.Single(await NotesAsync());
            item.Remove(attribute);
            if (value is not null)
            {
                item[attribute] = value;
            }

            await _client.PutItemAsync("Targets", item, TestContext.Current.CancellationToken);
            Assert.Null(await WriteAsync(batch, 0, [Outcome(4, "a", failed: [3])], await ReadAsync(batch)));
            Assert.Equal([true, true, true, false], Of(await ReadAsync(batch), Outcome(4, "a")));
        }
    }

    [Fact]
    public async Task Records_of_an_aggregate_are_noted_one_by_one()
    {
        var before = new SettledRecords(2);
        before.Add(0, 3);
        before.Add(0, 70);
        Outcome outcome = Outcome(2, "a", before, failed: [0, 1]);

        await WriteAsync(Batch(0, 2), 0, [outcome]);
        SettledRecords settled = (await ReadAsync(Batch(0, 1))).Of(outcome.Mapping)!;

        Assert.Equal([3, 70], Enumerable.Range(0, 200).Where(p => settled.Has(0, p)));
        Assert.False(settled.Has(0));
    }

    [Theory]
    [InlineData("Query", "could not be read in table Targets, so what was delivered may be sent again", "dynamodb:Query")]
    [InlineData("PutItem", "could not be noted in table Targets, so what was delivered may be sent again", "dynamodb:PutItem")]
    [InlineData("DeleteItem", "could not be brought to its end in table Targets, so what was delivered is not sent again if the stream is replayed", "dynamodb:DeleteItem")]
    public async Task A_table_that_denies_is_named_and_left_alone_for_a_minute(string operation, string told, string permission)
    {
        RecordGroup batch = Batch(0, 10);
        await WriteAsync(Batch(5, 15), 0, [Outcome(10, "a", failed: [0])]);
        await WriteAsync(batch, 0, [Outcome(10, "a", failed: [0])]);
        _cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "dynamodb", Operation = operation });

        string problem = (await TryAsync())!;
        string? quiet = await TryAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        string? later = await TryAsync();

        Assert.Contains(told, problem, StringComparison.Ordinal);
        Assert.EndsWith($"Allow the function's role {permission} on the table (Publish-FanOutFunction does), or set FANOUT_PROGRESS to false.", problem, StringComparison.Ordinal);
        Assert.Null(quiet);
        Assert.Equal(problem[..60], later?[..60]);

        async Task<string?> TryAsync()
        {
            BatchProgress before = await ReadAsync(batch);
            return before.Problem ?? (operation == "DeleteItem" ? await WriteAsync(batch, 10, [Outcome(10, "a")], before) : await WriteAsync(batch, 0, [Outcome(10, "a", failed: [1])], before));
        }
    }

    [Fact]
    public async Task A_note_that_cannot_be_replaced_stays()
    {
        await WriteAsync(Batch(0, 10), 0, [Outcome(10, "a", failed: [0])]);
        RecordGroup rest = Batch(5, 15);
        BatchProgress before = await ReadAsync(rest);
        _cloud.Faults.Add(new Fault { Kind = FaultKind.ServerError, Service = "dynamodb", Operation = "PutItem" });

        Assert.NotNull(await WriteAsync(rest, 5, [Outcome(10, "a", failed: [5])], before));

        Assert.Equal(9, (await ReadAsync(Batch(0, 10))).Of(Outcome(10, "a").Mapping)!.Count);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(null, 0)]
    [InlineData(0, 1)]
    [InlineData(0, null)]
    public async Task An_answer_that_does_not_say_which_notes_there_are_is_told(int? items, int? count)
    {
        using var client = new AnsweringClient(new QueryResponse { Items = items is null ? null : [], Count = count });
        BatchProgress progress = await new ProgressTable(client, "Targets", _time, new Random(1)).ReadAsync(Batch(0, 10), TestContext.Current.CancellationToken);
        Assert.Contains("could not be read in table Targets, so what was delivered may be sent again. The answer names 0 items", progress.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_is_not_there_loses_nothing_but_the_note()
    {
        var missing = new ProgressTable(_client, "Missing", _time, new Random(1));
        Assert.NotNull((await missing.ReadAsync(Batch(0, 10), TestContext.Current.CancellationToken)).Problem);
        Assert.StartsWith(
            "Progress could not be noted in table Missing",
            await missing.WriteAsync(Batch(0, 10), 0, [Outcome(10, "a", failed: [0])], BatchProgress.None, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.9, false)]
    [InlineData(2.1, true)]
    public async Task A_batch_that_is_too_young_to_have_come_before_is_not_looked_up(double age, bool isLookedUp)
    {
        await WriteAsync(Arrived(age, age), 0, [Outcome(2, "a", failed: [1])]);
        BatchProgress progress = await Table(2).ReadAsync(Arrived(age, age), TestContext.Current.CancellationToken);
        Assert.Equal(isLookedUp, progress.IsNoted);
    }

    [Theory]
    [InlineData(0.5, 0.5, 2.0)]
    [InlineData(9, 0.5, 2.0)]
    [InlineData(2.5, 2.5, 0)]
    public async Task An_answer_waits_until_every_batch_that_may_come_will_be_looked_up(double first, double last, double wait)
    {
        Task<string?> noting = Table(2).WriteAsync(Arrived(first, last), 0, [Outcome(2, "a", failed: [0])], BatchProgress.None, TestContext.Current.CancellationToken);
        await _cloud.Calls.WaitForAsync(calls => calls.Any(c => c.Operation == "PutItem"), TestContext.Current.CancellationToken);
        while (wait > 0 && !noting.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(0.5));
            await Task.Yield();
        }

        Assert.Null(await noting);
        Assert.True(_time.GetUtcNow() - _time.Start >= TimeSpan.FromSeconds(wait));
    }

    [Fact]
    public async Task An_answer_does_not_wait_beyond_its_time()
    {
        using var noting = new CancellationTokenSource(TimeSpan.FromSeconds(1), _time);
        Task<string?> writing = Table(2).WriteAsync(Arrived(0, 0), 0, [Outcome(2, "a", failed: [0])], BatchProgress.None, noting.Token);
        await _cloud.Calls.WaitForAsync(calls => calls.Any(c => c.Operation == "PutItem"), TestContext.Current.CancellationToken);
        await noting.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task Ten_thousand_records_and_mappings_that_are_all_equally_far_have_room_in_one_item()
    {
        RecordGroup batch = Batch(0, 10_000);
        Assert.Null(await WriteAsync(batch, 0, [.. Enumerable.Range(0, 20).Select(m => Outcome(10_000, $"m{m}", failed: [0]))]));

        Assert.Equal(9_999, (await ReadAsync(batch)).Of(Outcome(1, "m19").Mapping)!.Count);
        Assert.Single(await NotesAsync());
    }

    [Fact]
    public async Task What_has_no_room_in_one_item_has_several_and_what_has_none_in_those_is_sent_again_and_told()
    {
        RecordGroup batch = Batch(0, 10_000);
        Outcome[] apart = [.. Enumerable.Range(0, 150).Select(m => Outcome(10_000, $"m{m}", failed: [m]))];

        // Names alone are too much.
        Outcome[] many = [.. Enumerable.Range(0, 300).Select(m => Outcome(4, $"{new string('m', 250)}{m}", failed: [0]))];

        Assert.Null(await WriteAsync(batch, 0, apart));
        Assert.InRange((await NotesAsync()).Count, 2, TakeNotes.MostNotes);
        BatchProgress progress = await ReadAsync(batch);
        Assert.All(apart, o => Assert.Equal(9_999, progress.Of(o.Mapping)!.Count));

        string? problem = await WriteAsync(Batch(20_000, 20_004), 0, many);
        Assert.Equal("Progress is more than table Targets has room for, so what was delivered may be sent again in part. Smaller batches need less.", problem);
    }

    private ProgressTable Table(double youngest = 0) => new(_client, "Targets", _time, new Random(1), TimeSpan.FromSeconds(youngest));

    private async Task<List<Dictionary<string, AttributeValue>>> NotesAsync() => (await _client.ScanAsync(new ScanRequest("Targets"), TestContext.Current.CancellationToken)).Items;

    private RecordGroup Arrived(params double[] secondsAgo) => Group([.. secondsAgo.Select((_, i) => i)], secondsAgo);

    private static RecordGroup Batch(int first, int end) => Batch([.. Enumerable.Range(first, end - first)]);

    private static RecordGroup Batch(int[] numbers) => Group(numbers, LambdaEvent.Stream, static _ => "1545084650.987");

    private RecordGroup Group(int[] numbers, double[] secondsAgo) => Group(
        numbers, LambdaEvent.Stream, i => (_time.GetUtcNow().AddSeconds(-secondsAgo[i]).ToUnixTimeMilliseconds() / 1000.0).ToString("0.000", CultureInfo.InvariantCulture));

    private static RecordGroup Group(int[] numbers, string source, Func<int, string> arrival) => new(source, SourceKind.Kinesis, [.. numbers.Select((n, i) => new StreamRecord
    {
        SequenceNumber = Encoding.ASCII.GetBytes($"{1_000 + n}"),
        Key = Encoding.ASCII.GetBytes($"k{n % 7}"),
        Raw = Encoding.ASCII.GetBytes($$"""{"eventID":"shardId-000000000007:{{1_000 + n}}","kinesis":{"approximateArrivalTimestamp":{{arrival(i)}}} }"""),
    })]);

    private static Outcome Outcome(int count, string id, params int[] failed) => Outcome(count, id, null, failed);

    private static Outcome Outcome(int count, string id, SettledRecords? before, int[] failed)
    {
        var batch = TargetBatch.Of(TestPayloads.Payloads(TestPayloads.Numbers(count)), new HandMadeTarget((_, _) => Receipt.AllTaken).Cutter, before);
        Outcome outcome = FanOut.Engine.Delivery.Outcome.Of(TestTargets.Mapping(TargetType.Kinesis, id: id), batch);
        outcome.Take(batch, [.. batch.Items.Where(i => !failed.Contains(batch[i.First].Record))]);
        return outcome;
    }

    private static IEnumerable<bool> Of(BatchProgress progress, Outcome outcome) => progress.Of(outcome.Mapping) is { } settled ? Enumerable.Range(0, settled.Records).Select(r => settled.Has(r)) : [];

    private Task<string?> WriteAsync(RecordGroup batch, int first, Outcome[] outcomes, BatchProgress? before = null) =>
        _table.WriteAsync(batch, first, outcomes, before ?? BatchProgress.None, TestContext.Current.CancellationToken);

    private Task<BatchProgress> ReadAsync(RecordGroup batch) => _table.ReadAsync(batch, TestContext.Current.CancellationToken);

    private sealed class AnsweringClient(QueryResponse answer) : AmazonDynamoDBClient(new AnonymousAWSCredentials(), Amazon.RegionEndpoint.USEast1)
    {
        public override Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default) => Task.FromResult(answer);
    }
}
