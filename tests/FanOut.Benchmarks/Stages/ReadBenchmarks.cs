using FanOut.Engine.Events;

namespace FanOut.Benchmarks.Stages;

/// <summary>Event → records.</summary>
public class ReadBenchmarks
{
    private byte[] _kinesis = [];
    private byte[] _dynamo = [];

    [Params(10, 500)]
    public int Records { get; set; }

    [GlobalSetup]
    public void MakeEvents() => (_kinesis, _dynamo) = (Samples.Kinesis(Records, 1000), Samples.Dynamo(Records, 800));

    [Benchmark]
    public IReadOnlyList<RecordGroup> Kinesis() => EventReader.Read(_kinesis);

    [Benchmark]
    public IReadOnlyList<RecordGroup> Dynamo() => EventReader.Read(_dynamo);
}
