using System.Text;
using System.Text.RegularExpressions;

namespace FanOut.LocalCloud.Lambda;

/// <summary>The bounds of a function's environment (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html).</summary>
internal static partial class EnvironmentVariables
{
    private const int MostBytes = 4 * 1024;
    private const string Unable = "Lambda was unable to configure your environment variables because the environment variables you have provided";

    private static readonly HashSet<string> Reserved =
    [
        "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
        "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
    ];

    /// <summary>Checks the variables.</summary>
    /// <exception cref="ServiceException">ValidationException, InvalidParameterValueException: a name or the size is not allowed.</exception>
    public static IReadOnlyDictionary<string, string> Checked(IReadOnlyDictionary<string, string> variables)
    {
        if (variables.Keys.FirstOrDefault(name => !Name().IsMatch(name)) is { } wrong)
        {
            throw new ServiceException(
                "ValidationException",
                $"1 validation error detected: Value at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: {Name()}]; '{wrong}' does not");
        }

        string[] reserved = [.. variables.Keys.Where(Reserved.Contains)];
        if (reserved.Length > 0)
        {
            throw new ServiceException(
                "InvalidParameterValueException",
                $"{Unable} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: {string.Join(", ", reserved)}");
        }

        // Lambda measures the JSON text and shows it in its error. Values may be secret, so this error only names the size.
        var bytes = variables.Sum(variable => Encoding.UTF8.GetByteCount(variable.Key) + Encoding.UTF8.GetByteCount(variable.Value) + 6) + 1;
        return bytes <= MostBytes
            ? variables
            : throw new ServiceException("InvalidParameterValueException", $"{Unable} exceeded the 4KB limit. String measured: {bytes} bytes");
    }

    [GeneratedRegex("^[a-zA-Z]([a-zA-Z0-9_])+$")]
    private static partial Regex Name();
}
