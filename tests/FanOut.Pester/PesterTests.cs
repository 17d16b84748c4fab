using System.Reflection;

namespace FanOut.Pester;

/// <summary>tests/*.Tests.ps1 in the pinned PowerShell, with each version of Pester that people may have.</summary>
public sealed class PesterTests(PesterRuns runs) : IClassFixture<PesterRuns>
{
    public static TheoryData<string> Versions { get; } =
        [.. Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().First(static a => a.Key == "PesterVersions").Value!.Split(';')];

    public static MatrixTheoryData<string, string> Files { get; } =
        new(Versions.Select(static v => v.Data), Directory.GetFiles(Path.Join(Checkout.Root, "tests"), "*.Tests.ps1").Select(static f => Path.GetFileName(f)));

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_test_of_a_file_passes(string version, string file)
    {
        PesterRun run = await runs.GetAsync(version);
        PesterTest[] tests = [.. run.Tests.Where(t => t.File == file)];

        Assert.True(tests.Length > 0, $"No test of {file} ran.\n{run.Output}");
        string[] failures = [.. tests.Where(static t => t.Problem is not null).Select(static t => $"{t.Name}: {t.Problem}")];
        Assert.True(failures.Length == 0, string.Join("\n\n", failures));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task The_run_as_a_whole_passes(string version)
    {
        PesterRun run = await runs.GetAsync(version);

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains($"- Pester {version}", run.Output, StringComparison.Ordinal);
    }
}
