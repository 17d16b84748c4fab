using FanOut.Sources;

namespace FanOut.Deployment;

/// <summary>The variables of a function: those that are there, with those that were asked for.</summary>
internal static class FunctionEnvironment
{
    /// <summary>The variables.</summary>
    /// <param name="now">Those that are there.</param>
    /// <param name="settings">What is wanted.</param>
    /// <param name="isNew">Whether the function is still to be made; it is told its table then.</param>
    /// <param name="mayReport">Whether no event source mapping calls the function that would take an answer which records failed for success.</param>
    public static Dictionary<string, string> Of(IReadOnlyDictionary<string, string> now, PublishSettings settings, bool isNew, bool mayReport)
    {
        Dictionary<string, string> variables = new(now);
        string table = TableOf(now, settings);
        if (isNew || table != TableOf(now, settings with { Table = null }))
        {
            variables[FunctionVariables.Table] = table;
        }

        // Connect-FanOutSource sets it when all mappings ask for it, and a mapping that others make without asking would lose records: so it is set
        // early only where it cannot be set later, before a version is made.
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

        return variables;
    }

    /// <summary>The table that the function is to read: the one that was given, or that it reads, or that of its name.</summary>
    public static string TableOf(IReadOnlyDictionary<string, string> now, PublishSettings settings) =>
        settings.Table ?? (now.GetValueOrDefault(FunctionVariables.Table) is { Length: > 0 } table ? table : settings.Name + "Targets");
}
