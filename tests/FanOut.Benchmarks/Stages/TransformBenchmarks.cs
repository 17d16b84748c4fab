using System.Buffers;
using System.Text;
using FanOut.Engine.Transform;

namespace FanOut.Benchmarks.Stages;

/// <summary>What a mapping may want made of a record: the records of an aggregate, an item as plain JSON.</summary>
public class TransformBenchmarks
{
    private readonly List<SubRecord> _unpacked = [];
    private readonly ArrayBufferWriter<byte> _plain = new(64 * 1024);
    private byte[] _aggregate = [];
    private byte[] _image = [];

    [GlobalSetup]
    public void MakeRecords() => (_aggregate, _image) = (Samples.Aggregate(0, 50, 1000), Encoding.UTF8.GetBytes(Samples.Image(1, 800)));

    /// <summary>An aggregate of 50 records with 1,000 bytes each.</summary>
    [Benchmark]
    public int Deaggregate()
    {
        _unpacked.Clear();
        return DeaggregateKpl.Read(_aggregate, _unpacked, out string? reason) == KplOutcome.Aggregated ? _unpacked.Count : throw new InvalidOperationException(reason);
    }

    /// <summary>An item of 1 KB.</summary>
    [Benchmark]
    public int Convert()
    {
        _plain.ResetWrittenCount();
        return ConvertDynamo.TryWritePlain(_image, _plain, out string? reason) ? _plain.WrittenCount : throw new InvalidOperationException(reason);
    }
}
