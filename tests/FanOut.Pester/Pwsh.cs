using System.Diagnostics;

namespace FanOut.Pester;

/// <summary>The PowerShell that <c>.config/dotnet-tools.json</c> pins, as a program.</summary>
public static class Pwsh
{
    /// <summary>Set to <c>true</c> (as .ci/run does), a PowerShell that is not restored fails the tests instead of skipping them.</summary>
    private const string RequiredVariable = "FANOUT_REQUIRE_SERVERS";

    private static readonly Lazy<Task<(int ExitCode, string Output)>> Version = new(() => StartAsync(["--version"], CancellationToken.None));

    /// <summary>Runs it in the repository's root and waits for its end; skips the running test where it is not restored.</summary>
    /// <param name="arguments">Its command line.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Its exit code, and what it wrote to both streams.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        (int exitCode, string output) = await Version.Value;
        if (exitCode != 0)
        {
            string reason = $"The pwsh of .config/dotnet-tools.json is not on this machine. To run this test: dotnet tool restore. ({output.Trim()})";
            Assert.False(Environment.GetEnvironmentVariable(RequiredVariable) == "true", reason);
            Assert.Skip(reason);
        }

        return await StartAsync(["-NoLogo", "-NoProfile", "-NonInteractive", .. arguments], cancellationToken);
    }

    private static async Task<(int ExitCode, string Output)> StartAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        // "dotnet pwsh" finds the manifest from its working folder upwards.
        var start = new ProcessStartInfo("dotnet", ["pwsh", .. arguments])
        {
            WorkingDirectory = Checkout.Root, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["NO_COLOR"] = "1";
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        using Process process = Process.Start(start)!;
        using CancellationTokenRegistration end = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken), errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}
