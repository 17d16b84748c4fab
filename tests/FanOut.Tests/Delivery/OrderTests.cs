using System.Net;
using CsCheck;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;
using FanOut.Tests.Batching;
using FanOut.Tests.Targets;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Delivery;

/// <summary>Data is the record's number, the key is one of few.</summary>
public class OrderTests
{
    [Fact]
    public async Task A_call_holds_only_one_record_of_each_key()
    {
        var target = new HandMadeTarget((_, _) => Receipt.AllTaken, 10);

        await DeliverAsync(target, "aabac");

        Assert.Equal(["0,2,4", "1", "3"], target.Calls);
    }

    [Fact]
    public async Task A_refused_record_arrives_before_the_next_of_its_key()
    {
        var target = new HandMadeTarget((items, call) => call == 0 ? new Receipt([ItemFailure.Refused(0, "Throttled", "too fast")]) : Receipt.AllTaken, 10);

        await DeliverAsync(target, "aabac");

        Assert.Equal(["0,2,4", "0", "1", "3"], target.Calls);
    }

    [Theory]
    [InlineData(OnFailure.Block, "0,2,4", new[] { 0, 1, 3 })]
    [InlineData(OnFailure.DeadLetter, "0,2,4 1 3", new[] { 0 })]
    public async Task Behind_a_rejected_record_its_key_waits_where_the_record_comes_again(OnFailure onFailure, string calls, int[] failed)
    {
        var target = new HandMadeTarget((items, _) => items[0] == "0" ? new Receipt([ItemFailure.Rejected(0, "Bad", "why")]) : Receipt.AllTaken, 10);

        Outcome outcome = await DeliverAsync(target, "aabac", onFailure);

        Assert.Equal(calls, string.Join(' ', target.Calls));
        Assert.Equal(failed, FailedOf(outcome));
    }

    [Fact]
    public async Task Behind_a_record_that_is_too_large_its_key_waits()
    {
        var target = new HandMadeTarget((_, _) => Receipt.AllTaken, 10);
        Payload[] payloads = [TestPayloads.Payload("0", "a"), TestPayloads.Payload(new string('x', 2_000), "a"), TestPayloads.Payload("2", "a"), TestPayloads.Payload("3", "b")];

        Outcome outcome = await DeliverAsync(target, payloads, OnFailure.Block);

        Assert.Equal(["0,3"], target.Calls);
        Assert.Equal([1, 2], FailedOf(outcome));
    }

    [Theory]
    [InlineData(CallOrder.ByKey)]
    [InlineData(CallOrder.OneGroup)]
    public async Task Of_a_message_only_those_wait_that_follow_a_broken_record_under_its_key(CallOrder order)
    {
        var target = new HandMadeTarget((_, _) => Receipt.AllTaken, 10) { CallOrder = order, Cutter = new Messages(Collapse.Json, new Limits(10, 1_000, 100_000), textOnly: false) };
        Payload[] payloads =
        [
            TestPayloads.Payload("0", "b"), TestPayloads.Payload("1", "a"), TestPayloads.Payload("no JSON", "b"), TestPayloads.Payload("3", "b"), TestPayloads.Payload("4", "c"), TestPayloads.Payload("5", "b"),
        ];

        Outcome outcome = await DeliverAsync(target, payloads, OnFailure.Block);

        Assert.Equal(["0+1+4"], target.Calls);
        Assert.Equal([2, 3, 5], FailedOf(outcome));
    }

