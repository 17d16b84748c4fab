using System.Buffers;
using System.Text;
using CsCheck;
using FanOut.Engine.Events;
using FanOut.Engine.Filtering;
using FanOut.Engine.Mappings;
using FanOut.Engine.Transform;

namespace FanOut.Tests.Transform;

/// <summary>Payloads that are made some records at a time, and shared.</summary>
public class SharedPayloadsTests
{
    private static readonly PayloadOptions Plain = new(PayloadForm.Bytes, true, false, false, View.NewImage);

    private static readonly RecordFilter LargeOnly =
        RecordFilter.TryParse("""{"data":{"n":[{"numeric":[">",5]}]}}""", SourceKind.Kinesis, out RecordFilter? filter, out string? problem) ? filter : throw new InvalidOperationException(problem);

    /// <summary>Plain records, aggregates, empty and broken ones, and what is no base64.</summary>
    [Fact]
    public void However_many_records_are_made_at_a_time_all_together_are_the_same() =>
        Gen.Select(Gen.Int[0, 4].Array[1, 12], Gen.Enum<PayloadForm>(), Gen.Bool, Gen.Bool, Gen.Bool, Gen.OneOf(Gen.Long[1, 1_000], Gen.Long[60_000, 300_000])).Sample((kinds, form, deaggregate, appendNewlines, isFiltered, most) =>
        {
            RecordGroup group = Group([.. kinds.Select(Record)]);
            PayloadOptions options = new(form, deaggregate, false, appendNewlines, View.NewImage);
            RecordFilter? filter = isFiltered ? LargeOnly : null;
            using SharedPayloads whole = new(group), sliced = new(group, most, most);
            Payloads all = whole.From(0, options, filter).Payloads;
            var texts = new List<string>();
            (List<Undecodable> broken, List<int> empty, int filtered, int next) = ([], [], 0, 0);
            while (next < group.Records.Count)
            {
                using BorrowedPayloads some = sliced.From(next, options, filter);
                Assert.Equal(next, some.Payloads.First);
                Assert.InRange(some.Payloads.End, next + 1, group.Records.Count);
                texts.AddRange(some.Payloads.All.Select(Text));
                broken.AddRange(some.Payloads.Undecodable);
                empty.AddRange(some.Payloads.Empty.Where(e => e >= next && e < some.Payloads.End));
                filtered += some.Payloads.Filtered;
                next = some.Payloads.End;
            }

            Assert.Equal(all.All.Select(Text), texts);
            Assert.Equal(all.Undecodable.Select(static u => (u.Record, u.Code, u.Reason)), broken.Select(static u => (u.Record, u.Code, u.Reason)));
            Assert.Equal(all.Empty, empty);
            Assert.Equal(all.Filtered, filtered);
        });

    [Fact]
    public void As_many_records_are_made_as_there_is_memory_for()
    {
        using var shared = new SharedPayloads(Group([.. Enumerable.Repeat(LambdaEvent.Kinesis(new byte[100_000]), 20)]), 500_000, 0);

        using BorrowedPayloads some = shared.From(0, Plain);

        Assert.Equal((0, 4), (some.Payloads.First, some.Payloads.End));
    }

    [Fact]
    public void What_somebody_reads_is_shared_and_what_nobody_reads_is_kept_while_there_is_room()
    {
        RecordGroup group = Group([LambdaEvent.Kinesis([1])]);
        using SharedPayloads spare = new(group), full = new(group, 1, 0);
        BorrowedPayloads first = full.From(0, Plain);
        using (BorrowedPayloads second = full.From(0, Plain))
        {
            Assert.Same(first.Payloads, second.Payloads);
        }

        using (BorrowedPayloads third = full.From(0, Plain))
        {
            Assert.Same(first.Payloads, third.Payloads);
        }

        first.Dispose();
        first.Dispose();
        using BorrowedPayloads fourth = full.From(0, Plain), kept = spare.From(0, Plain);
        Assert.NotSame(first.Payloads, fourth.Payloads);
        kept.Dispose();
        using BorrowedPayloads again = spare.From(0, Plain);
        Assert.Same(kept.Payloads, again.Payloads);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Memory_that_a_call_may_still_read_is_not_used_for_others(bool isAbandoned)
    {
        using var shared = new SharedPayloads(Group([LambdaEvent.Kinesis("what was sent"u8.ToArray())]), 1, 0);
        BorrowedPayloads borrowed = shared.From(0, Plain);
        ReadOnlyMemory<byte> data = Assert.Single(borrowed.Payloads.All).Data.Content;
        if (isAbandoned)
        {
            borrowed.Payloads.Arena.Abandon();
        }

        borrowed.Dispose();
        byte[] next = ArrayPool<byte>.Shared.Rent(64 * 1024);
        next.AsSpan().Clear();

        Assert.Equal(isAbandoned, Encoding.UTF8.GetString(data.Span) == "what was sent");
    }

    private static RecordGroup Group(string[] records) => Assert.Single(EventReader.Read(LambdaEvent.Of(records)));

    private static string Text(Payload payload) => string.Join(
        ' ', payload.Record, payload.SubSequence, payload.IsSubRecord, payload.IsJson, Encoding.UTF8.GetString(payload.Key.Span), Convert.ToBase64String(payload.Data.Content.Span), payload.Data.IsBase64);

    private static string Record(int kind, int number) => kind switch
    {
        0 => LambdaEvent.Kinesis(Encoding.ASCII.GetBytes($"{{\"n\":{number}}}"), $"k{number}"),
        1 => LambdaEvent.Kinesis(new KplAggregate().PartitionKey("a").Record(0, null, "{\"n\":1}"u8.ToArray()).Record(0, null, "{\"n\":9}"u8.ToArray()).Sealed(), "outer"),
        2 => LambdaEvent.Kinesis(KplAggregate.Seal([0x12, 0x00])),
        3 => LambdaEvent.Kinesis(KplAggregate.Seal([0x0A])),
        _ => LambdaEvent.Kinesis("x"u8.ToArray()).Replace("eA==", "e*==", StringComparison.Ordinal),
    };
}
