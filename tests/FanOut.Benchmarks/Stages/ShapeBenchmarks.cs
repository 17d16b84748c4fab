using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Templates;
using FanOut.Engine.Transform;

namespace FanOut.Benchmarks.Stages;

/// <summary>What a transform makes of 500 records of 1 KB, beside records that are sent as they came.</summary>
public class ShapeBenchmarks
{
    private static readonly PayloadOptions Bytes = new(PayloadForm.Bytes, Deaggregate: false, ConvertDDB: false, AppendNewlines: false, View.NewImage);

    private readonly RecordGroup _group = PayloadBenchmarks.Group(Samples.Kinesis(500, 1000));

    /// <summary>The data, decoded.</summary>
    [Benchmark(Baseline = true)]
    public int Untransformed() => Make(null);

    /// <summary>Two fields of the data and the partition key, in JSON.</summary>
    [Benchmark]
    public int Fields() => Make(_fields);

    /// <summary>All of the data in an object.</summary>
    [Benchmark]
    public int Whole() => Make(_whole);

    private readonly RecordTransform _fields = Transform("""{"inputTemplate":"{\"user\":<data.user>,\"text\":\"<data.amount> of <fanout.partitionKey>\"}"}""");
    private readonly RecordTransform _whole = Transform("""{"inputTemplate":"{\"key\":<fanout.partitionKey>,\"data\":<data>}"}""");

    private int Make(RecordTransform? transform)
    {
        using Payloads payloads = MakePayloads.Of(_group, Bytes with { Transform = transform });
        return payloads.All.Count;
    }

    private static RecordTransform Transform(string text) =>
        RecordTransform.TryParse(text, SourceKind.Kinesis, "arn:aws:kinesis:us-east-1:123456789012:stream/s", "m", out RecordTransform? transform, out string? problem) ? transform : throw new InvalidOperationException(problem);
}