    [Fact]
    public void Whatever_is_broken_all_else_is_sent_in_messages_but_what_follows_it_under_its_key() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 9], Gen.Int[1, 6], Gen.Int).Sample((count, perMessage, keys, seed) =>
        {
            var random = new Random(seed);
            (char Key, bool IsBroken)[] records = [.. Enumerable.Range(0, count).Select(_ => ((char)('a' + random.Next(keys)), random.Next(8) == 0))];
            var target = new HandMadeTarget((_, _) => Receipt.AllTaken, 3) { Cutter = new Messages(Collapse.Json, new Limits(3, Messages.JsonFrame + (perMessage * 5), 100_000), textOnly: false) };
            Payload[] payloads = [.. records.Select((r, i) => TestPayloads.Payload(r.IsBroken ? "x" : $"{1_000 + i}", $"{r.Key}"))];

            Outcome outcome = DeliverAsync(target, payloads, OnFailure.Block).GetAwaiter().GetResult();

            bool IsHeld(int i) => Enumerable.Range(0, i + 1).Any(before => records[before].IsBroken && records[before].Key == records[i].Key);
            Assert.Equal([.. Enumerable.Range(0, count).Where(IsHeld)], FailedOf(outcome));
            int[] sent = [.. target.Calls.SelectMany(c => c.Split(',', '+')).Select(n => int.Parse(n) - 1_000)];
            Assert.Equal([.. Enumerable.Range(0, count).Where(i => !IsHeld(i))], sent.Order());
            Assert.All(sent.GroupBy(i => records[i].Key), ofKey => Assert.Equal(ofKey.Order(), ofKey));
        }, iter: 300);

    [Fact]
    public async Task One_group_means_one_item_at_a_time()
    {
        var target = new HandMadeTarget((_, _) => Receipt.AllTaken, 10) { CallOrder = CallOrder.OneGroup };
        await DeliverAsync(target, "abc");
        Assert.Equal(["0", "1", "2"], target.Calls);
    }

    [Fact]
    public async Task What_is_taken_as_one_needs_no_waves()
    {
        var target = new HandMadeTarget((_, _) => Receipt.AllTaken, 10) { CallOrder = CallOrder.AsOne };
        await DeliverAsync(target, "aaa");
        Assert.Equal(["0,1,2"], target.Calls);
    }

    [Fact]
    public async Task Where_the_last_wins_a_refused_value_is_not_put_over_a_newer_one()
    {
        var target = new HandMadeTarget((items, call) => call == 0 ? new Receipt([ItemFailure.Refused(0, "Busy", "why"), ItemFailure.Refused(3, "Busy", "why")]) : Receipt.AllTaken, 10)
        {
            CallOrder = CallOrder.LastWins,
        };

        Outcome outcome = await DeliverAsync(target, "abab");

        Assert.Equal(["0,1,2,3", "3"], target.Calls);
        Assert.Empty(FailedOf(outcome));
        Assert.Equal((3, 1), (outcome.Delivered, outcome.Superseded));
    }

    [Theory]
    [InlineData(OnFailure.Block, 0, 1)]
    [InlineData(OnFailure.DeadLetter, 1, 0)]
    public async Task A_rejected_value_behind_which_a_newer_one_was_taken_does_not_block(OnFailure onFailure, int failed, int superseded)
    {
        var target = new HandMadeTarget((_, _) => new Receipt([ItemFailure.Rejected(0, "Bad", "why")]), 10) { CallOrder = CallOrder.LastWins };

        Outcome outcome = await DeliverAsync(target, "aa", onFailure);

        Assert.Equal((failed, superseded), (FailedOf(outcome).Length, outcome.Superseded));
    }

    [Fact]
    public void Whatever_is_refused_no_record_is_sent_after_a_later_one_of_its_key_was_taken() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 9], Gen.Int[1, 6], Gen.Int).Sample((count, perCall, keys, seed) =>
        {
            var random = new Random(seed);
            string keyOf = string.Concat(Enumerable.Range(0, count).Select(_ => (char)('a' + random.Next(keys))));
            var taken = new Dictionary<char, int>();
            var target = new HandMadeTarget((items, _) =>
            {
                Assert.All(items, i => Assert.True(taken.GetValueOrDefault(keyOf[int.Parse(i)], -1) < int.Parse(i)));
                int dice = random.Next(10);
                if (dice == 0)
                {
                    throw DeliverTests.Service((HttpStatusCode)503, "InternalFailure");
                }

                if (dice == 1)
                {
                    throw DeliverTests.Service(HttpStatusCode.BadRequest, "ValidationException");
                }

                if (dice == 2 || items.Any(i => i.EndsWith('5')))
                {
                    throw DeliverTests.Service((HttpStatusCode)418, "Odd");
                }

                var failures = new List<ItemFailure>();
                for (int i = 0; i < items.Length; i++)
                {
                    int fate = random.Next(5);
                    if (fate == 0)
                    {
                        failures.Add(ItemFailure.Refused(i, "Throttled", "too fast"));
                    }
                    else if (fate == 1)
                    {
                        failures.Add(ItemFailure.Rejected(i, "Bad", "why"));
                    }
                    else
                    {
                        taken[keyOf[int.Parse(items[i])]] = int.Parse(items[i]);
                    }
                }

                return new Receipt(failures);
            }, perCall);

            Outcome outcome = DeliverAsync(target, keyOf).GetAwaiter().GetResult();

            // What comes again begins with the first that failed of each key: none behind it may have been taken.
            foreach (int failed in FailedOf(outcome))
            {
                Assert.True(taken.GetValueOrDefault(keyOf[failed], -1) < failed);
            }
        }, iter: 300);

    private static int[] FailedOf(Outcome outcome) => [.. Enumerable.Range(0, outcome.Records).Where(outcome.IsFailed)];

    private static Task<Outcome> DeliverAsync(HandMadeTarget target, string keys, OnFailure onFailure = OnFailure.Block) =>
        DeliverAsync(target, [.. keys.Select((key, i) => TestPayloads.Payload($"{i}", $"{key}"))], onFailure);

    private static async Task<Outcome> DeliverAsync(HandMadeTarget target, Payload[] payloads, OnFailure onFailure)
    {
        var time = new FakeTimeProvider();
        TargetBatch batch = TestPayloads.Batch(target.Cutter, payloads);
        Outcome outcome = Outcome.Of(TestTargets.Mapping(TargetType.Kinesis) with { OnFailure = onFailure }, batch);
        using var sending = new CancellationTokenSource(TimeSpan.FromMinutes(5), time);
        Task running = new Deliver(new ActiveTarget(target, new Circuit(time)), outcome, TimeSpan.FromMinutes(1), time, new Random(1)).RunAsync(batch, 1, sending.Token);
        while (!running.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await running;
        return outcome;
    }
}
