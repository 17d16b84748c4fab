using System.Diagnostics;
using System.Globalization;

namespace FanOut.LocalCloud.Lambda.Runtime;

/// <summary>How a function's process is started: its command line, and Lambda's environment instead of this process's.</summary>
internal static class ProcessEnvironment
{
    // Variables that a program needs to run on this machine. All others are not handed on, above all no credentials.
    private static readonly string[] Inherited =
        ["PATH", "LD_LIBRARY_PATH", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "TMPDIR", "TEMP", "TMP", "SystemRoot", "USERPROFILE", "QEMU_LD_PREFIX"];

    /// <summary>The command line and environment of a process.</summary>
    /// <exception cref="FileNotFoundException">The program does not exist.</exception>
    public static ProcessStartInfo StartInfo(LocalFunctionOptions options, string runtimeApi)
    {
        var program = Find(options.Program);
        var isAssembly = Path.GetExtension(program).Equals(".dll", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(isAssembly ? "dotnet" : options.Emulator ?? program)
        {
            WorkingDirectory = Path.GetDirectoryName(program),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        if (isAssembly || options.Emulator is not null)
        {
            start.ArgumentList.Add(program);
        }

        foreach (var argument in options.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach (var (name, value) in Variables(options, runtimeApi, start.WorkingDirectory!).Concat(options.Environment))
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>The program's file.</summary>
    /// <exception cref="FileNotFoundException">The program does not exist.</exception>
    public static string Find(string program)
    {
        var path = Path.GetFullPath(program);
        string[] candidates = Directory.Exists(path)
            ? [Path.Combine(path, OperatingSystem.IsWindows() ? "bootstrap.exe" : "bootstrap"), Path.Combine(path, "bootstrap.dll")]
            : [path];
        return Array.Find(candidates, File.Exists) ?? throw new FileNotFoundException(
            $"The function's program is not there: looked for {string.Join(" and ", candidates)}. Build or publish the function first.", path);
    }

    private static IEnumerable<KeyValuePair<string, string>> Variables(LocalFunctionOptions options, string runtimeApi, string taskRoot)
    {
        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                yield return new(name, value);
            }
        }

        // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
        yield return new("AWS_LAMBDA_RUNTIME_API", runtimeApi);
        yield return new("AWS_LAMBDA_FUNCTION_NAME", options.Name);
        yield return new("AWS_LAMBDA_FUNCTION_VERSION", options.Version);
        yield return new("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", options.MemorySize.ToString(CultureInfo.InvariantCulture));
        yield return new("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        yield return new("AWS_LAMBDA_LOG_GROUP_NAME", options.LogGroupName ?? $"/aws/lambda/{options.Name}");
        yield return new("AWS_LAMBDA_LOG_STREAM_NAME", options.LogStreamName ?? $"local/[{options.Version}]{Guid.NewGuid():N}");
        yield return new("AWS_REGION", options.Region);
        yield return new("AWS_DEFAULT_REGION", options.Region);
        yield return new("AWS_ACCESS_KEY_ID", options.AccessKeyId);
        yield return new("AWS_SECRET_ACCESS_KEY", options.SecretAccessKey);
        yield return new("AWS_SESSION_TOKEN", options.SessionToken);
        yield return new("LAMBDA_TASK_ROOT", taskRoot);
        yield return new("LAMBDA_RUNTIME_DIR", "/var/runtime");
        yield return new("_HANDLER", options.Handler);
        yield return new("TZ", ":UTC");
        yield return new("LANG", "en_US.UTF-8");
        if (options.EndpointUrl is { } endpoint)
        {
            yield return new("AWS_ENDPOINT_URL", endpoint.ToString().TrimEnd('/'));
        }
    }
}
