using FanOut.Engine.Batching;
using FanOut.Engine.DeadLetters;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Tests.Batching;
using FanOut.Tests.Delivery;
using FanOut.Tests.Targets;

namespace FanOut.Tests.DeadLetters;

public class BuryTests
{
    [Fact]
    public async Task Records_that_failed_in_any_order_are_sent_in_their_own()
    {
        RecordGroup group = UndeliveredRecords.Group(Enumerable.Range(0, 4).Select(static i => new byte[] { (byte)i }));
        var target = new HandMadeTarget((_, _) => FanOut.Engine.Targets.Receipt.AllTaken);
        Outcome outcome = Outcome.Of(UndeliveredRecords.Mapping(), TestPayloads.Batch(target.Cutter, TestPayloads.Numbers(4)));
        foreach ((int record, int? sub) in ((int, int?)[])[(3, null), (2, 1), (2, 0), (0, null), (1, null)])
        {
            outcome.Fail(record, sub, UndeliveredRecords.Failure, Attempts.None);
        }

        var dead = new MemoryDeadLetters();
        await new Bury(dead, outcome).RunAsync(group, TestContext.Current.CancellationToken);

        Assert.Equal([(0, null), (1, null), (2, 0), (2, 1), (3, null)], dead.Taken.Select(static u => (u.Record, u.SubSequence)));
    }
}
