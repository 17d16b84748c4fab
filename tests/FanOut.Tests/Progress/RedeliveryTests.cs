using System.Globalization;
using CsCheck;
using FanOut.Engine.Events;
using FanOut.Engine.Filtering;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.LocalCloud;
using FanOut.Tests.Progress.Play;
using FanOut.Tests.Targets;

namespace FanOut.Tests.Progress;

/// <summary>
/// A batch that comes again because of one target is not sent again to targets that have it, however Lambda cuts it. <c>FANOUT_CASES</c> is how many
/// cases are played.
/// </summary>
public sealed class RedeliveryTests : IAsyncDisposable
{
    private const int TargetCount = 10, MostAttempts = 12;

    private readonly Cloud _cloud = Cloud.Start();
    private int _tables;

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    /// <summary>Lambda as it is documented, ten targets of all kinds with random faults.</summary>
    [Fact]
    public Task Nothing_is_lost_nothing_is_repeated_and_order_is_kept_whatever_fails_and_however_Lambda_sends_it_again() =>
        Gen.Select(Gen.Enum<Records>(), Gen.Int[1, 60], Gen.Int[1, 40], Gen.Bool, Gen.Bool, Gen.Int[1, 4], Gen.Int[0, 100_000]).SampleAsync(async (kind, count, batchSize, reports, bisects, lanes, seed) =>
        {
            var random = new Random(seed);
            var settings = new PlayedSettings(batchSize, reports, bisects, MostAttempts - 1, lanes)
            {
                LostAnswers = random.Next(3) == 0 ? 0.2 : 0,
                Expiry = random.Next(4) == 0 ? 0.05 : 0,
                Refills = random.Next(2) == 0 ? 0.3 : 0,
            };
            await PlayAsync(kind, count, settings, random);
        }, iter: Cases(100), threads: 2);

    /// <summary>Any sequence of failing attempts over any cuts, then what Lambda would do when the target is back.</summary>
    [Fact]
    public Task However_often_and_however_cut_records_come_again_a_healthy_target_gets_each_once() =>
        Gen.Select(Gen.Int[1, 40], Gen.Select(Gen.Int[0, 39], Gen.Int[1, 40]).Array[1, MostAttempts], Gen.Enum<Records>(), Gen.Bool).SampleAsync(async (count, cuts, kind, reports) =>
        {
            var time = new EagerTime();
            var random = new Random(count);
            var shard = new Shard(kind, count, 5, true, time.GetUtcNow(), random);
            time.AdvanceTo(shard.Arrivals[^1]);
            TroubledTarget missing = new("missing", shard, CallOrder.ByKey, random) { Trouble = Trouble.Denied }, healthy = new("healthy", shard, CallOrder.ByKey, random);
            var mappings = new ChangingMappings { All = [MappingOf(missing, shard), MappingOf(healthy, shard)] };
            using var function = new PlayedFunction(_cloud, NextTable(), mappings, new Dictionary<string, TroubledTarget> { ["missing"] = missing, ["healthy"] = healthy }, reports, time, random);
            foreach ((int start, int length) in cuts)
            {
                int first = start % count;
                PlayedAnswer answer = await function.InvokeAsync(shard.Event([.. Enumerable.Range(first, Math.Min(length, count - first))]));
                Assert.Equal(0, answer.FirstFailed);
            }

            missing.Trouble = Trouble.None;
            time.Advance(TimeSpan.FromMinutes(3));
            await function.InvokeAsync(shard.Event([.. Enumerable.Range(0, count)]));

            string[] all = [.. Enumerable.Range(0, count).SelectMany(shard.NamesOf).Select(static n => n.Name).Order()];
            Assert.Equal(all, healthy.Arrivals.Order());
            Assert.Equal(all, missing.Arrivals.Order());
            Assert.Empty(Notes());
        }, iter: Cases(60), threads: 1);

