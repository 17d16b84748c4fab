using FanOut.Engine.Batching;
using FanOut.Engine.DeadLetters;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;
using FanOut.Tests.Batching;
using FanOut.Tests.Delivery;

namespace FanOut.Tests.DeadLetters;

/// <summary>Dead letters are sent some at a time: what is made of an event of many records to be sent must not be larger than the event.</summary>
public class BuryTests
{
    private const int Records = 2_500;

    private static readonly RecordGroup Group = UndeliveredRecords.Group(Enumerable.Repeat("data"u8.ToArray(), Records));

    [Fact]
    public async Task Records_that_failed_in_any_order_are_sent_in_their_own()
    {
        RecordGroup group = UndeliveredRecords.Group(Enumerable.Range(0, 4).Select(static i => new byte[] { (byte)i }));
        var payloads = new Payloads(group, new Arena());
        payloads.Items.AddRange([Whole(0), Whole(1), Part(2, 0), Part(2, 1), Whole(3)]);
        TargetBatch batch = TargetBatch.Of(payloads, new HandMadeTarget((_, _) => Receipt.AllTaken).Cutter);
        Outcome outcome = Outcome.Of(UndeliveredRecords.Mapping(), batch);
        foreach (int item in (int[])[4, 3, 2, 0, 1])
        {
            outcome.Fail(batch, [batch.Items[item]], UndeliveredRecords.Failure, Attempts.None);
        }

        var dead = new MemoryDeadLetters();
        await new Bury(dead, outcome).RunAsync(group, long.MaxValue, TestContext.Current.CancellationToken);

        Assert.Equal([(0, null), (1, null), (2, 0), (2, 1), (3, null)], dead.Taken.Select(static u => (u.Record, u.SubSequence)));
    }

    [Fact]
    public async Task All_are_sent_in_order_and_never_many_at_once()
    {
        var letters = new Letters(static _ => Receipt.AllTaken);

        Outcome outcome = await BuryAsync(letters);

        Assert.Equal(Enumerable.Range(0, Records), letters.Sent.SelectMany(static s => s));
        Assert.All(letters.Sent, static s => Assert.InRange(s.Length, 1, 1_000));
        Assert.Equal((Records, 0), (outcome.DeadLettered, FailedOf(outcome)));
    }

    [Fact]
    public async Task One_that_is_rejected_keeps_nothing_back()
    {
        var letters = new Letters(static call => call == 0 ? new Receipt([ItemFailure.Rejected(999, "Bad", "why")]) : Receipt.AllTaken);

        Outcome outcome = await BuryAsync(letters);

        Assert.Equal(3, letters.Sent.Count);
        Assert.Equal((Records - 1, 1), (outcome.DeadLettered, FailedOf(outcome)));
        Assert.Equal(1, outcome.Failures[(FailureClass.PermanentItem, "DeadLetter")].Count);
    }

    [Fact]
    public async Task What_follows_one_that_comes_again_is_not_sent_before_it()
    {
        var letters = new Letters(static call => call == 1 ? new Receipt([ItemFailure.Refused(998, "Busy", "why"), ItemFailure.Refused(999, "Busy", "why")]) : Receipt.AllTaken);

        Outcome outcome = await BuryAsync(letters);

        Assert.Equal(2, letters.Sent.Count);
        Assert.Equal((1_998, 502), (outcome.DeadLettered, FailedOf(outcome)));
        Assert.Equal((502, "why"), outcome.Failures[(FailureClass.Refused, "DeadLetter")]);
    }

    [Fact]
    public async Task A_destination_that_throws_fails_what_is_left()
    {
        var letters = new Letters(static call => call == 1 ? throw new IOException("The destination is away.") : Receipt.AllTaken);

        Outcome outcome = await BuryAsync(letters);

        Assert.Equal(2, letters.Sent.Count);
        Assert.Equal((1_000, 1_500), (outcome.DeadLettered, FailedOf(outcome)));
        Assert.Contains(outcome.Failures, static f => f.Key.Code == "DeadLetter");
    }

    private static Payload Whole(int record) => TestPayloads.Payload("data") with { Record = record };

    private static Payload Part(int record, int sub) => Whole(record) with { IsSubRecord = true, SubSequence = sub };

    private static async Task<Outcome> BuryAsync(Letters letters)
    {
        Outcome outcome = Outcome.WithoutBatch(UndeliveredRecords.Mapping(), Records, null, UndeliveredRecords.Failure);
        await new Bury(letters, outcome).RunAsync(Group, long.MaxValue, TestContext.Current.CancellationToken);
        return outcome;
    }

    private static int FailedOf(Outcome outcome) => Enumerable.Range(0, Records).Count(outcome.IsFailed);

    private sealed class Letters(Func<int, Receipt> answer) : IDeadLetters
    {
        public List<int[]> Sent { get; } = [];

        public Task<Receipt> SendAsync(Mapping mapping, RecordGroup group, IReadOnlyList<Undelivered> undelivered, long memory, CancellationToken cancellationToken)
        {
            Sent.Add([.. undelivered.Select(static u => u.Record)]);
            return Task.FromResult(answer(Sent.Count - 1));
        }
    }
}
