using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using FanOut.Benchmarks.Billing;
using FanOut.Benchmarks.Replays;

namespace FanOut.Benchmarks;

/// <summary>
/// <c>replay [records [bytes [shards]]]</c> replays a stream of LocalCloud, <c>measure</c> measures the published function as Lambda bills it, <c>check</c> runs each benchmark once; all other arguments are BenchmarkDotNet's, for the stages of a
/// record's way through the engine.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args is ["measure", ..])
        {
            return await MeasureAsync(args[1..]);
        }

        if (args is ["replay", ..])
        {
            return await new ReplayMeasurement(Number(args, 1, 1_000_000), Number(args, 2, 500), Number(args, 3, 8)).RunAsync(Console.Out) ? 0 : 1;
        }

        bool isCheck = args is ["check", ..];

        // In this process: a project that BenchmarkDotNet makes of its own would be built without the repository's settings.
        string[] all = [.. isCheck ? ["--job", "Dry", "--filter", "*", .. args[1..]] : args, "--inProcess"];
        Summary[] summaries = [.. BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(all, Config(isCheck))];
        return summaries.All(HasSucceeded) && (!isCheck || summaries.Length > 0) ? 0 : 1;
    }

    private static int Number(string[] args, int position, int otherwise) =>
        args.Length > position ? int.Parse(args[position], System.Globalization.CultureInfo.InvariantCulture) : otherwise;

    private static async Task<int> MeasureAsync(string[] args)
    {
        try
        {
            await new Measure(MeasureArguments.Parse(args), TimeProvider.System).RunAsync(Console.Out, Console.Error);
            return 0;
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static ManualConfig Config(bool isCheck) => ManualConfig.CreateEmpty()
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddLogger(ConsoleLogger.Ascii)
        .AddExporter(MarkdownExporter.GitHub)
        .AddDiagnoser(MemoryDiagnoser.Default)
        .WithArtifactsPath(Path.Join(Checkout.Root, "artifacts", "benchmarks"))
        // What is run once to see that it runs may be a debug build.
        .WithOptions(isCheck ? ConfigOptions.DisableOptimizationsValidator : ConfigOptions.JoinSummary);

    private static bool HasSucceeded(Summary summary) =>
        !summary.HasCriticalValidationErrors && summary.Reports.Length == summary.BenchmarksCases.Length && summary.Reports.All(static r => r.Success);
}
