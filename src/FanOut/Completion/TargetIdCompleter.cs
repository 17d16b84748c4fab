using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
namespace FanOut.Completion;
/// <summary>x</summary>
public sealed class TargetIdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) => [];
}
