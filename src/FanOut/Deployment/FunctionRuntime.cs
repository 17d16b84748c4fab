namespace FanOut.Deployment;

/// <summary>The runtimes of AWS Lambda on which a fan-out function runs.</summary>
internal static class FunctionRuntime
{
    private const string Provided = "provided.", DotNet = "dotnet";

    /// <summary>Whether it starts a program, such as <c>provided.al2023</c>.</summary>
    public static bool IsProvided(string runtime) => runtime.StartsWith(Provided, StringComparison.Ordinal);

    /// <summary>Whether it starts a portable assembly, such as <c>dotnet10</c>.</summary>
    public static bool IsPortable(string runtime) => runtime.StartsWith(DotNet, StringComparison.Ordinal);

    /// <summary>The runtime of a framework: <c>dotnet10</c> of <c>net10.0</c>.</summary>
    public static string Of(string framework) => DotNet + framework.Replace("net", "", StringComparison.Ordinal).Split('.')[0];
}
