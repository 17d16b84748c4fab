using System.Text;
using CsCheck;
using FanOut.Engine;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;
using FanOut.LocalCloud;
using FanOut.LocalCloud.OpenSearch;
using FanOut.Tests.Targets;

namespace FanOut.Tests.Delivery;

/// <summary>Changes that a Kinesis stream carries in another order than they happened, late or twice.</summary>
public sealed class ChangeOrderTests
{
    private const long Time = 1_720_740_233_000_000;

    [Fact]
    public async Task Where_order_is_kept_the_changes_of_a_key_go_by_their_time()
    {
        HandMadeTarget target = new((_, _) => Receipt.AllTaken, 10) { CallOrder = CallOrder.AsOne };

        Outcome outcome = await DispatchAsync(target, Mapping with { Parallel = false }, Set("a", 3), Set("a", 1), Set("b", 5), Set("a", 2), Set("b", 5));

        Assert.Equal(["a1,a2,a3,b5,b5"], target.Calls);
        Assert.Equal(5, outcome.Delivered);
    }

    [Fact]
    public async Task Where_it_is_not_kept_they_go_as_they_came()
    {
        HandMadeTarget target = new((_, _) => Receipt.AllTaken, 10) { CallOrder = CallOrder.AsOne };

        await DispatchAsync(target, Mapping, Set("a", 3), Set("a", 1));

        Assert.Equal(["a3,a1"], target.Calls);
    }