    /// <summary>Lambda sends a batch again while the function is still at work at it: both send, but neither takes the other's notes away.</summary>
    [Fact]
    public Task What_two_invocations_at_the_same_time_have_noted_is_not_sent_again() =>
        Gen.Select(Gen.Int[2, 40], Gen.Int[0, 39], Gen.Int[0, 39], Gen.Enum<Records>()).SampleAsync(async (count, start, end, kind) =>
        {
            var time = new EagerTime();
            var random = new Random(count);
            var shard = new Shard(kind, count, 5, true, time.GetUtcNow(), random);
            time.AdvanceTo(shard.Arrivals[^1] + TimeSpan.FromMinutes(1));
            TroubledTarget missing = new("missing", shard, CallOrder.ByKey, random) { Trouble = Trouble.Denied }, healthy = new("healthy", shard, CallOrder.ByKey, random);
            var mappings = new ChangingMappings { All = [MappingOf(missing, shard), MappingOf(healthy, shard)] };
            using var function = new PlayedFunction(_cloud, NextTable(), mappings, new Dictionary<string, TroubledTarget> { ["missing"] = missing, ["healthy"] = healthy }, true, time, random);
            (int first, int last) = (Math.Min(start, end) % count, Math.Max(Math.Min(start, end) % count, Math.Max(start, end) % count));

            await Task.WhenAll(
                Task.Run(() => function.InvokeAsync(shard.Event([.. Enumerable.Range(0, last + 1)]))), Task.Run(() => function.InvokeAsync(shard.Event([.. Enumerable.Range(first, count - first)]))));
            int arrived = healthy.Arrivals.Count;
            missing.Trouble = Trouble.None;
            time.Advance(TimeSpan.FromMinutes(3));
            await function.InvokeAsync(shard.Event([.. Enumerable.Range(0, count)]));

            string[] all = [.. Enumerable.Range(0, count).SelectMany(shard.NamesOf).Select(static n => n.Name).Order()];
            Assert.Equal(arrived, healthy.Arrivals.Count);
            Assert.Equal(all, healthy.Arrivals.Distinct().Order());
            Assert.Equal(all, missing.Arrivals.Order());
            Assert.Empty(Notes());
        }, iter: Cases(40), threads: 1);

    private async Task PlayAsync(Records kind, int count, PlayedSettings settings, Random random)
    {
        var time = new EagerTime();
        var shard = new Shard(kind, count, random.Next(1, 8), settings.Lanes == 1, time.GetUtcNow(), random);
        Dictionary<string, TroubledTarget> targets = Enumerable.Range(0, TargetCount)
            .Select(i => new TroubledTarget($"t{i}", shard, i % 3 == 2 ? CallOrder.LastWins : CallOrder.ByKey, new Random(random.Next())))
            .ToDictionary(static t => t.Id);
        var mappings = new ChangingMappings { All = [.. targets.Values.Select((t, i) => MappingOf(t, shard) with { Parallel = i % 2 == 0, Filter = i % 5 == 4 ? FilterOf(shard, kind) : null })] };
        string table = NextTable();
        using var function = new PlayedFunction(_cloud, table, mappings, targets, settings.Reports, time, random);
        var played = new PlayedMapping(shard, settings, random);
        bool wasLost = false;
        while (!played.IsThrough)
        {
            foreach (TroubledTarget target in targets.Values.Where((_, i) => i % 2 == 1))
            {
                target.Trouble = random.Next(function.Invocations < 40 ? 4 : 10) == 0 ? (Trouble)random.Next(7) : random.Next(3) == 0 ? Trouble.None : target.Trouble;
            }

            (IReadOnlyList<int> records, Action<PlayedAnswer> settle) = played.Next();
            if (records.Count > 0)
            {
                time.AdvanceTo(shard.Arrivals[records[^1]]);
                time.Advance(TimeSpan.FromSeconds(random.Next(60)));
                byte[] json = shard.Event(records);
                PlayedAnswer answer = random.NextDouble() < settings.LostAnswers ? await function.LoseAsync(json) : await function.InvokeAsync(json);
                wasLost |= answer.IsLost;
                settle(answer);
                await function.ReleaseAsync(0.3);
            }
        }

        await function.ReleaseAsync(1);
        foreach ((TroubledTarget target, Mapping mapping) in targets.Values.Zip(mappings.All))
        {
            Check(target, mapping, shard, settings, played.Discarded);
        }

        if (!wasLost && played.Discarded.Count == 0)
        {
            Assert.Empty(_cloud.Dynamo.Find(table)!.Items);
        }
    }

