using CsCheck;
using FanOut.Engine;
using FanOut.Engine.Batching;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;
using FanOut.Tests.Targets;
using FanOut.Tests.Transform;

namespace FanOut.Tests.Fuzzing;

/// <summary>Damaged events on the whole way to a batch: refused as a whole, or each record is accounted for at each target.</summary>
public sealed class WholeWayTests : IAsyncDisposable
{
    private static readonly byte[] Aggregate = new KplAggregate().PartitionKey("a").PartitionKey("b").Record(0, null, "one"u8.ToArray()).Record(1, null, [0, 1, 2]).Sealed();

    private static readonly byte[] Whole = LambdaEvent.Of(
        LambdaEvent.Kinesis("""{"a":1}"""u8.ToArray()), LambdaEvent.Kinesis(Aggregate), LambdaEvent.Kinesis(Gzip.LogEvents(Gzip.LogEvent("e", "m"))), LambdaEvent.Kinesis(Gzip.Of("{}"u8)), LambdaEvent.Kinesis([0xFF, 0]),
        LambdaEvent.Dynamo("INSERT", """{"id":{"S":"k"}}""", """{"id":{"S":"k"},"n":{"N":"1.50"},"b":{"B":"AP8="},"l":{"L":[{"NULL":true},{"SS":["x"]}]}}""", null),
        LambdaEvent.Dynamo("REMOVE", """{"id":{"S":"k"}}""", null, """{"id":{"S":"k"}}"""),
        LambdaEvent.Sns("text"));

    private readonly TargetFactory _targets = TestTargets.Factory(TimeProvider.System);

    public static TheoryData<TargetType> Types => [.. Enum.GetValues<TargetType>()];

    public ValueTask DisposeAsync() => _targets.DisposeAsync();

    [Theory]
    [MemberData(nameof(Types))]
    public void Each_record_is_sent_or_refused_for_a_reason(TargetType type)
    {
        Mapping mapping = TestTargets.Mapping(type);
        Mapping[] mappings = [mapping, mapping with { Deaggregate = true, Unpack = Unpack.CloudWatchLogs, ConvertDDB = true, AppendNewlines = true, View = View.Both, Collapse = Collapse.None, Passthrough = true }];

        Arbitrary.Damaged(Whole, "{}[]\",:\\u0d8=+/AQS").Sample(bytes =>
        {
            if (GroupsOf(bytes) is not { } groups)
            {
                return;
            }

            foreach (RecordGroup group in groups)
            {
                foreach (Mapping each in mappings)
                {
                    AssertAccountedFor(group, each);
                }
            }
        }, iter: 400);
    }

    private void AssertAccountedFor(RecordGroup group, Mapping mapping)
    {
        ITarget target = _targets.TargetOf(mapping).Target;
        using var payloads = MakePayloads.Of(group, PayloadOptions.Of(mapping, target.Form));
        var batch = new TargetBatch(payloads);
        target.Cutter.Cut(payloads, batch);

        HashSet<int> seen = [.. payloads.Undecodable.Select(u => u.Record), .. batch.Failed.Select(f => payloads.All[f.Payload].Record)];
        int inItems = 0;
        foreach (Item item in batch.Items)
        {
            inItems += item.Count;
            seen.UnionWith(Enumerable.Range(item.First, item.Count).Select(i => batch[i].Record));
        }

        Assert.Equal(batch.Count, inItems);
        Assert.Equal(payloads.All.Count, batch.Count + batch.Failed.Count);
        Assert.Equal(Enumerable.Range(0, group.Records.Count), seen.Order());
        Assert.All(Blocks.Cut(batch.Items.Span, target.Limits), block => Assert.InRange(block.Count, 1, target.Limits.Items));
    }

    private static IReadOnlyList<RecordGroup>? GroupsOf(byte[] bytes)
    {
        try
        {
            return EventReader.Read(bytes);
        }
        catch (InvalidEventException)
        {
            return null;
        }
    }
}