    [Fact]
    public async Task What_happened_after_a_change_that_failed_waits_for_it_wherever_it_stands()
    {
        HandMadeTarget target = new((items, _) => items[0] == "a1" ? new Receipt([ItemFailure.Rejected(0, "Bad", "why")]) : Receipt.AllTaken, 1);

        Outcome outcome = await DispatchAsync(target, Mapping with { Parallel = false }, Set("a", 2), Set("b", 9), Set("a", 1));

        Assert.Equal([true, false, true], Enumerable.Range(0, 3).Select(outcome.IsFailed));
        Assert.Equal(["a1", "b9"], target.Calls.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Where_the_last_wins_an_older_change_in_a_later_part_of_the_batch_is_superseded()
    {
        HandMadeTarget target = new((_, _) => Receipt.AllTaken, 10) { CallOrder = CallOrder.LastWins };

        // So little memory that each part of the batch has one record.
        Outcome outcome = await DispatchAsync(target, Mapping with { Parallel = false }, new DeliveryOptions { PayloadMemory = 1 }, Set("a", 2), Set("b", 1), Set("a", 1), Set("a", 2), Set("a", 3));

        Assert.Equal(["a2", "b1", "a2", "a3"], target.Calls);
        Assert.Equal((4, 1), (outcome.Delivered, outcome.Superseded));
        Assert.DoesNotContain(true, Enumerable.Range(0, 5).Select(outcome.IsFailed));
    }

    [Fact]
    public void Each_key_is_in_the_order_of_time_and_all_is_there() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[1, 5]).Array[1, 40].Sample(changes =>
        {
            using RecordGroup group = EventReader.Read(LambdaEvent.Of(changes.Select(static (c, i) => LambdaEvent.Carrier(Set($"{c.Item1}", c.Item2), $"{i + 1}"))))[0];
            using Payloads payloads = MakePayloads.Of(group, new(PayloadForm.AsIs, false, true, false, View.NewImage) { ReadsChanges = true });

            (int Key, int Time, int Record)[] ordered = [.. OrderChanges.Of(payloads).All.Select(p => (changes[p.Record].Item1, changes[p.Record].Item2, p.Record))];

            Assert.Equal(Enumerable.Range(0, changes.Length), ordered.Select(static o => o.Record).Order());
            foreach (IGrouping<int, (int Key, int Time, int Record)> key in ordered.GroupBy(static o => o.Key))
            {
                Assert.Equal(key.OrderBy(static o => o.Time).ThenBy(static o => o.Record), key);
            }
        });

    [Fact]
    public async Task An_index_keeps_the_latest_whatever_comes_late_or_twice()
    {
        await using var cloud = Cloud.Start(new CloudOptions());
        Mapping mapping = TestTargets.Mapping(TargetType.Es, $"{cloud.Endpoint.AbsoluteUri.TrimEnd('/')}#orders") with { ConvertDDB = true, RecordFormat = RecordFormat.DynamoDbChanges };
        await using TargetFactory targets = TestTargets.Factory(TimeProvider.System);
        async Task<(long Delivered, long Superseded)> SendAsync(params string[] changes)
        {
            Outcome outcome = await DispatchAsync(targets, mapping, new DeliveryOptions(), changes);
            Assert.DoesNotContain(true, Enumerable.Range(0, changes.Length).Select(outcome.IsFailed));
            return (outcome.Delivered, outcome.Superseded);
        }

        Assert.Equal((2, 0), await SendAsync(Set("a", 5), Set("b", 5)));
        Assert.Equal((1, 1), await SendAsync(Set("a", 4), Set("b", 6)));
        Assert.Equal((1, 0), await SendAsync(Set("a", 5)));
        Assert.Equal((1, 0), await SendAsync(Removed("b", 7)));
        Assert.Equal((0, 1), await SendAsync(Set("b", 6)));
        Assert.Equal((0, 1), await SendAsync(Removed("a", 3)));

        StoredDocument document = Assert.Single(cloud.OpenSearch.Documents("orders")).Value;
        Assert.Equal(("a", Time + 5, """{"id":"a","n":5}"""), (document.Id, document.Version, Encoding.UTF8.GetString(document.Source.Span)));
    }

    [Fact]
    public void A_collection_of_OpenSearch_Serverless_is_sent_no_versions_of_which_nobody_knows_whether_it_takes_them()
    {
        Mapping mapping = TestTargets.Mapping(TargetType.Es, "https://abc.us-east-1.aoss.amazonaws.com#orders") with { RecordFormat = RecordFormat.DynamoDbChanges };
        using FanOut.Aws.AwsClient client = TestTargets.Client(TargetType.Es, new Uri("http://localhost:1"));

        Assert.Equal(Size(mapping with { RecordFormat = RecordFormat.Raw }, client), Size(mapping, client));
        Assert.NotEqual(Size(mapping, client), Size(TestTargets.Mapping(TargetType.Es) with { RecordFormat = RecordFormat.DynamoDbChanges }, client));
    }

    private static int Size(Mapping mapping, FanOut.Aws.AwsClient client)
    {
        using RecordGroup group = EventReader.Read(LambdaEvent.Of(LambdaEvent.Carrier(Set("a", 1))))[0];
        using Payloads payloads = MakePayloads.Of(group, new(PayloadForm.AsIs, false, true, false, View.NewImage) { ReadsChanges = true });
        return Assert.Single(TargetBatch.Of(payloads, TestTargets.Target(mapping, client).Cutter).Items.ToArray()).Bytes;
    }

    private static Mapping Mapping { get; } = TestTargets.Mapping(TargetType.Kinesis) with
    {
        SourceArn = LambdaEvent.Stream,
        RecordFormat = RecordFormat.DynamoDbChanges,
        Transform = Engine.Templates.RecordTransform.TryParse("""{"inputTemplate":"<newImage.id><newImage.n>"}""", SourceKind.DynamoDb, LambdaEvent.Stream, "m", out var transform, out _) ? transform : null,
    };

    private static string Set(string id, int time) => LambdaEvent.Change("MODIFY", Key(id), $$$"""{"id":{"S":"{{{id}}}"},"n":{"N":"{{{time}}}"}}""", Key(id), Time + time);

    private static string Removed(string id, int time) => LambdaEvent.Change("REMOVE", Key(id), null, Key(id), Time + time);

    private static string Key(string id) => $$$"""{"id":{"S":"{{{id}}}"}}""";

    private static Task<Outcome> DispatchAsync(ITarget target, Mapping mapping, params string[] changes) => DispatchAsync(target, mapping, new DeliveryOptions(), changes);

    private static Task<Outcome> DispatchAsync(ITarget target, Mapping mapping, DeliveryOptions options, params string[] changes) => DispatchAsync(new Only(target), mapping, options, changes);

    private static async Task<Outcome> DispatchAsync(ITargetSource targets, Mapping mapping, DeliveryOptions options, string[] changes)
    {
        var dispatcher = new Dispatcher(new Source(mapping), targets, options, TimeProvider.System, new Random(1));
        DispatchResult result = await dispatcher.DispatchAsync(LambdaEvent.Of(changes.Select(static (c, i) => LambdaEvent.Carrier(c, $"{i + 1}"))), TestContext.Current.CancellationToken);
        return Assert.Single(Assert.Single(result.Groups).Outcomes);
    }

    private sealed class Source(Mapping mapping) : IMappingSource
    {
        public Task<MappingSet> ReadAsync(string sourceArn, CancellationToken cancellationToken) => Task.FromResult(new MappingSet([mapping], []));
    }

    private sealed class Only(ITarget target) : ITargetSource
    {
        private readonly ActiveTarget _target = new(target, new Circuit(TimeProvider.System), null);

        public ActiveTarget TargetOf(Mapping mapping) => _target;

        public Task KeepOnlyAsync(string sourceArn, IReadOnlyCollection<Mapping> mappings) => Task.CompletedTask;
    }
}
