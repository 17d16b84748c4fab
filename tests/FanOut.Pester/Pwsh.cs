namespace FanOut.Pester;

/// <summary>The PowerShell that <c>.config/dotnet-tools.json</c> pins, as a program.</summary>
public static class Pwsh
{
    /// <summary>Runs it in the repository's root and waits for its end; skips the running test where it is not restored.</summary>
    /// <param name="arguments">Its command line.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Its exit code, and what it wrote to both streams.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        if (await PwshRun.ToolVersionAsync() is { ExitCode: not 0 } failed)
        {
            ServerMissing.EndTest("The pwsh of .config/dotnet-tools.json", $"dotnet tool restore. ({failed.Text.Trim()})");
        }

        ProgramRun run = await PwshRun.OfAsync(PwshRun.Tool, arguments, cancellationToken);
        return (run.ExitCode, run.Text);
    }
}
