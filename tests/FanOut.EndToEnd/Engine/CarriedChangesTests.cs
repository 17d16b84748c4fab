using System.Text;
using System.Text.Json.Nodes;
using Amazon.SecurityToken;
using CsCheck;
using FanOut.EndToEnd.Servers;
using FanOut.EndToEnd.Services;
using FanOut.Engine;
using FanOut.Engine.Batching;
using FanOut.Engine.Credentials;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.LocalCloud;
using StackExchange.Redis;

namespace FanOut.EndToEnd.Engine;

/// <summary>
/// What docs/changes.md promises of changes of tables that Kinesis carries: shuffled, some of them twice, over several batches that fail and come again, from the first failed record on or whole.
/// </summary>
public sealed class CarriedChangesTests : IAsyncDisposable
{
    private const long Time = 1_720_740_233_000_000;

    private readonly AmazonSecurityTokenServiceClient _sts = AssumedRoles.CreateClient(Emulated.Region, Emulated.Credentials);
    private readonly Cloud _cloud = Cloud.Start();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Redis_ends_with_the_latest_change_of_each_key()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using ConnectionMultiplexer reader = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port},allowAdmin=true");
        IDatabase database = reader.GetDatabase();

        await PlayAsync(Row.Of(LambdaEvent.Stream, "redis", $"127.0.0.1:{server.Port}", Changes), async played =>
        {
            if (played.Random.Next(4) == 0)
            {
                await server.AskAsync("SCRIPT FLUSH");
            }
        }, async played =>
        {
            foreach (Change latest in played.Latest)
            {
                Assert.Equal(latest.Value, (string?)await database.StringGetAsync(latest.Key));
            }
        });
    }

    [Fact]
    public Task An_index_ends_with_the_latest_change_of_each_key() =>
        PlayAsync(Row.Of(LambdaEvent.Stream, "es", $"{_cloud.Endpoint.AbsoluteUri.TrimEnd('/')}#changes", Changes), static _ => Task.CompletedTask, played =>
        {
            IReadOnlyDictionary<string, LocalCloud.OpenSearch.StoredDocument> documents = _cloud.OpenSearch.Documents("changes");
            Assert.All(played.Latest, latest => Assert.Equal(latest.Value, documents.TryGetValue(latest.Key, out var document) ? Encoding.UTF8.GetString(document.Source.Span) : null));
            return Task.CompletedTask;
        });

    [Fact]
    public async Task Memcached_has_after_each_batch_the_latest_change_in_it()
    {
        await using MemcachedServer server = await MemcachedServer.StartAsync();

        await PlayAsync(Row.Of(LambdaEvent.Stream, "memcached", $"127.0.0.1:{server.Port}", Changes), async played =>
        {
            foreach (Change latest in played.IsWhole ? LatestOf(played.Batch) : [])
            {
                Assert.Equal(latest.Value, await server.GetAsync(latest.Key) is { } value ? Encoding.UTF8.GetString(value) : null);
            }
        }, static _ => Task.CompletedTask);
    }

    [Theory]
    [InlineData("kinesis", false)]
    [InlineData("kinesis", true)]
    [InlineData("sqs", false)]
    public async Task Targets_that_keep_order_get_what_a_batch_has_of_a_key_by_its_time_and_nothing_behind_what_failed_and_all_get_everything(string type, bool isParallel)
    {
        _cloud.Kinesis.CreateStream("copy");
        _cloud.Sqs.CreateQueue("copy.fifo");
        string destination = type == "kinesis" ? "arn:aws:kinesis:us-east-1:123456789012:stream/copy" : "arn:aws:sqs:us-east-1:123456789012:copy.fifo";
        int seen = 0;
        var arrived = new HashSet<(string, long)>();
        Mapping mapping = Row.Of(LambdaEvent.Stream, type, destination, [.. Changes, ("parallel", isParallel ? "true" : "false"), ("collapse", "none"), ("view", "both"), ("key", "<dynamodb.Keys.id.S>")]);

        await PlayAsync(mapping, played =>
        {
            (string Key, long Time)[] all = Arrivals();
            (string Key, long Time)[] came = all[seen..];
            seen = all.Length;
            arrived.UnionWith(came);
            foreach (IGrouping<string, long> key in isParallel ? [] : came.GroupBy(static a => a.Key, static a => a.Time))
            {
                Assert.Equal(key.Order(), key);
                long failed = played.Fault == FaultyTarget.Fault.DeniedAfterEffect ? long.MaxValue : played.Batch.Where((c, i) => c.Key == key.Key && played.Outcome.IsFailed(i)).Min(static c => (long?)c.Time) ?? long.MaxValue;
                Assert.True(key.Max() <= failed, $"Of {key.Key} the change of {failed} failed, and {key.Max()} was sent.");
            }

            return Task.CompletedTask;
        }, played =>
        {
            Assert.Superset(played.Arrivals.Select(static c => (c.Key, c.Time)).ToHashSet(), arrived);
            return Task.CompletedTask;
        });

        (string, long)[] Arrivals() => [.. (type == "kinesis" ? _cloud.Kinesis.Received : _cloud.Sqs.Received).Select(static a => JsonNode.Parse(a.Text)!)
            .Select(static j => ((string)(j["newImage"] ?? j["oldImage"])!["id"]!, (long)j["approximateCreationDateTime"]!))];
    }

    [Fact]
    public async Task A_record_whose_key_stands_for_another_s_time_is_rejected()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        Mapping mapping = Row.Of(LambdaEvent.Stream, "redis", $"127.0.0.1:{server.Port}", Changes);
        using AwsClients clients = Clients();
        await using TargetFactory targets = new(clients, TimeProvider.System);

        Outcome outcome = await DispatchAsync(targets, mapping, [new Change("a", Time, false), new Change("fanout:changed:vm9:a", Time, false), new Change("a", Time - 1, false)], 0);

        Assert.Equal((false, true, false, 2L), (outcome.IsFailed(0), outcome.IsFailed(1), outcome.IsFailed(2), outcome.Delivered));
        Assert.Equal((FailureClass.PermanentItem, "ReservedKey"), Assert.Single(outcome.Failures).Key);
        Assert.Equal(":2", await server.AskAsync("DBSIZE"));
    }

    public async ValueTask DisposeAsync()
    {
        await _cloud.DisposeAsync();
        _sts.Dispose();
    }

    private static (string, string)[] Changes => [("recordFormat", "dynamodb-changes"), ("convertDDB", "true"), ("hashKey", "id")];

    private static IEnumerable<Change> LatestOf(IEnumerable<Change> changes) => changes.GroupBy(static c => c.Key).Select(static g => g.MaxBy(static c => c.Time)!);

    private async Task PlayAsync(Mapping mapping, Func<Played, Task> afterBatch, Func<Played, Task> atTheEnd)
    {
        using AwsClients clients = Clients();
        await using TargetFactory targets = new(clients, TimeProvider.System);
        ITarget real = targets.TargetOf(mapping).Target;
        int round = 0;
        await Gen.Select(Gen.Int[1, 4], Gen.Int[1, 12], Gen.Int[0, 1_000_000]).SampleAsync(async (keys, changes, seed) =>
        {
            string mark = $"{++round}";
            var played = new Played(new Random(seed));
            Change[] happened = [.. Enumerable.Range(0, keys).SelectMany(k => Enumerable.Range(1, changes).Select(t => new Change($"k{k}-{mark}", Time + (10 * t) + k, played.Random.Next(4) == 0)))];
            played.Arrivals = [.. happened, .. happened.Where(_ => played.Random.Next(4) == 0)];
            played.Random.Shuffle(played.Arrivals);
            var target = new FaultyTarget(real, played.Random);

            // A FIFO queue drops what it has had in the rounds before.
            int number = 1_000 * round;
            for (int position = 0, attempts = 0; position < played.Arrivals.Length;)
            {
                played.Batch = played.Arrivals[position..Math.Min(position + played.Random.Next(1, 12), played.Arrivals.Length)];
                played.Fault = target.Now = attempts++ < 30 ? (FaultyTarget.Fault)played.Random.Next(4) : FaultyTarget.Fault.None;
                played.Outcome = await DispatchAsync(new Only(target), mapping, played.Batch, number + position);
                await afterBatch(played);

                // Lambda sends again from the first failed record on; and where the function's answer is lost, all.
                int failed = Enumerable.Range(0, played.Batch.Length).Append(played.Batch.Length).First(i => i == played.Batch.Length || played.Outcome.IsFailed(i));
                position += attempts < 30 && played.Random.Next(6) == 0 ? 0 : failed;
            }

            await atTheEnd(played);
        }, iter: 40, threads: 1);
    }

    private static async Task<Outcome> DispatchAsync(ITargetSource targets, Mapping mapping, Change[] batch, int number)
    {
        var dispatcher = new Dispatcher(new MemoryMappings(mapping), targets, new DeliveryOptions(), TimeProvider.System, new Random(1));
        using DispatchResult result = await dispatcher.DispatchAsync(LambdaEvent.Of(batch.Select((c, i) => LambdaEvent.Carrier(c.Json, $"{number + i + 1}"))), Cancellation);
        return Assert.Single(Assert.Single(result.Groups).Outcomes);
    }

    private AwsClients Clients() => new(Emulated.Credentials, new(_sts, "end-to-end", TimeProvider.System), Emulated.Region) { Amend = c => c.ServiceURL = _cloud.Endpoint.AbsoluteUri };

    private sealed record Change(string Key, long Time, bool IsRemoved)
    {
        public string? Value => IsRemoved ? null : $$"""{"id":"{{Key}}","n":{{Time}}}""";

        public string Json => IsRemoved ? LambdaEvent.Change("REMOVE", Id, null, Image, Time) : LambdaEvent.Change("MODIFY", Id, Image, Image, Time);

        private string Id => $$$"""{"id":{"S":"{{{Key}}}"}}""";

        private string Image => $$$"""{"id":{"S":"{{{Key}}}"},"n":{"N":"{{{Time}}}"}}""";
    }

    private sealed class Played(Random random)
    {
        public Random Random => random;

        public Change[] Arrivals { get; set; } = [];

        public Change[] Batch { get; set; } = [];

        public FaultyTarget.Fault Fault { get; set; }

        public Outcome Outcome { get; set; } = null!;

        public bool IsWhole => Fault == FaultyTarget.Fault.None;

        public IEnumerable<Change> Latest => LatestOf(Arrivals);
    }

    private sealed class Only(ITarget target) : ITargetSource
    {
        private readonly ActiveTarget _target = new(target, new Circuit(TimeProvider.System));

        public ActiveTarget TargetOf(Mapping mapping) => _target;

        public Task KeepOnlyAsync(string sourceArn, IReadOnlyCollection<Mapping> mappings) => Task.CompletedTask;
    }
}
