using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace FanOut.Benchmarks;

/// <summary>Measures the stages of a record's way through the engine. <c>check</c> runs each benchmark once; all other arguments are BenchmarkDotNet's.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        bool isCheck = args is ["check", ..];

        // In this process: a project that BenchmarkDotNet makes of its own would be built without the repository's settings.
        string[] all = [.. isCheck ? ["--job", "Dry", "--filter", "*", .. args[1..]] : args, "--inProcess"];
        Summary[] summaries = [.. BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(all, Config(isCheck))];
        return summaries.All(HasSucceeded) && (!isCheck || summaries.Length > 0) ? 0 : 1;
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
