using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace FanOut.Completion;

/// <summary>What the session in which somebody types has set: variables, defaults of parameters, its location. Only for the prompt's thread.</summary>
/// <remarks>A script block reads it: the runspace's own properties refuse while a pipeline runs, and completion is a pipeline.</remarks>
internal static class SessionVariables
{
    /// <summary>The value of a variable; <see langword="null"/> where it is not set.</summary>
    public static object? Of(string name) =>
        Ask("param($name) $ExecutionContext.SessionState.PSVariable.GetValue($name)", name)?.BaseObject;

    /// <summary>A path of the file system, absolute; relative to where the prompt is, which need not be where the process is.</summary>
    public static string Resolved(string path) =>
        Ask("$ExecutionContext.SessionState.Path")?.BaseObject is PathIntrinsics paths ? paths.GetUnresolvedProviderPathFromPSPath(path) : path;

    /// <summary>The parameters that were typed, and those that $PSDefaultParameterValues adds; blocks of code there are not run.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="typed">The parameters that were typed.</param>
    public static IDictionary WithDefaults(string command, IDictionary typed)
    {
        Hashtable all = new(typed, StringComparer.OrdinalIgnoreCase);
        if (Of("PSDefaultParameterValues") is not IDictionary defaults || (defaults["Disabled"] is { } disabled && LanguagePrimitives.IsTrue(disabled)))
        {
            return all;
        }

        foreach (DictionaryEntry entry in defaults)
        {
            object? value = (entry.Value as PSObject)?.BaseObject ?? entry.Value;
            if ($"{entry.Key}".Split(':') is [var pattern, var parameter]
                && value is not ScriptBlock
                && !all.ContainsKey(parameter)
                && new WildcardPattern(pattern.Trim(), WildcardOptions.IgnoreCase).IsMatch(command))
            {
                all[parameter] = value;
            }
        }

        return all;
    }

    // A list would come out item by item, and what a script throws would stay in $Error: what is asked for here is neither.
    private static PSObject? Ask(string script, params object[] arguments) =>
        Runspace.DefaultRunspace is not null && ScriptBlock.Create(script).Invoke(arguments) is [{ } only] ? only : null;
}
