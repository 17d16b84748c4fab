namespace FanOut.Testing;

/// <summary>A PowerShell in a process of its own, in the repository's root.</summary>
public static class PwshRun
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["NO_COLOR"] = "1",
        // PowerShell's own telemetry would load and call what a test says that we do not.
        ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
    };

    /// <summary>Runs one and waits for its end.</summary>
    /// <param name="host">What <c>dotnet</c> starts: the name of a tool of the repository, or the path of a pwsh.dll.</param>
    /// <param name="arguments">Arguments of PowerShell's command line.</param>
    /// <param name="cancellationToken">Kills it.</param>
    public static Task<ProgramRun> OfAsync(string host, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        ProgramRun.OfAsync(
            "dotnet", [host, "-NoLogo", "-NoProfile", "-NonInteractive", .. arguments], cancellationToken, environment: Environment, workingDirectory: Checkout.Root);
}