    private static void Check(TroubledTarget target, Mapping mapping, Shard shard, PlayedSettings settings, HashSet<int> discarded)
    {
        int[] wanted = [.. Enumerable.Range(0, shard.Count).Where(r => mapping.Filter is null || Shard.IsWanted(r))];
        Dictionary<string, int> arrived = target.Arrivals.GroupBy(static a => a).ToDictionary(static a => a.Key, static a => a.Count());
        bool maySupersede = target.CallOrder == CallOrder.LastWins;

        // Nothing is lost: what Lambda gave up is with its on-failure destination, and everybody healthy has it.
        string[] lost = [.. wanted.SelectMany(shard.NamesOf).Select(static n => n.Name).Where(n => !arrived.ContainsKey(n) && (!discarded.Contains(RecordOf(n)) || (target.IsHealthy && !target.WasLate)) && (target.IsHealthy || !maySupersede))];
        Assert.True(lost.Length == 0, $"{target.Id} lacks {string.Join(' ', lost)}");
        string[] unwanted = [.. arrived.Keys.Where(n => !wanted.Contains(RecordOf(n)))];
        Assert.True(unwanted.Length == 0, $"{target.Id} did not want {string.Join(' ', unwanted)}");

        // Nothing is repeated, but where a call failed that had had its effect.
        string[] repeated = [.. arrived.Where(static a => a.Value > 1).Select(static a => a.Key)];
        Assert.True(repeated.Length == 0 || target.IsAmbiguous, $"{target.Id} has more than once: {string.Join(' ', repeated)}");

        if (!mapping.Parallel && !target.IsAmbiguous)
        {
            CheckOrder(target, shard);
        }
    }

    private static void CheckOrder(TroubledTarget target, Shard shard)
    {
        Dictionary<string, string> keys = Enumerable.Range(0, shard.Count).SelectMany(shard.NamesOf).ToDictionary(static n => n.Name, static n => n.Key);
        foreach (IGrouping<string, string> key in target.Arrivals.GroupBy(a => keys[a]))
        {
            Assert.Equal(key.OrderBy(static n => double.Parse(n, CultureInfo.InvariantCulture)), key);
        }
    }

    private static int RecordOf(string name) => int.Parse(name.Split('.')[0], CultureInfo.InvariantCulture);

    private static Mapping MappingOf(TroubledTarget target, Shard shard) => TestTargets.Mapping(TargetType.Kinesis, id: target.Id) with
    {
        SourceArn = shard.Arn, Deaggregate = !shard.IsCarried, Unpack = shard.IsCarried ? default : Unpack.CloudWatchLogs, RecordFormat = shard.IsCarried ? RecordFormat.DynamoDbChanges : default,
    };

    private static RecordFilter FilterOf(Shard shard, Records kind) =>
        RecordFilter.TryParse(shard.Filter, kind is Records.Changes or Records.Carried ? SourceKind.DynamoDb : SourceKind.Kinesis, out RecordFilter? filter, out string? problem, shard.Arn) ? filter : throw new InvalidOperationException(problem);

    private IEnumerable<object> Notes() => _cloud.Dynamo.Find($"t{Volatile.Read(ref _tables)}")!.Items;

    private string NextTable() => $"t{Interlocked.Increment(ref _tables)}";

    private static int Cases(int usual) => int.TryParse(Environment.GetEnvironmentVariable("FANOUT_CASES"), NumberStyles.None, CultureInfo.InvariantCulture, out int cases) ? cases : usual;
}
