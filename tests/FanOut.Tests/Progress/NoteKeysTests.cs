using System.Globalization;
using System.Numerics;
using System.Text;
using CsCheck;
using FanOut.Engine.Events;
using FanOut.Engine.Progress;

namespace FanOut.Tests.Progress;

public sealed class NoteKeysTests
{
    [Fact]
    public void Keys_sort_as_numbers_do_however_long_they_are() =>
        Gen.Select(Numbers, Numbers).Sample((x, y) => Assert.Equal(Math.Sign(x.CompareTo(y)), Math.Sign(string.CompareOrdinal(KeyOf(x), KeyOf(y)))));

    [Fact]
    public void A_note_that_ends_in_a_batch_or_behind_it_is_in_its_range() =>
        Gen.Select(Numbers, Numbers).Sample((first, other) =>
        {
            var batch = new NoteKeys(Kinesis(0, first));
            string note = KeyOf(other);
            Assert.Equal(other >= first, string.CompareOrdinal(batch.From, note) <= 0 && string.CompareOrdinal(note, batch.To) <= 0);
        });

    [Fact]
    public void Each_shard_has_a_range_of_its_own()
    {
        NoteKeys one = new(Kinesis(1, 5)), other = new(Kinesis(2, 7));
        Assert.Equal("#shardId-000000000001#001,5", one.From);
        Assert.DoesNotContain(other.Of(0, 1), Between(one));
        Assert.Contains(new NoteKeys(Kinesis(1, 7)).Of(0, 1), Between(one));

        IEnumerable<string> Between(NoteKeys keys) => new[] { other.Of(0, 1), new NoteKeys(Kinesis(1, 7)).Of(0, 1) }
            .Where(k => string.CompareOrdinal(keys.From, k) <= 0 && string.CompareOrdinal(k, keys.To) <= 0);
    }

    [Fact]
    public void Events_by_hand_may_be_in_any_order()
    {
        var keys = new NoteKeys(EventReader.Read(LambdaEvent.Of(LambdaEvent.Kinesis([], sequenceNumber: "30"), LambdaEvent.Kinesis([], sequenceNumber: "7"), LambdaEvent.Kinesis([], sequenceNumber: "200")))[0]);
        Assert.Equal(("001,7", "003,200", $"#{keys.Shard}#003,200"), (keys.First, keys.Last, keys.Of(0, 3)));
    }

    [Fact]
    public void Changes_of_a_table_name_no_shard() =>
        Assert.Equal("##021,100000000000000000001", new NoteKeys(EventReader.Read(LambdaEvent.Of(LambdaEvent.Dynamo("INSERT", "{}", null, null, "000100000000000000000001")))[0]).From);

    [Fact]
    public void Messages_are_found_by_the_first_ones_id()
    {
        var keys = new NoteKeys(EventReader.Read(LambdaEvent.Of(LambdaEvent.Sns("one", "12"), LambdaEvent.Sns("two", "34")))[0]);
        Assert.Equal(("##id:12", "##id:12", "##id:12", null), (keys.From, keys.To, keys.Of(0, 2), keys.First));
    }

    private static Gen<BigInteger> Numbers => Gen.Select(Gen.Int[1, 129], Gen.Int[1, int.MaxValue], Gen.Int[0, int.MaxValue]).Select(static (digits, high, low) =>
        BigInteger.Parse($"{high}{new string('0', 119)}{low}"[..digits], CultureInfo.InvariantCulture));

    private static string KeyOf(BigInteger number) => new NoteKeys(Kinesis(0, number)).Of(0, 1);

    private static RecordGroup Kinesis(int shard, BigInteger number) => new(LambdaEvent.Stream, SourceKind.Kinesis, [new StreamRecord
    {
        SequenceNumber = Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)),
        Raw = Encoding.ASCII.GetBytes($$"""{"eventID":"shardId-{{shard:000000000000}}:{{number}}"}"""),
    }]);
}
