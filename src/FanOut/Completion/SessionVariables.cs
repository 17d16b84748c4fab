using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace FanOut.Completion;

/// <summary>What is set in the session of the prompt: variables, default values of parameters, the current location. Only for the prompt's thread.</summary>
/// <remarks>Read by script blocks: the properties of a runspace cannot be read while a pipeline runs, and completion runs in a pipeline.</remarks>
internal static class SessionVariables
{
    /// <summary>The value of a variable; null if it is not set.</summary>
    public static object? Of(string name) =>
        Ask("param($name) $ExecutionContext.SessionState.PSVariable.GetValue($name)", name)?.BaseObject;

    /// <summary>An absolute path. A relative one starts at the prompt's location, which need not be the working directory of the process.</summary>
    public static string Resolved(string path) =>
        Ask("$ExecutionContext.SessionState.Path")?.BaseObject is PathIntrinsics paths ? paths.GetUnresolvedProviderPathFromPSPath(path) : path;

    /// <summary>The parameters that were typed, and those that $PSDefaultParameterValues adds; script blocks there are not run.</summary>
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

    // For scripts with one result that do not throw: a list would be output item by item, and an error would stay in the user's $Error.
    private static PSObject? Ask(string script, params object[] arguments) =>
        Runspace.DefaultRunspace is not null && ScriptBlock.Create(script).Invoke(arguments) is [{ } only] ? only : null;
}
