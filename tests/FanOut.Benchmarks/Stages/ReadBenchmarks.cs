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
    public int Kinesis() => Read(_kinesis);

    [Benchmark]
    public int Dynamo() => Read(_dynamo);

    // As the function does it, which gives the records' memory back when the event is over.
    private static int Read(byte[] json)
    {
        using RecordGroup group = EventReader.Read(json)[0];
        return group.Records.Count;
    }
}
