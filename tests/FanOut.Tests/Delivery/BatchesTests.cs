using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;
using FanOut.Tests.Batching;
using FanOut.Tests.Targets;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Delivery;

/// <summary>What is to be sent of an event comes in several batches, each made when its turn has come: together they are as one.</summary>
public class BatchesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _log = [];

    [Fact]
    public async Task In_order_a_batch_is_made_when_the_one_before_is_over()
    {
        HandMadeTarget target = Target(static (_, _) => Receipt.AllTaken);

        Outcome outcome = await DeliverAsync(target, "aabbcc", perBatch: 2, atATime: 1);

        Assert.Equal(["made 0", "sent 0", "sent 1", "over 0", "made 2", "sent 2", "sent 3", "over 2", "made 4", "sent 4", "sent 5", "over 4"], _log);
        Assert.Equal((6L, 0), (outcome.Delivered, outcome.Undelivered.Count));
    }

    [Fact]
    public async Task Not_in_order_no_more_batches_are_made_than_calls_may_be_under_way()
    {
        const int AtATime = 3;
        var gate = new TaskCompletionSource();
        HandMadeTarget target = Target(static (_, _) => Receipt.AllTaken, call =>
        {
            if (call == AtATime - 1)
            {
                gate.SetResult();
            }

            return gate.Task;
        });

        Outcome outcome = await DeliverAsync(target, new string('a', 40), perBatch: 1, AtATime);

        int open = 0, most = 0;
        foreach (string line in _log)
        {
            open += line.StartsWith("made", StringComparison.Ordinal) ? 1 : line.StartsWith("over", StringComparison.Ordinal) ? -1 : 0;
            most = Math.Max(most, open);
        }

        Assert.Equal((0, AtATime), (open, most));
        Assert.Equal((40L, 0), (outcome.Delivered, outcome.Undelivered.Count));
    }

    [Fact]
    public async Task What_is_refused_for_long_does_not_hold_back_later_batches()
    {
        HandMadeTarget target = Target(static (items, _) => items.Contains("0") ? Refused : Receipt.AllTaken);

        Outcome outcome = await DeliverAsync(target, new string('a', 20), perBatch: 2, atATime: 2);

        Assert.Equal([0], FailedOf(outcome));
        Assert.Equal(19, outcome.Delivered);
    }

    [Fact]
    public async Task A_key_is_held_beyond_the_batch_in_which_its_record_failed()
    {
        HandMadeTarget target = Target(static (items, _) => items.Contains("1") ? new Receipt([ItemFailure.Rejected(0, "Bad", "bad")]) : Receipt.AllTaken);

        Outcome outcome = await DeliverAsync(target, "abab" + "ab", perBatch: 2, atATime: 1);

        Assert.Equal([1, 3, 5], FailedOf(outcome));
        Assert.Equal(["Bad", "Order", "Order"], outcome.Undelivered.Select(static u => u.Failure.Code));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_target_that_has_ended_gets_nothing_of_later_batches(int atATime)
    {
        HandMadeTarget target = Target(static (_, _) => throw new TargetFaultException(new Failure(FailureClass.PermanentTarget, "AccessDenied", "denied")));

        Outcome outcome = await DeliverAsync(target, new string('a', 20), perBatch: 2, atATime, OnFailure.DeadLetter);

        Assert.Equal(20, outcome.CountOf(FailureClass.PermanentTarget));
        Assert.InRange(outcome.Calls, 1, atATime);
        Assert.Equal(20, outcome.Undelivered.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task When_time_is_up_the_rest_fails_without_being_made(int atATime)
    {
        HandMadeTarget target = Target(static (_, _) => Refused);

        Outcome outcome = await DeliverAsync(target, new string('a', 20), perBatch: 2, atATime);

        Assert.Equal(Enumerable.Range(0, 20), FailedOf(outcome));
        Assert.Equal(Enumerable.Range(0, 20), outcome.Undelivered.InOrder().Select(static u => u.Record));
        Assert.Equal(20, outcome.CountOf(FailureClass.OutOfTime));
        Assert.InRange(_log.Count(static l => l.StartsWith("made", StringComparison.Ordinal)), 1, atATime);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task What_is_not_made_any_more_has_failed_for_the_reason_of_the_rest(int atATime)
    {
        HandMadeTarget target = Target(static (_, _) => Receipt.AllTaken);
        var circuit = new Circuit(_time);
        for (int i = 0; i < 2; i++)
        {
            await Assert.ThrowsAsync<TargetFaultException>(() => circuit.CallAsync(static () => throw new TargetFaultException(new Failure(FailureClass.PermanentTarget, "AccessDenied", "denied"))));
        }

        Outcome outcome = await DeliverAsync(target, "abcdefghijklmnopqrst", perBatch: 2, atATime, seconds: 3, circuit: circuit);

        Assert.Empty(target.Calls);
        Assert.Equal(20, outcome.CountOf(FailureClass.OutOfTime));
        Assert.All(outcome.Failures, static f => Assert.Equal("CircuitOpen", f.Key.Code));
    }

    [Fact]
    public async Task A_batch_that_cannot_be_made_leaves_its_records_outstanding_and_the_others_are_sent()
    {
        HandMadeTarget target = Target(static (_, _) => Receipt.AllTaken);
        var outcome = new Outcome(TestTargets.Mapping(TargetType.Kinesis), 4, null);
        IEnumerable<TargetBatch> batches = [.. Batches(target, outcome, "aabb", 2).Take(1)];

        await Assert.ThrowsAsync<InvalidOperationException>(() => Deliver(target, outcome).RunAsync(batches.Concat(Fault()), 4, TestContext.Current.CancellationToken));

        Assert.Equal([2, 3], FailedOf(outcome));

        static IEnumerable<TargetBatch> Fault() => Enumerable.Range(0, 1).Select(static TargetBatch (_) => throw new InvalidOperationException());
    }

    private static Receipt Refused => new([ItemFailure.Refused(0, "Throttled", "too fast")]);

    private static int[] FailedOf(Outcome outcome) => [.. Enumerable.Range(0, outcome.Records).Where(outcome.IsFailed)];

    // One item per call.
    private HandMadeTarget Target(Func<string[], int, Receipt> answer, Func<int, Task>? hold = null) => new(
        async (items, call, _) =>
        {
            Note($"sent {items[0]}");
            await (hold?.Invoke(call) ?? Task.CompletedTask);
            return answer(items, call);
        }, 1);

    private Deliver Deliver(HandMadeTarget target, Outcome outcome, Circuit? circuit = null) => new(new ActiveTarget(target, circuit ?? new Circuit(_time)), outcome, TimeSpan.FromMinutes(1), _time, new Random(1));

    private IEnumerable<TargetBatch> Batches(HandMadeTarget target, Outcome outcome, string keys, int perBatch)
    {
        RecordGroup group = TestPayloads.Payloads([.. keys.Select(static _ => TestPayloads.Payload(""))]).Group;
        for (int first = 0; first < keys.Length; first += perBatch)
        {
            int start = first, end = Math.Min(first + perBatch, keys.Length);
            Note($"made {start}");
            var payloads = new Payloads(group, new Arena(), start, end, 0);
            payloads.Items.AddRange([.. Enumerable.Range(start, end - start).Select(i => TestPayloads.Payload($"{i}", $"{keys[i]}") with { Record = i })]);
            TargetBatch batch = TargetBatch.Of(payloads, target.Cutter, null, new Over(() => Note($"over {start}")));
            outcome.Expect(batch);
            yield return batch;
        }
    }

    private async Task<Outcome> DeliverAsync(HandMadeTarget target, string keys, int perBatch, int atATime, OnFailure onFailure = OnFailure.Block, int seconds = 300, Circuit? circuit = null)
    {
        var outcome = new Outcome(TestTargets.Mapping(TargetType.Kinesis) with { OnFailure = onFailure }, keys.Length, null);
        using var sending = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), _time);
        Task running = Deliver(target, outcome, circuit).RunAsync(Batches(target, outcome, keys, perBatch), atATime, sending.Token);
        while (!running.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await running;
        return outcome;
    }

    private void Note(string line)
    {
        lock (_log)
        {
            _log.Add(line);
        }
    }

    private sealed class Over(Action action) : IDisposable
    {
        public void Dispose() => action();
    }
}
