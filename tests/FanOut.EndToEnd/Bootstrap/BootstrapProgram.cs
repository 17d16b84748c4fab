using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Bootstrap;

/// <summary>The function's program.</summary>
internal static class BootstrapProgram
{
    /// <summary>Names the published program to test instead of the one that was built with the tests.</summary>
    public const string Variable = "FANOUT_BOOTSTRAP";

    /// <summary>The program's path.</summary>
    public static string Path => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } published
        ? published
        : System.IO.Path.Join(Repository.Root, "artifacts", "bin", "FanOut.Function", Configuration, "bootstrap" + (OperatingSystem.IsWindows() ? ".exe" : ""));

    // artifacts/bin/FanOut.EndToEnd/<configuration>/
    private static string Configuration => System.IO.Path.GetFileName(AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar));
}
