using System.Text;
using CsCheck;
using FanOut.Engine.Events;
using FanOut.Engine.Progress;
using FanOut.Tests.Batching;

namespace FanOut.Tests.Progress;

public class DeliveredRunsTests
{
    [Fact]
    public void What_was_delivered_is_found_again_whatever_was_delivered() =>
        Gen.Select(Gen.Bool.Array[1, 400], Gen.Int[0, 399]).Sample((done, skip) =>
        {
            int first = Math.Min(skip, done.Length - 1);
            RecordGroup batch = Batch(done.Length);

            bool[] found = DeliveredRuns.Read(DeliveredRuns.Write(batch, first, r => done[r], 1_000_000), Batch(done.Length, first));

            Assert.Equal(done[first..], found);
        });

    [Fact]
    public void What_is_not_in_the_note_is_never_taken_for_delivered_wherever_the_next_batch_begins_and_ends() =>
        Gen.Select(Gen.Bool.Array[1, 300], Gen.Int[0, 299], Gen.Int[1, 300], Gen.Int[0, 20]).Sample((done, start, length, gap) =>
        {
            int first = Math.Min(start, done.Length - 1);
            byte[] note = DeliveredRuns.Write(Batch(done.Length), 0, r => done[r], 1_000_000);

            // Some records are missing in between, as with another lane of the same shard.
            int[] numbers = [.. Enumerable.Range(first, length).Where(n => gap == 0 || n % (gap + 2) != 0)];
            bool[] found = DeliveredRuns.Read(note, Batch(numbers));

            for (int i = 0; i < numbers.Length; i++)
            {
                Assert.False(found[i] && (numbers[i] >= done.Length || !done[numbers[i]]));
            }
        });

    [Fact]
    public void A_batch_that_comes_back_shorter_loses_no_more_than_its_last_run()
    {
        byte[] note = DeliveredRuns.Write(Batch(1_000), 0, _ => true, 1_000_000);

        bool[] found = DeliveredRuns.Read(note, Batch(500));

        Assert.Equal(384, found.Count(f => f));
    }

    [Fact]
    public void Ten_thousand_records_have_room_in_two_kilobytes() =>
        Assert.InRange(DeliveredRuns.Write(Batch(10_000), 0, _ => true, 1_000_000).Length, 1_000, 2_000);

    [Fact]
    public void What_has_no_room_is_left_out()
    {
        byte[] note = DeliveredRuns.Write(Batch(1_000), 0, r => r % 2 == 0, 170);

        Assert.Equal(170, note.Length);
        Assert.Equal(10, DeliveredRuns.Read(note, Batch(1_000)).Count(f => f));
    }

    [Fact]
    public void Anything_may_be_read_as_a_note() =>
        Gen.Byte.Array[0, 100].Sample(bytes => Assert.DoesNotContain(true, DeliveredRuns.Read(bytes, Batch(50))));

    private static RecordGroup Batch(int count, int first = 0) => Batch([.. Enumerable.Range(first, count - first)]);

    private static RecordGroup Batch(int[] numbers) => new(TestPayloads.Source, SourceKind.Kinesis, [.. numbers.Select(n => new StreamRecord
    {
        SequenceNumber = Encoding.ASCII.GetBytes($"4959031261538457742312345678901234567890123456789{n:0000000}"),
    })]);
}
