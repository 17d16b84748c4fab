using System.Net;
using Amazon.Runtime;
using CsCheck;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Tests.Batching;
using FanOut.Tests.Targets;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Delivery;

/// <summary>Endpoints that answer 500: to one record only, to all, to some by chance. Data is the record's number.</summary>
public class IsolationTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(9)]
    public async Task One_record_that_makes_a_target_fail_takes_no_other_with_it(int bad)
    {
        var target = new HandMadeTarget((items, _) => items.Contains($"{bad}") ? throw ServerError() : Receipt.AllTaken, 10);

        Outcome outcome = await DeliverAsync(target, 10);

        Assert.Equal([bad], FailedOf(outcome));
        Assert.Equal(9, outcome.Delivered);
        ((FailureClass, string) kind, (int count, string reason)) = Assert.Single(outcome.Failures);
        Assert.Equal(((FailureClass.Ambiguous, "InternalFailure"), 1), (kind, count));
        Assert.StartsWith("Refused by itself, again and again, while the records that shared its request were taken: the service's words", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_sent_with_the_others_three_times_and_by_itself_then()
    {
        var target = new HandMadeTarget((items, _) => items.Contains("1") ? throw ServerError() : Receipt.AllTaken, 4);

        Outcome outcome = await DeliverAsync(target, 4);

        Assert.Equal(["0,1,2,3", "0,1,2,3", "0,1,2,3", "3", "0,1,2", "0", "1,2", "1", "2", .. Enumerable.Repeat("1", DecideNextStep.MostAlone)], target.Calls);
        Assert.Equal([1], FailedOf(outcome));
    }

    [Theory]
    [InlineData(500, 0)]
    [InlineData(500, 250)]
    [InlineData(500, 499)]
    public async Task To_find_one_among_many_takes_few_calls(int records, int bad)
    {
        var target = new HandMadeTarget((items, _) => items.Contains($"{bad}") ? throw ServerError() : Receipt.AllTaken, records);

        Assert.Equal([bad], FailedOf(await DeliverAsync(target, records)));
        Assert.InRange(target.Calls.Count, 10, 40);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(6)]
    public async Task A_target_that_is_down_gets_no_call_more_than_a_record_by_itself_would_cost(int records)
    {
        var target = new HandMadeTarget((_, _) => throw ServerError(), 500);
        Outcome outcome = await DeliverAsync(target, records);
        var alone = new HandMadeTarget((_, _) => throw ServerError(), 500);
        await DeliverAsync(alone, 1);

        Assert.Equal((records, 0), (outcome.CountOf(FailureClass.OutOfTime), outcome.CountOf(FailureClass.Ambiguous)));
        Assert.InRange(target.Calls.Count, alone.Calls.Count - 3, alone.Calls.Count + 3);
        Assert.All(target.Calls.Skip(3), static c => Assert.DoesNotContain(",", c, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(10, 2)]
    [InlineData(16, 2)]
    public async Task A_target_that_comes_back_gets_all_of_it_in_two_calls(int failing, int then)
    {
        var target = new HandMadeTarget((_, call) => call < failing ? throw ServerError() : Receipt.AllTaken, 500);

        Outcome outcome = await DeliverAsync(target, 500, seconds: 120);

        Assert.Equal((500L, failing + then), (outcome.Delivered, target.Calls.Count));
    }

    // It is well for one call only, and down again while the others are halved: none of them is to blame.
    [Fact]
    public async Task A_target_that_ceases_to_be_well_in_between_is_soon_left_in_peace()
    {
        int calls = 0;
        var target = new HandMadeTarget((_, call) => Interlocked.Increment(ref calls) == 4 ? Receipt.AllTaken : throw ServerError(), 500);

        Outcome outcome = await DeliverAsync(target, 500);

        Assert.Equal((1L, 499), (outcome.Delivered, outcome.CountOf(FailureClass.OutOfTime)));
        Assert.InRange(target.Calls.Count, 40, 90);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(1)]
    public async Task Many_that_make_a_target_fail_are_found(int atATime)
    {
        var target = new HandMadeTarget((items, _) => items.Any(static i => i.EndsWith("50", StringComparison.Ordinal)) ? throw ServerError() : Receipt.AllTaken, 500);

        Outcome outcome = await DeliverAsync(target, 500, atATime);

        Assert.Equal([50, 150, 250, 350, 450], FailedOf(outcome));
        Assert.Equal(495, outcome.Delivered);
    }

    [Fact]
    public async Task The_blocks_behind_it_are_sent_in_order_too()
    {
        var target = new HandMadeTarget((items, _) => items.Contains("1") ? throw ServerError() : Receipt.AllTaken, 4);

        Outcome outcome = await DeliverAsync(target, 40, atATime: 1);

        Assert.Equal([1], FailedOf(outcome));
    }

    [Theory]
    [InlineData(OnFailure.Block, new[] { 1, 3, 5 })]
    [InlineData(OnFailure.DeadLetter, new[] { 1 })]
    public async Task What_follows_it_under_its_key_waits_where_it_comes_again(OnFailure onFailure, int[] failed)
    {
        string[] keys = ["a", "b", "a", "b", "c", "b"];
        var taken = new List<string>();
        var target = new HandMadeTarget(
            (items, _) =>
            {
                if (items.Contains("1"))
                {
                    throw ServerError();
                }

                taken.AddRange(items);
                return Receipt.AllTaken;
            },
            6)
        {
            CallOrder = CallOrder.AsOne,
        };

        Outcome outcome = await DeliverAsync(target, keys, atATime: 1, onFailure: onFailure);

        Assert.Equal(failed, FailedOf(outcome));
        Assert.All(taken.GroupBy(i => keys[int.Parse(i)]), static key => Assert.Equal(key.Order(), key));
    }

    // Nothing else may be tried before it. It would have been buried at the end in any case; now what follows it is not.
    [Fact]
    public async Task The_first_of_the_only_key_does_not_take_those_behind_it_into_the_dead_letter()
    {
        var target = new HandMadeTarget((items, _) => items.Contains("0") ? throw ServerError() : Receipt.AllTaken, 4) { CallOrder = CallOrder.AsOne };

        Outcome outcome = await DeliverAsync(target, ["a", "a", "a", "a"], atATime: 1);

        Assert.Equal([0], FailedOf(outcome));
        Assert.StartsWith("Refused by itself, again and again, while what follows it under its key waited", Assert.Single(outcome.Undelivered).Failure.Reason, StringComparison.Ordinal);
        Assert.Equal("1,2,3", target.Calls.Last());
    }

    [Fact]
    public async Task What_a_target_wants_later_is_not_halved_before()
    {
        DateTimeOffset last = default;
        var pauses = new List<TimeSpan>();
        var target = new HandMadeTarget(
            (items, _) =>
            {
                if (last != default)
                {
                    pauses.Add(_time.GetUtcNow() - last);
                }

                bool isBad = items.Contains("2");
                last = isBad ? _time.GetUtcNow() : default;
                return isBad ? throw new HttpAnswerException(new Failure(FailureClass.Ambiguous, "Http503", "later") { RetryAfter = TimeSpan.FromSeconds(2) }) : Receipt.AllTaken;
            },
            8);

        Outcome outcome = await DeliverAsync(target, 8);

        Assert.Equal([2], FailedOf(outcome));
        Assert.All(pauses, static p => Assert.True(p >= TimeSpan.FromSeconds(2), $"{p}"));
    }

    // It needs a second for eight records, and longer than is waited for more.
    [Fact]
    public async Task A_target_that_is_too_slow_for_a_whole_call_gets_smaller_ones()
    {
        var target = new HandMadeTarget(
            async (items, _, cancellationToken) =>
            {
                await Task.Delay(items.Length > 8 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(1), _time, cancellationToken);
                return Receipt.AllTaken;
            },
            16);

        Outcome outcome = await DeliverAsync(target, 16, seconds: 150);

        Assert.Equal((16L, 4), (outcome.Delivered, target.Calls.Count));
    }

    [Fact]
    public async Task The_time_of_the_invocation_is_kept()
    {
        DateTimeOffset started = _time.GetUtcNow();
        var target = new HandMadeTarget((items, _) => items.Contains("1") ? throw ServerError() : Receipt.AllTaken, 4);

        Outcome outcome = await DeliverAsync(target, 4, seconds: 2);

        Assert.Equal([1], FailedOf(outcome));
        Assert.Equal(FailureClass.OutOfTime, Assert.Single(outcome.Failures).Key.Class);
        Assert.InRange(_time.GetUtcNow() - started, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void Whatever_records_make_a_target_fail_all_others_are_delivered_once_and_in_order() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[2, 20], Gen.Int[0, 3], Gen.Bool, Gen.Int).Sample((count, perCall, bad, isOrdered, seed) =>
        {
            var random = new Random(seed);
            string[] keys = [.. Enumerable.Range(0, count).Select(_ => $"{(char)('a' + random.Next(4))}")];
            HashSet<string> broken = [.. Enumerable.Range(0, bad).Select(_ => $"{random.Next(count)}")];
            var taken = new List<string>();
            var target = new HandMadeTarget(
                (items, _) =>
                {
                    lock (taken)
                    {
                        if (items.Any(broken.Contains))
                        {
                            throw ServerError();
                        }

                        taken.AddRange(items);
                        return Receipt.AllTaken;
                    }
                },
                perCall)
            {
                CallOrder = CallOrder.AsOne,
            };

            Outcome outcome = DeliverAsync(target, keys, isOrdered ? 1 : 4, 600, time: new FakeTimeProvider()).GetAwaiter().GetResult();

            Assert.Equal(taken.Count, taken.Distinct().Count());
            Assert.Equal(Enumerable.Range(0, count).Where(i => !taken.Contains($"{i}")), FailedOf(outcome));
            if (isOrdered)
            {
                // Behind a call of which all records are broken, those of the next come again: nothing told what is to blame.
                Assert.All(outcome.Undelivered.Where(u => !broken.Contains($"{u.Record}")), static u => Assert.Equal(FailureClass.OutOfTime, u.Failure.Class));
                Assert.All(taken.Select(int.Parse).GroupBy(i => keys[i]), static key => Assert.Equal(key.Order(), key));
            }
            else
            {
                Assert.Equal(count - broken.Count, taken.Count);
            }
        }, iter: 200);

    private static AmazonServiceException ServerError() => DeliverTests.Service(HttpStatusCode.InternalServerError, "InternalFailure");

    private static int[] FailedOf(Outcome outcome) => [.. Enumerable.Range(0, outcome.Records).Where(outcome.IsFailed)];

    private Task<Outcome> DeliverAsync(HandMadeTarget target, int count, int atATime = 4, int seconds = 60) =>
        DeliverAsync(target, [.. Enumerable.Range(0, count).Select(static i => $"k{i}")], atATime, seconds);

    private async Task<Outcome> DeliverAsync(
        HandMadeTarget target, string[] keys, int atATime = 4, int seconds = 60, OnFailure onFailure = OnFailure.DeadLetter, FakeTimeProvider? time = null)
    {
        time ??= _time;
        TargetBatch batch = TestPayloads.Batch(target.Cutter, [.. keys.Select(static (key, i) => TestPayloads.Payload($"{i}", key))]);
        Outcome outcome = Outcome.Of(TestTargets.Mapping(TargetType.Http) with { OnFailure = onFailure }, batch);
        using var sending = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), time);
        Task running = new Deliver(new ActiveTarget(target, new Circuit(time)), outcome, TimeSpan.FromMinutes(1), time, new Random(1)).RunAsync(batch, atATime, sending.Token);
        while (!running.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await running;
        return outcome;
    }
}
