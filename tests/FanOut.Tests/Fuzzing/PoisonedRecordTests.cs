using System.Text;
using FanOut.Engine;
using FanOut.Engine.Batching;
using FanOut.Engine.Events;
using FanOut.Engine.Filtering;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;
using FanOut.Tests.Targets;

namespace FanOut.Tests.Fuzzing;

/// <summary>Whatever stands in one record, those before and after it go to every target, and that one ends as sent or as failed for a reason.</summary>
public sealed class PoisonedRecordTests : IAsyncDisposable
{
    private static readonly byte[] Aggregate = new KplAggregate().PartitionKey("a").HashKey("17").Record(0, 0, "{}"u8.ToArray()).Sealed();

    private static readonly byte[] Logs = Gzip.Of(Gzip.LogEvents(Gzip.LogEvent("1", "a"), Gzip.LogEvent("2", "b")));

    private static readonly Dictionary<string, string[]> Events = new()
    {
        ["kinesis"] = [LambdaEvent.Kinesis("{\"a\":1}"u8.ToArray(), "k1", "101"), LambdaEvent.Kinesis("{\"a\":2}"u8.ToArray(), "k2", "102"), LambdaEvent.Kinesis("{\"a\":3}"u8.ToArray(), "k3", "103")],
        ["aggregate"] = [LambdaEvent.Kinesis(Aggregate, "k1", "101"), LambdaEvent.Kinesis(Aggregate, "k2", "102"), LambdaEvent.Kinesis(Aggregate, "k3", "103")],
        ["logs"] = [LambdaEvent.Kinesis(Logs, "k1", "101"), LambdaEvent.Kinesis(Logs, "k2", "102"), LambdaEvent.Kinesis(Logs, "k3", "103")],
        ["dynamodb"] = [Item("INSERT", "a", "101"), Item("MODIFY", "b", "102"), Item("REMOVE", "c", "103")],
        ["sns"] = [LambdaEvent.Sns("{}", "m1"), LambdaEvent.Sns("{}", "m2"), LambdaEvent.Sns("{}", "m3")],
    };

    private readonly TargetFactory _targets = TestTargets.Factory(TimeProvider.System);

    public static TheoryData<string, int> Cases => new(from kind in Events.Keys from position in Enumerable.Range(0, 3) select (kind, position));

    public ValueTask DisposeAsync() => _targets.DisposeAsync();

    [Theory]
    [MemberData(nameof(Cases))]
    public void One_record_never_takes_others_with_it(string kind, int poisoned)
    {
        string[] records = Events[kind];
        (Mapping Mapping, ITarget Target)[] all = [.. Mappings(kind).Select(m => (m, _targets.TargetOf(m).Target))];
        foreach (byte[] poison in Poison.Of(records[poisoned]))
        {
            IReadOnlyList<RecordGroup> groups = EventReader.Read(Event(records, poisoned, poison));
            RecordGroup own = groups.Single(g => g.Records.Any(r => IsHealthy(r, records, poisoned)));
            Assert.Equal(3, groups.Sum(static g => g.Records.Count));
            Assert.Equal(2, own.Records.Count(r => IsHealthy(r, records, poisoned)));
            Assert.All(own.Records.Where(r => IsHealthy(r, records, poisoned)), static r => Assert.Null(r.Problem));
            foreach ((Mapping mapping, ITarget target) in all)
            {
                AssertSent(groups, own, mapping, target, r => IsHealthy(r, records, poisoned));
            }
        }
    }

    private static void AssertSent(IReadOnlyList<RecordGroup> groups, RecordGroup own, Mapping mapping, ITarget target, Func<StreamRecord, bool> isHealthy)
    {
        foreach (RecordGroup group in groups)
        {
            using var shared = new SharedPayloads(group);
            Payloads payloads = shared.From(0, PayloadOptions.Of(mapping, target.Form), mapping.Filter).Payloads;
            var batch = new TargetBatch(payloads);
            target.Cutter.Cut(payloads, batch);
            HashSet<int> sent = [.. batch.Items.SelectMany(i => Enumerable.Range(i.First, i.Count)).Select(i => batch[i].Record)];
            HashSet<int> failed = [.. payloads.Undecodable.Select(static u => u.Record), .. batch.Failed.Select(f => payloads.All[f.Payload].Record)];
            Assert.True(payloads.Filtered > 0 || sent.Union(failed).Count() == group.Records.Count, "A record is neither sent nor failed.");
            if (group == own)
            {
                Assert.All(group.Records.Index().Where(r => isHealthy(r.Item)), r => Assert.Contains(r.Index, sent));
            }
        }
    }

    private static IEnumerable<Mapping> Mappings(string kind)
    {
        foreach (TargetType type in Enum.GetValues<TargetType>())
        {
            Mapping mapping = TestTargets.Mapping(type);
            if (kind is not ("aggregate" or "logs"))
            {
                yield return mapping;
            }

            yield return mapping with { Deaggregate = true, Unpack = Unpack.CloudWatchLogs, ConvertDDB = true, View = View.Record, Passthrough = true };
        }

        string filter = kind == "dynamodb" ? """{"dynamodb":{"Keys":{"id":{"S":[{"exists":true}]}}},"keys":{"id":[{"exists":true}]}}""" : kind == "sns" ? """{"data":["{}"]}""" : """{"eventName":["aws:kinesis:record"]}""";
        SourceKind source = kind == "dynamodb" ? SourceKind.DynamoDb : kind == "sns" ? SourceKind.Sns : SourceKind.Kinesis;
        Assert.True(RecordFilter.TryParse(filter, source, out RecordFilter? parsed, out string? problem), problem);
        yield return TestTargets.Mapping(TargetType.Firehose) with { Filter = parsed };
        yield return TestTargets.Mapping(TargetType.Redis) with { Filter = parsed, Deaggregate = true, Unpack = Unpack.CloudWatchLogs, ConvertDDB = true };
    }

    private static bool IsHealthy(in StreamRecord record, string[] records, int poisoned)
    {
        byte[] raw = record.Raw.ToArray();
        return records.Index().Any(r => r.Index != poisoned && raw.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(r.Item)));
    }

    private static byte[] Event(string[] records, int poisoned, byte[] poison)
    {
        byte[][] all = [.. records.Select(Encoding.UTF8.GetBytes)];
        all[poisoned] = poison;
        return [.. "{\"Records\":["u8, .. all[0], .. ","u8, .. all[1], .. ","u8, .. all[2], .. "]}"u8];
    }

    private static string Item(string change, string id, string number) => LambdaEvent.Dynamo(
        change,
        $$"""{"id":{"S":"{{id}}"} }""",
        change == "REMOVE" ? null : $$"""{"id":{"S":"{{id}}"},"n":{"N":"1"} }""",
        change == "INSERT" ? null : $$"""{"id":{"S":"{{id}}"} }""",
        number);
}
