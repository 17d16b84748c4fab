using System.Diagnostics.CodeAnalysis;
using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;

namespace FanOut.Benchmarks.Stages;

/// <summary>A target's first call of 500 payloads: its body is written and signed, its answer read. There is no network, and no TLS.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "BenchmarkDotNet calls the clean-up.")]
public class SendBenchmarks
{
    private SampleTargets? _targets;
    private ITarget? _target;
    private TargetBatch? _batch;
    private Item[] _block = [];

    [ParamsSource(nameof(Types))]
    public TargetType Type { get; set; }

    public static IEnumerable<TargetType> Types => SampleTargets.Types;

    [GlobalSetup]
    public async Task MakeBatchAsync()
    {
        await using (var any = new SampleTargets(0))
        {
            _block = Cut(any.Of(Type));
        }

        _targets = new SampleTargets(_block.Length);
        _target = _targets.Of(Type);
        _block = Cut(_target);
    }

    [Benchmark]
    public async Task<Receipt> SendAsync()
    {
        Receipt receipt = await _target!.SendAsync(_batch!, _block, CancellationToken.None);
        return receipt.Items.Count == 0 ? receipt : throw new InvalidOperationException(receipt.Items[0].Failure.Reason);
    }

    [GlobalCleanup]
    public async Task DisposeAsync() => await _targets!.DisposeAsync();

    private Item[] Cut(ITarget target)
    {
        _batch = TargetBatch.Of(
            MakePayloads.Of(PayloadBenchmarks.Group(Samples.Kinesis(500, 1000)), new PayloadOptions(target.Form, false, false, false, View.NewImage)), target.Cutter);
        (int first, int count) = Blocks.Cut(_batch.Items.Span, target.Limits)[0];
        return [.. _batch.Items.Skip(first).Take(count)];
    }
}
