using FanOut.Engine.Settings;
using FanOut.Errors;
using FanOut.Sources;

namespace FanOut.Deployment;

/// <summary>Checks variables that a user gives to a function as the function itself does when it starts.</summary>
internal static class CheckVariables
{
    /// <summary>Finds the first variable that is refused.</summary>
    /// <param name="given">Names and values; null as a value removes a variable, which is always possible.</param>
    /// <returns>The variable, and what is wrong with it, as it follows the name of a parameter; null: all are good.</returns>
    public static (string Variable, string Problem)? FindProblem(IReadOnlyDictionary<string, string?> given)
    {
        foreach ((string name, string? value) in given.OrderBy(static v => v.Key, StringComparer.Ordinal))
        {
            string? problem = Parameter(name) is { } parameter ? $"has {name}: give {parameter} instead."
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

    // The variables that have parameters of their own.
    private static string? Parameter(string name) => name switch
    {
        FunctionVariables.Table => "-TableName",
        FunctionVariables.Metrics => "-Metrics",
        _ => null,
    };
}
