using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Transform;

namespace FanOut.Benchmarks.Stages;

/// <summary>500 records, or as many in aggregates → payloads.</summary>
public class PayloadBenchmarks
{
    private static readonly PayloadOptions AsItCame = new(PayloadForm.AsIs, Deaggregate: false, ConvertDDB: false, AppendNewlines: false, View.NewImage);

    private RecordGroup _kinesis = Group(Samples.Kinesis(1, 1));
    private RecordGroup _aggregates = Group(Samples.Kinesis(1, 1));
    private RecordGroup _dynamo = Group(Samples.Kinesis(1, 1));

    [GlobalSetup]
    public void MakeRecords() =>
        (_kinesis, _aggregates, _dynamo) = (Group(Samples.Kinesis(500, 1000)), Group(Samples.Aggregates(10, 50, 1000)), Group(Samples.Dynamo(500, 800)));

    [Benchmark]
    public int Untouched() => Make(_kinesis, AsItCame);

    [Benchmark]
    public int WithNewlines() => Make(_kinesis, AsItCame with { AppendNewlines = true });

    [Benchmark]
    public int Deaggregated() => Make(_aggregates, AsItCame with { Deaggregate = true });

    [Benchmark]
    public int Converted() => Make(_dynamo, AsItCame with { ConvertDDB = true });

    internal static RecordGroup Group(byte[] json) => EventReader.Read(json)[0];

    private static int Make(RecordGroup group, PayloadOptions options)
    {
        using Payloads payloads = MakePayloads.Of(group, options);
        return payloads.All.Count == 500 ? payloads.All.Count : throw new InvalidOperationException($"{payloads.All.Count} payloads instead of 500.");
    }
}
