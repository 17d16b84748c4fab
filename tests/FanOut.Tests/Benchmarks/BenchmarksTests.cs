namespace FanOut.Tests.Benchmarks;

/// <summary>The benchmarks run: what they measure is none of a test's business.</summary>
public sealed class BenchmarksTests
{
    [Fact]
    public async Task Every_benchmark_runs_once()
    {
        ProgramRun run = await ProgramRun.OfAsync("dotnet", [Checkout.Built("FanOut.Benchmarks", "FanOut.Benchmarks.dll"), "check"], TestContext.Current.CancellationToken);

        Assert.True(run.ExitCode == 0, run.Text);
        Assert.All(
            ["ReadBenchmarks", "TransformBenchmarks.Deaggregate", "TransformBenchmarks.Convert", "PayloadBenchmarks", "FilterBenchmarks", "CutBenchmarks", "WriteBenchmarks", "SendBenchmarks"],
            stage => Assert.Contains(stage, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Benchmarks_that_fail_are_told_by_the_exit_code()
    {
        ProgramRun run = await ProgramRun.OfAsync(
            "dotnet", [Checkout.Built("FanOut.Benchmarks", "FanOut.Benchmarks.dll"), "check", "--filter", "*NoSuchBenchmark*"], TestContext.Current.CancellationToken);

        Assert.NotEqual(0, run.ExitCode);
    }
}
