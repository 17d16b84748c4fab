using System.Reflection;

namespace FanOut.Tests.Cmdlets;

/// <summary>A script in a PowerShell process of its own, in which nothing is loaded but PowerShell.</summary>
/// <remarks>The pwsh of <c>.config/dotnet-tools.json</c>; where that is not restored, tests/FanOut.Pwsh, which is built of the same packages.</remarks>
public static class PwshProcess
{
    /// <summary>Runs a script and returns what it wrote; fails the test when it ends with another exit code than 0.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(string script, CancellationToken cancellationToken)
    {
        (int exitCode, string output) = await RunAsync(["-Command", script], cancellationToken);
        Assert.True(exitCode == 0, output);
        return [.. output.Split('\n').Select(static l => l.TrimEnd('\r')).Where(static l => l.Length > 0)];
    }

    /// <summary>Runs PowerShell with arguments of its command line.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        bool isRestored = await PwshRun.ToolVersionAsync() is { ExitCode: 0 };
        ProgramRun run = await PwshRun.OfAsync(isRestored ? PwshRun.Tool : Metadata("Pwsh"), arguments, cancellationToken);
        return (run.ExitCode, run.Text);
    }

    /// <summary>What the build wrote into the test assembly.</summary>
    public static string Metadata(string key) =>
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == key).Value!;
}
