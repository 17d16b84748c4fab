using FanOut.Engine.Settings;
using FanOut.Errors;
using FanOut.Sources;

namespace FanOut.Deployment;

/// <summary>The environment variables that a function is to have: its present ones, changed as the user asked.</summary>
internal static class FunctionEnvironment
{
    /// <summary>The variables.</summary>
    /// <param name="now">The present ones.</param>
    /// <param name="settings">What is wanted.</param>
    /// <param name="isNew">Whether the function is yet to be created: it is given the name of its table then.</param>
    /// <param name="mayReport">
    /// Whether the function may answer which records failed: only if every event source mapping that calls it asks for that. One that does not would
    /// take the answer for success.
    /// </param>
    /// <exception cref="FanOutException">VariablesInvalid: with these variables the function cannot start, or they are more than Lambda takes.</exception>
    public static Dictionary<string, string> Of(IReadOnlyDictionary<string, string> now, PublishSettings settings, bool isNew, bool mayReport)
    {
        Dictionary<string, string> variables = new(now);
        string table = TableOf(now, settings);
        if (isNew || table != TableOf(now, settings with { Table = null }))
        {
            variables[FunctionVariables.Table] = table;
        }

        // Usually Connect-FanOutSource sets the variable, after all event source mappings ask for the report. The variables of a version cannot be
        // changed later, so before a version is made it is set here. Otherwise not: an event source mapping that another tool makes without asking
        // for the report would lose records.
        if (mayReport && settings.MakesVersion)
        {
            variables.TryAdd(FunctionVariables.BatchItemFailures, "true");
        }

        if (settings.Metrics is { } metrics && !metrics.Equals(now.GetValueOrDefault(FunctionVariables.Metrics), StringComparison.OrdinalIgnoreCase))
        {
            variables[FunctionVariables.Metrics] = metrics;
        }

        foreach ((string name, string? value) in settings.Environment ?? new Dictionary<string, string?>())
        {
            if (value is null)
            {
                variables.Remove(name);
            }
            else
            {
                variables[name] = value;
            }
        }

        if (CheckVariables.CountBytes(variables) is > CheckVariables.MostBytes and var bytes)
        {
            throw FanOutError.VariablesTooLarge(settings.Name, bytes, CheckVariables.MostBytes);
        }

        return FunctionSettings.FindProblem(variables) is { } problem ? throw FanOutError.VariablesInvalid(settings.Name, problem) : variables;
    }

    /// <summary>The table that the function is to read: the one that was given, or that it reads, or that of its name.</summary>
    public static string TableOf(IReadOnlyDictionary<string, string> now, PublishSettings settings) =>
        settings.Table ?? (now.GetValueOrDefault(FunctionVariables.Table) is { Length: > 0 } table ? table : settings.Name + "Targets");
}
