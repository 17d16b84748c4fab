namespace FanOut.LocalCloud.Lambda.Deployment;

/// <summary>The program of a package that is started, or why none can be.</summary>
/// <param name="Path">The program; null when nothing can be started.</param>
/// <param name="Emulator">The emulator for a program of another processor; null if it needs none.</param>
/// <param name="Fault">The error's type and message, as in the answer of an invocation; null when there is none.</param>
internal sealed record DeployedProgram(string? Path, string? Emulator, (string Type, string Message)? Fault)
{
    private const string InvalidEntrypoint = "Runtime.InvalidEntrypoint";

    /// <summary>Finds the program of a function.</summary>
    /// <param name="configuration">Its runtime, handler and instruction set.</param>
    /// <param name="package">Its code.</param>
    /// <param name="arm64Emulator">The file of the emulator for arm64 programs; null for none.</param>
    public static DeployedProgram Of(LambdaFunctionConfiguration configuration, FunctionPackage package, string? arm64Emulator) => configuration.Runtime switch
    {
        "provided" or "provided.al2" or "provided.al2023" => Bootstrap(configuration, package, arm64Emulator),
        var runtime when runtime.StartsWith("dotnet", StringComparison.Ordinal) => Assembly(configuration, package),
        var runtime => Failing(
            "StandIn.UnsupportedRuntime", $"The stand-in of Lambda does not run {runtime}: it runs bootstrap programs (provided.al2023) and .NET's executable assemblies."),
    };

    private static DeployedProgram Bootstrap(LambdaFunctionConfiguration configuration, FunctionPackage package, string? arm64Emulator)
    {
        if (package.Find("bootstrap") is not { } path)
        {
            return Failing(InvalidEntrypoint, "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]");
        }

        if (!package.MayRun("bootstrap"))
        {
            return Failing(InvalidEntrypoint, "fork/exec /var/task/bootstrap: permission denied");
        }

        var machine = ExecutableFormat.OfProgram(path);
        return machine switch
        {
            null => Running(path),
            _ when machine != configuration.Architecture => Failing(InvalidEntrypoint, "fork/exec /var/task/bootstrap: exec format error"),
            _ when !OperatingSystem.IsLinux() => Failing(InvalidEntrypoint, "The stand-in of Lambda can run a Linux program on Linux only."),
            _ when machine == ExecutableFormat.OfThisMachine => Running(path),
            "arm64" when arm64Emulator is not null => new(path, arm64Emulator, null),
            _ => Failing(
                InvalidEntrypoint,
                $"The stand-in of Lambda cannot run a program for {machine} on this machine{(machine == "arm64" ? ": it found no qemu-aarch64-static on the PATH" : "")}."),
        };
    }

    private static DeployedProgram Assembly(LambdaFunctionConfiguration configuration, FunctionPackage package) =>
        configuration.Handler.Contains("::", StringComparison.Ordinal)
            ? Failing(InvalidEntrypoint, $"The stand-in of Lambda runs executable assemblies, whose handler is the assembly's name; it does not call the method {configuration.Handler}.")
            : package.Find($"{configuration.Handler}.dll") is { } path ? Running(path)
            : Failing(InvalidEntrypoint, $"Could not find the specified handler assembly with the file name '{configuration.Handler}, Culture=neutral, PublicKeyToken=null'.");

    private static DeployedProgram Running(string path) => new(path, null, null);

    private static DeployedProgram Failing(string type, string message) => new(null, null, (type, message));
}
