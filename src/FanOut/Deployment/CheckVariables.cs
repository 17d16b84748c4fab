using System.Text;
using FanOut.Engine.Settings;
using FanOut.Errors;
using FanOut.Sources;

namespace FanOut.Deployment;

/// <summary>Checks variables that a user gives to a function as the function itself does when it starts.</summary>
internal static class CheckVariables
{
    /// <summary>The most bytes that Lambda takes for all variables of a function together, names and values.</summary>
    /// <remarks><see href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html"/></remarks>
    public const int MostBytes = 4 * 1024;

    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
    private static readonly HashSet<string> SetByLambda =
    [
        "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
    ];

    /// <summary>Finds the first variable that is refused.</summary>
    /// <param name="given">Names and values; null as a value removes a variable, which is always possible.</param>
    /// <returns>The variable, and what is wrong with it, as it follows the name of a parameter; null: all are good.</returns>
    public static (string Variable, string Problem)? FindProblem(IReadOnlyDictionary<string, string?> given)
    {
        foreach ((string name, string? value) in given.OrderBy(static v => v.Key, StringComparer.Ordinal))
        {
            string? problem = Parameter(name) is { } parameter ? $"has {name}: give {parameter} instead."
                : SetByLambda.Contains(name) ? $"has {name}, which Lambda sets by itself, and nobody else may."
                : !IsName(name) ? $"has '{name}': a variable's name begins with a letter, and has at least two letters, digits and underscores."
                : value is { Length: > 0 } && name.StartsWith("AWS_ENDPOINT_URL", StringComparison.Ordinal) && !IsEndpoint(value) ? $"has {name}, which is '{value}' and not the URL of an endpoint, such as https://vpce-1.sqs.eu-west-1.vpce.amazonaws.com."
                : value is null || !name.StartsWith(FunctionSettings.Prefix, StringComparison.OrdinalIgnoreCase) ? null
                : !FunctionSettings.Variables.Contains(name)
                    ? $"has {name}, which the function does not read; the nearest that it reads is {Nearest.To(name, FunctionSettings.Variables)}."
                : FunctionSettings.FindProblem(new Dictionary<string, string> { [name] = value }) is { } wrong ? $"cannot be set: {wrong}"
                : null;
            if (problem is not null)
            {
                return (name, problem);
            }
        }

        return null;
    }

    /// <summary>How many bytes variables have, as Lambda counts them at least.</summary>
    public static int CountBytes(IReadOnlyDictionary<string, string> variables) => variables.Sum(static v => Encoding.UTF8.GetByteCount(v.Key) + Encoding.UTF8.GetByteCount(v.Value));

    private static bool IsEndpoint(string value) => Uri.TryCreate(value, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp);

    // [a-zA-Z]([a-zA-Z0-9_])+: https://docs.aws.amazon.com/lambda/latest/api/API_Environment.html
    private static bool IsName(string name) => name.Length > 1 && char.IsAsciiLetter(name[0]) && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');

    // The variables that have parameters of their own.
    private static string? Parameter(string name) => name switch
    {
        FunctionVariables.Table => "-TableName",
        FunctionVariables.Metrics => "-Metrics",
        _ => null,
    };
}
