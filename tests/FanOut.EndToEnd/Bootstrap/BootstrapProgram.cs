namespace FanOut.EndToEnd.Bootstrap;

/// <summary>The function's program.</summary>
internal static class BootstrapProgram
{
    /// <summary>Names the published program to test instead of the one that was built with the tests.</summary>
    public const string Variable = "FANOUT_BOOTSTRAP";

    /// <summary>The program's path.</summary>
    public static string Path => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } published
        ? published
        : Checkout.Built("FanOut.Function", "bootstrap" + (OperatingSystem.IsWindows() ? ".exe" : ""));
}
