namespace FanOut.Testing;

/// <summary>A PowerShell in a process of its own, in the repository's root.</summary>
public static class PwshRun
{
    /// <summary>The name of the tool that <c>.config/dotnet-tools.json</c> pins.</summary>
    public const string Tool = "pwsh";

    private static readonly Dictionary<string, string> Environment = new()
    {
        ["NO_COLOR"] = "1",
        // PowerShell's own telemetry would load and call what a test says that we do not.
        ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
    };

    private static readonly Lazy<Task<ProgramRun>> Version =
        new(() => ProgramRun.OfAsync("dotnet", [Tool, "--version"], CancellationToken.None, workingDirectory: Checkout.Root));

    /// <summary>Asks <see cref="Tool"/> for its version, once; its exit code is not 0 where it is not restored.</summary>
    public static Task<ProgramRun> ToolVersionAsync() => Version.Value;

    /// <summary>Runs one and waits for its end.</summary>
    /// <param name="host">What <c>dotnet</c> starts: <see cref="Tool"/>, or the path of a pwsh.dll.</param>
    /// <param name="arguments">Arguments of PowerShell's command line.</param>
    /// <param name="cancellationToken">Kills it.</param>
    public static Task<ProgramRun> OfAsync(string host, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        ProgramRun.OfAsync(
            "dotnet", [host, "-NoLogo", "-NoProfile", "-NonInteractive", .. arguments], cancellationToken, environment: Environment, workingDirectory: Checkout.Root);
}
