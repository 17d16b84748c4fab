using System.Collections;
using System.ComponentModel;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace FanOut.Completion;

/// <summary>Completes the value of a parameter from a list: by the beginning of the word, ignoring case, and with quotes where they are needed.</summary>
/// <remarks>A completer shows no errors at the prompt: after one there is nothing to complete.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Completer : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            string typed = (wordToComplete ?? "").Trim('\'', '"');
            return
            [
                .. Values(new Typed(commandName, commandAst, fakeBoundParameters ?? new Hashtable()) { Parameter = parameterName, Word = typed })
                    .Where(v => v.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
                    .Select(static v => new CompletionResult(Quoted(v.Text), v.Text, CompletionResultType.ParameterValue, v.ToolTip.Length > 0 ? v.ToolTip : v.Text)),
            ];
        }

        // An error of any kind would disturb the user at the prompt.
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
            return [];
        }
    }

    /// <summary>All values, in the order in which they are shown.</summary>
    /// <param name="typed">What was typed so far.</param>
    private protected abstract IEnumerable<Value> Values(Typed typed);

    /// <summary>The text as an argument: in quotes if PowerShell would not read it as one word otherwise.</summary>
    internal static string Quoted(string text) =>
        text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && text.All(static c => char.IsAsciiLetterOrDigit(c) || "-_./:#+=".Contains(c, StringComparison.Ordinal))
            ? text
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    /// <summary>A value to choose.</summary>
    /// <param name="Text">The value.</param>
    /// <param name="ToolTip">What it is; empty: the value itself.</param>
    private protected readonly record struct Value(string Text, string ToolTip = "");

    /// <summary>What was typed so far.</summary>
    /// <param name="Command">The cmdlet.</param>
    /// <param name="Ast">The whole command.</param>
    /// <param name="Parameters">The parameters that have a value, by their names.</param>
    private protected readonly record struct Typed(string Command, CommandAst Ast, IDictionary Parameters)
    {
        /// <summary>The parameter whose value is completed.</summary>
        public string Parameter { get; init; } = "";

        /// <summary>The beginning of the value, without quotes. A completer may use it to search; values that do not begin so are left out anyway.</summary>
        public string Word { get; init; } = "";

        /// <summary>The text of a parameter; null if it was not typed.</summary>
        public string? this[string parameter] => Parameters[parameter] is { } value && $"{value}" is { Length: > 0 } text ? text : null;

        /// <summary>The texts of a parameter that takes several; empty if it was not typed.</summary>
        public IReadOnlyList<string> Texts(string parameter) => Parameters[parameter] switch
        {
            null => [],
            object[] several => [.. several.Select(static o => $"{o}").Where(static t => t.Length > 0)],
            var one => [.. $"{one}".Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
        };
    }
}
