using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using CsCheck;
using FanOut.Engine.Transform;

namespace FanOut.Tests.Transform;

/// <summary>kpl-aggregates.json: the first five are the work of Amazon's own aws-kinesis-agg 4.2.8, the others go wrong one by one.</summary>
public class DeaggregateKplTests
{
    private static readonly Dictionary<string, JsonElement> Fixtures =
        JsonDocument.Parse(Fixture.Read("kpl-aggregates.json")).RootElement.EnumerateArray().ToDictionary(each => each.GetProperty("name").GetString()!);

    public static TheoryData<string> Names => [.. Fixtures.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_fixture_is_read_as_it_says(string name)
    {
        JsonElement fixture = Fixtures[name];
        SubRecord earlier = new("earlier"u8.ToArray(), default, default);
        List<SubRecord> records = [earlier];

        KplOutcome outcome = DeaggregateKpl.Read(fixture.GetProperty("data").GetBytesFromBase64(), records, out string? reason);

        Assert.Equal(fixture.GetProperty("outcome").GetString(), outcome.ToString());
        Assert.Equal(earlier, records[0]);
        if (outcome == KplOutcome.Broken)
        {
            Assert.Contains(fixture.GetProperty("reason").GetString()!, reason, StringComparison.Ordinal);
        }
        else
        {
            Assert.Null(reason);
        }

        IEnumerable<string> expected = outcome == KplOutcome.Aggregated
            ? fixture.GetProperty("records").EnumerateArray().Select(each =>
                $"{each.GetProperty("partitionKey")}, {each.GetProperty("explicitHashKey")}, {each.GetProperty("data")}")
            : [];
        Assert.Equal(expected, records.Skip(1).Select(Describe));
    }

    [Fact]
    public void Groups_nested_without_end_do_not_exhaust_the_stack()
    {
        byte[] hostile = new byte[5_000_000];
        Array.Fill(hostile, (byte)0x2B);

        Assert.Equal(KplOutcome.Broken, DeaggregateKpl.Read(KplAggregate.Seal(hostile), [], out _));
    }

    [Fact]
    public void What_went_in_comes_out_in_order() =>
        AggregateOf(200).Sample(aggregate =>
        {
            List<SubRecord> records = [];
            Assert.Equal(KplOutcome.Aggregated, DeaggregateKpl.Read(aggregate.Message.Sealed(), records, out _));
            Assert.Equal(aggregate.Records, records.Select(Describe));
        });

    [Fact]
    public void Damage_is_never_an_exception_and_never_reads_outside_the_data() =>
        AggregateOf(5).SelectMany(aggregate => Arbitrary.Damaged(aggregate.Message.Message(), "\0\u0001\u0002\u0008\u000a\u0010\u0012\u001a\u007f")).Sample(message =>
        {
            // In the middle of a larger array, as the event's buffer is.
            byte[] aggregate = KplAggregate.Seal(message);
            byte[] buffer = [1, 2, 3, .. aggregate, 4, 5, 6];
            List<SubRecord> records = [];

            KplOutcome outcome = DeaggregateKpl.Read(buffer.AsMemory(3, aggregate.Length), records, out string? reason);

            Assert.Equal(outcome == KplOutcome.Broken, reason is not null);
            Assert.True(outcome == KplOutcome.Aggregated || records.Count == 0);
            foreach (ReadOnlyMemory<byte> slice in records.SelectMany(record => new[] { record.PartitionKey, record.ExplicitHashKey, record.Data }))
            {
                Assert.True(MemoryMarshal.TryGetArray(slice, out ArraySegment<byte> segment));
                Assert.Same(buffer, segment.Array);
                Assert.InRange(segment.Offset, 3 + 4, 3 + aggregate.Length - 16 - segment.Count);
            }
        }, iter: 5_000);

    [Fact]
    public void Damage_behind_the_digest_leaves_a_plain_record() =>
        AggregateOf(5).SelectMany(aggregate => Gen.Select(Gen.Const(aggregate.Message.Sealed()), Gen.Int[0, 100_000], Gen.Int[1, 255])).Sample((data, position, change) =>
        {
            data[position % data.Length] ^= (byte)change;
            Assert.Equal(KplOutcome.Plain, DeaggregateKpl.Read(data, [], out _));
        });

    private static Gen<(KplAggregate Message, string[] Records)> AggregateOf(int partitionKeysAtMost) =>
        from partitionKeys in Arbitrary.Text.Array[1, partitionKeysAtMost]
        from hashKeys in Gen.ULong.Select(hash => hash.ToString(System.Globalization.CultureInfo.InvariantCulture)).Array[1, 5]
        from records in Gen.Select(Gen.Int[0, partitionKeys.Length - 1], Gen.Int[-1, hashKeys.Length - 1], Gen.Byte.Array[0, 300]).Array[0, 20]
        from tablesLast in Gen.Bool
        select Build(partitionKeys, hashKeys, records, tablesLast);

    private static (KplAggregate, string[]) Build(string[] partitionKeys, string[] hashKeys, (int Key, int Hash, byte[] Data)[] records, bool tablesLast)
    {
        KplAggregate aggregate = new();
        void WriteRecords()
        {
            foreach ((int key, int hash, byte[] data) in records)
            {
                aggregate.Record(key, hash < 0 ? null : hash, data);
            }
        }
        if (tablesLast)
        {
            WriteRecords();
        }

        foreach (string key in partitionKeys)
        {
            aggregate.PartitionKey(key);
        }

        foreach (string key in hashKeys)
        {
            aggregate.HashKey(key).Field(99, [1, 2, 3]);
        }

        if (!tablesLast)
        {
            WriteRecords();
        }

        return (aggregate, [.. records.Select(record =>
            $"{partitionKeys[record.Key]}, {(record.Hash < 0 ? "" : hashKeys[record.Hash])}, {Convert.ToBase64String(record.Data)}")]);
    }

    private static string Describe(SubRecord record) =>
        $"{Encoding.UTF8.GetString(record.PartitionKey.Span)}, {Encoding.UTF8.GetString(record.ExplicitHashKey.Span)}, {Convert.ToBase64String(record.Data.Span)}";
}
