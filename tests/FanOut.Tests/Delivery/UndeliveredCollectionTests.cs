using CsCheck;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;

namespace FanOut.Tests.Delivery;

/// <summary>What was not delivered, held in runs.</summary>
public class UndeliveredCollectionTests
{
    private static readonly Failure[] Failures = [new(FailureClass.Oversize, "a", "a"), new(FailureClass.Refused, "b", "b")];
    private static readonly Attempts[] All = [Attempts.None, Attempts.None.Next(DateTimeOffset.UnixEpoch)];

    /// <summary>Stretches of whole records and of parts of one, each once, in any order.</summary>
    [Fact]
    public void Nothing_is_changed_by_being_held_in_runs() =>
        Gen.Select(Gen.Int[1, 8], Gen.Bool, Gen.Int[0, 1], Gen.Int[0, 1]).Array[0, 12].Select(Gen.Int[0, 1_000]).Sample((stretches, seed) =>
        {
            int record = 0;
            Undelivered[] all = [.. stretches.SelectMany(s =>
            {
                int first = record;
                record += s.Item2 ? 1 : s.Item1;
                return Enumerable.Range(0, s.Item1).Select(i => s.Item2
                    ? new Undelivered(first, i, Failures[s.Item3], All[s.Item4])
                    : new Undelivered(first + i, null, Failures[s.Item3], All[s.Item4])).ToArray();
            })];
            Undelivered[] shuffled = [.. all];
            var random = new Random(seed);
            for (int swaps = random.Next(4); swaps > 0 && all.Length > 0; swaps--)
            {
                (int a, int b) = (random.Next(all.Length), random.Next(all.Length));
                (shuffled[a], shuffled[b]) = (shuffled[b], shuffled[a]);
            }

            var runs = new UndeliveredCollection();
            foreach (Undelivered one in shuffled)
            {
                runs.Add(one.Record, one.SubSequence, one.Failure, one.Attempts);
            }

            Assert.Equal(shuffled.Length, runs.Count);
            Assert.Equal(shuffled, runs);
            Assert.Equal(all, runs.InOrder());
        });

    [Fact]
    public void Neighbours_that_failed_together_take_the_room_of_one()
    {
        var runs = new UndeliveredCollection();
        runs.Add(0, null, Failures[0], All[0]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 1; i < 10_000; i++)
        {
            runs.Add(i, null, Failures[0], All[0]);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
        Assert.Equal(10_000, runs.Count);
    }
}
