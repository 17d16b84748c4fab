using System.Diagnostics.CodeAnalysis;
using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;

namespace FanOut.Benchmarks.Stages;

/// <summary>500 payloads → items → blocks, within a target's limits.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "BenchmarkDotNet calls the clean-up.")]
public class CutBenchmarks
{
    private readonly SampleTargets _targets = new(500);
    private ITarget? _target;
    private Payloads? _payloads;

    [Params(TargetType.Kinesis, TargetType.Sqs)]
    public TargetType Type { get; set; }

    [GlobalSetup]
    public void MakeTarget()
    {
        _target = _targets.Of(Type);
        _payloads = MakePayloads.Of(PayloadBenchmarks.Group(Samples.Kinesis(500, 1000)), new PayloadOptions(_target.Form, false, false, false, View.NewImage));
    }

    [Benchmark]
    public int Cut()
    {
        using TargetBatch batch = TargetBatch.Of(_payloads!, _target!.Cutter);
        return batch.Failed.Count == 0 ? Blocks.Cut(batch.Items.Span, _target.Limits).Count : throw new InvalidOperationException(batch.Failed[0].Failure.Reason);
    }

    [GlobalCleanup]
    public async Task DisposeAsync() => await _targets.DisposeAsync();
}
