using FanOut.Engine.Events;
using FanOut.Engine.Filtering;
using FanOut.Engine.Mappings;
using FanOut.Engine.Transform;

namespace FanOut.Benchmarks.Stages;

/// <summary>A filter's verdict on 500 records.</summary>
public class FilterBenchmarks
{
    private static readonly PayloadOptions AsItCame = new(PayloadForm.AsIs, Deaggregate: false, ConvertDDB: false, AppendNewlines: false, View.NewImage);

    private readonly RecordFilter _data = Filter("""{"data":{"user":[{"prefix":"u"}],"amount":[{"numeric":[">=",0]}]}}""", SourceKind.Kinesis);
    private readonly RecordFilter _key = Filter("""{"partitionKey":[{"prefix":"key-"}]}""", SourceKind.Kinesis);
    private readonly RecordFilter _image = Filter("""{"newImage":{"price":[{"numeric":[">",1]}]}}""", SourceKind.DynamoDb);
    private Payloads? _kinesis;
    private Payloads? _dynamo;

    [GlobalSetup]
    public void MakePayloadsToJudge()
    {
        _kinesis = MakePayloads.Of(PayloadBenchmarks.Group(Samples.Kinesis(500, 1000)), FilterPayloads.SeenAs(AsItCame, SourceKind.Kinesis));
        _dynamo = MakePayloads.Of(PayloadBenchmarks.Group(Samples.Dynamo(500, 800)), FilterPayloads.SeenAs(AsItCame, SourceKind.DynamoDb));
    }

    /// <summary>Two fields of the data: it is decoded and read.</summary>
    [Benchmark]
    public bool[] Data() => Judge(_kinesis!, _data);

    /// <summary>The partition key: the data is left alone.</summary>
    [Benchmark]
    public bool[] PartitionKey() => Judge(_kinesis!, _key);

    /// <summary>A field of an item as plain JSON.</summary>
    [Benchmark]
    public bool[] NewImage() => Judge(_dynamo!, _image);

    private static bool[] Judge(Payloads seen, RecordFilter filter)
    {
        bool[] verdicts = FilterPayloads.Judge(seen, filter);
        return verdicts.All(static v => v) ? verdicts : throw new InvalidOperationException($"{filter} lets not all of the samples through.");
    }

    private static RecordFilter Filter(string pattern, SourceKind kind) =>
        RecordFilter.TryParse(pattern, kind, out RecordFilter? filter, out string? problem) ? filter : throw new InvalidOperationException(problem);
}
