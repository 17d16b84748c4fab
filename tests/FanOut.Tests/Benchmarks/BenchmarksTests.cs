namespace FanOut.Tests.Benchmarks;

/// <summary>The benchmarks run: what they measure is none of a test's business.</summary>
public sealed class BenchmarksTests
{
    [Fact]
    public async Task Every_benchmark_runs_once()
    {
        ProgramRun run = await RunAsync("check");

        Assert.True(run.ExitCode == 0, run.Text);
        Assert.All(
            ["ReadBenchmarks", "TransformBenchmarks.Deaggregate", "TransformBenchmarks.Convert", "PayloadBenchmarks", "FilterBenchmarks", "CutBenchmarks", "WriteBenchmarks", "SignBenchmarks", "SendBenchmarks"],
            stage => Assert.Contains(stage, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_tables_of_docs_performance_md_can_be_measured()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The function's process is started by a shell.");

        ProgramRun run = await RunAsync("measure", "--program", Checkout.Built("FanOut.Function", "bootstrap"), "--rounds", "1", "--limit", "false", "--tables", "progress,start");

        Assert.True(run.ExitCode == 0, run.Text);
        Assert.Contains("<!-- measured: start -->", run.Output, StringComparison.Ordinal);
        Assert.Equal(3, run.Output.Split("| FanOut |").Length - 1);
        Assert.Contains("| `FANOUT_PROGRESS=false` | ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_table_that_is_measured_stands_in_a_page()
    {
        ProgramRun run = await RunAsync("measure", "--program", Checkout.Built("FanOut.Function", "bootstrap.dll"), "--tables", "none");
        string names = run.Errors.Split("but ")[1].Split(';', '.')[0];
        string[] marks = [.. new[] { "performance.md", "delivery.md" }
            .SelectMany(static p => File.ReadLines(Path.Join(Checkout.Root, "docs", p)))
            .Where(static l => l.StartsWith("<!-- measured: ", StringComparison.Ordinal))];

        Assert.Equal(names.Split(", ").Append("original").Select(static n => $"<!-- measured: {n} -->").Order(), marks.Order());
    }

    [Theory]
    [InlineData("There is no table 'speed', but memory,", "--program", "here", "--tables", "speed")]
    [InlineData("--rounds is a number from 1 on, not '0'", "--program", "here", "--rounds", "0")]
    [InlineData("--speed is not known", "--speed", "1")]
    [InlineData("--program has no value", "--program")]
    [InlineData("The program 'nowhere' is not there; publish it", "--program", "nowhere")]
    [InlineData("is no checkout of aws-lambda-fanout", "--program", "here", "--original", "nowhere")]
    public async Task Arguments_that_are_not_understood_are_told(string expected, params string[] arguments)
    {
        ProgramRun run = await RunAsync(["measure", .. arguments.Select(static a => a == "here" ? Checkout.Built("FanOut.Function", "bootstrap.dll") : a)]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Benchmarks_that_fail_are_told_by_the_exit_code()
    {
        ProgramRun run = await RunAsync("check", "--filter", "*NoSuchBenchmark*");

        Assert.NotEqual(0, run.ExitCode);
    }

    private static Task<ProgramRun> RunAsync(params string[] arguments) =>
        ProgramRun.OfAsync("dotnet", [Checkout.Built("FanOut.Benchmarks", "FanOut.Benchmarks.dll"), .. arguments], TestContext.Current.CancellationToken);
}
