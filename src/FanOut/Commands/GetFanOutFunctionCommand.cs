using System.Management.Automation;
using FanOut.Abstractions;

namespace FanOut.Commands;

/// <summary>Gets a fan-out function: what Lambda says of it, its settings, and how many sources and targets it has.</summary>
/// <remarks>
/// <para>The property Problems says what is missing or wrong. Of the function's environment variables only its own settings are shown, those that start with FANOUT_.</para>
/// <para>UpdateAvailable is true if the module holds another package than the deployed one: Publish-FanOutFunction deploys it.</para>
/// <para>The table of targets is the one that the function reads, unless -TableName names another.</para>
/// </remarks>
/// <example>
/// <code>Get-FanOutFunction</code>
/// <para>The function fanout.</para>
/// </example>
/// <example>
/// <code>Get-FanOutFunction -FunctionName fanout-prod -Region eu-west-1 | Get-FanOutSource</code>
/// <para>The sources of the function fanout-prod, with the state of each.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "FanOutFunction", HelpUri = ProjectAddress.CmdletPages + "Get-FanOutFunction.md")]
[OutputType(typeof(FanOutFunction))]
public sealed class GetFanOutFunctionCommand : ChainCommand
{
    /// <inheritdoc/>
    private protected override object? Subject => NullIfEmpty(FunctionName) ?? DefaultFunction;

    /// <inheritdoc/>
    private protected override void ProcessObject() => WriteObject(ReadAndDescribe());
}
