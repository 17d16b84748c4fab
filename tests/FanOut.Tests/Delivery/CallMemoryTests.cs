using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;
using FanOut.Tests.Batching;
using FanOut.Tests.Targets;

namespace FanOut.Tests.Delivery;

/// <summary>What the calls of a target that are under way hold together.</summary>
public class CallMemoryTests
{
    private const int Kilobyte = 1024, Megabyte = 1024 * 1024;

    [Theory]
    [InlineData(60, 100 * Kilobyte, 4, 2 * Megabyte)]
    [InlineData(60, 100 * Kilobyte, 1, 2 * Megabyte)]
    [InlineData(9, 700 * Kilobyte, 4, 2 * Megabyte)]
    [InlineData(500, 1 * Kilobyte, 4, 600 * Kilobyte)]
    public async Task They_never_hold_more_than_there_is_for_them(int items, int bytes, int atATime, int memory)
    {
        var target = new PatientTarget(items, memory / 2);

        await DeliverAsync(target, items, bytes, atATime, memory);

        Assert.Equal(items, target.Taken);
        Assert.InRange(target.Most, 1, memory);
        Assert.InRange(target.Most, memory / 2, memory);
    }

    [Fact]
    public async Task An_item_that_is_larger_than_all_of_it_goes_alone()
    {
        var target = new PatientTarget();

        await DeliverAsync(target, 5, 3 * Megabyte, 4, 2 * Megabyte);

        Assert.Equal((5, 3L * Megabyte, 5), (target.Taken, target.Most, target.Calls));
    }

    [Fact]
    public async Task Where_there_is_enough_calls_are_as_large_as_the_target_takes_them()
    {
        var target = new PatientTarget();

        await DeliverAsync(target, 100, 100 * Kilobyte, 4, long.MaxValue);

        Assert.Equal((100, 2), (target.Taken, target.Calls));
    }

    [Fact]
    public async Task Calls_are_not_cut_smaller_than_what_a_round_trip_is_worth()
    {
        var target = new PatientTarget();

        await DeliverAsync(target, 1_000, Kilobyte, 4, 1);

        Assert.Equal((1_000, 8, 128L * Kilobyte), (target.Taken, target.Calls, target.Most));
    }

    private static async Task DeliverAsync(PatientTarget target, int items, int bytes, int atATime, long memory)
    {
        byte[] data = new byte[bytes];
        TargetBatch batch = TestPayloads.Batch(target.Cutter, [.. Enumerable.Range(0, items).Select(i => TestPayloads.Payload(data, $"{i}"))]);
        Outcome outcome = Outcome.Of(TestTargets.Mapping(TargetType.Kinesis), batch);
        var deliver = new Deliver(new ActiveTarget(target, new Circuit(TimeProvider.System)), outcome, TimeSpan.FromMinutes(1), TimeProvider.System, new Random(1)) { Memory = memory };

        await deliver.RunAsync(batch, atATime, TestContext.Current.CancellationToken);

        Assert.Empty(outcome.Failures);
    }

    /// <summary>Answers no call before those under way hold what is expected, or all items have come.</summary>
    /// <param name="items">How many come.</param>
    /// <param name="expected">How much is to be under way, in bytes; 0: it answers at once.</param>
    private sealed class PatientTarget(int items = 0, long expected = 0) : ITarget
    {
        private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly object _gate = new();
        private long _underWay;

        public long Most { get; private set; }

        public int Calls { get; private set; }

        public int Taken { get; private set; }

        public Limits Limits { get; } = new(500, 10 * Megabyte, 5 * Megabyte);

        public PayloadForm Form => PayloadForm.Bytes;

        public CallOrder CallOrder => CallOrder.AsOne;

        public IItemCutter Cutter => new SingleItems(Measure, Limits);

        public async Task<Receipt> SendAsync(TargetBatch batch, ReadOnlyMemory<Item> call, CancellationToken cancellationToken)
        {
            long bytes = call.ToArray().Sum(static i => (long)i.Bytes);
            lock (_gate)
            {
                _underWay += bytes;
                Most = Math.Max(Most, _underWay);
                Calls++;
                Taken += call.Length;
                if (_underWay >= expected || Taken >= items)
                {
                    _enough.TrySetResult();
                }
            }

            await Task.Yield();
            await _enough.Task.WaitAsync(cancellationToken);
            lock (_gate)
            {
                _underWay -= bytes;
            }

            return Receipt.AllTaken;
        }

        public ValueTask DisposeAsync() => default;

        private static int Measure(TargetBatch batch, in Payload payload, out Failure? failure)
        {
            failure = null;
            return payload.Data.Length;
        }
    }
}
