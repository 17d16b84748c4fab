using System.Management.Automation;
using FanOut.Abstractions;
using FanOut.Completion;
using FanOut.Deployment;
using FanOut.Errors;
using FanOut.Parameters;
using FanOut.Sources;

namespace FanOut.Commands;

/// <summary>Removes a fan-out function: its event source mappings, the role, the alarms and the dashboard that were made for it, and the function.</summary>
/// <remarks>
/// <para>The event source mappings are deleted first, and waited for; the function last. The role is deleted only if Publish-FanOutFunction made it for this function (tag fanout:function), whatever its name; another role only loses the policies that Publish-FanOutFunction gave it. The role of a function in a VPC stays at first, because Lambda needs it to delete the network interfaces, which takes up to 20 minutes: run the cmdlet again then. The log group stays unless -IncludeLogs is given, the table with the targets unless -IncludeTable is given. A warning says what is left.</para>
/// <para>Asks for each change; -Confirm:$false does not. After a failure half way run it again: it goes on where it stopped, and what is gone already is no error.</para>
/// </remarks>
/// <example>
/// <code>Remove-FanOutFunction -WhatIf</code>
/// <para>Shows what would be removed of the function fanout.</para>
/// </example>
/// <example>
/// <code>Remove-FanOutFunction -FunctionName fanout-next -IncludeLogs -IncludeTable -Confirm:$false</code>
/// <para>Removes the function fanout-next with its logs and its targets, without asking.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "FanOutFunction", HelpUri = ProjectAddress.CmdletPages + "Remove-FanOutFunction.md", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveFanOutFunctionCommand : DeploymentCommand
{
    /// <inheritdoc/>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("FunctionArn")]
    [ArgumentCompleter(typeof(FunctionCompleter))]
    public override string? FunctionName { get; set; }

    /// <summary>Deletes the function's log group too.</summary>
    [Parameter]
    public SwitchParameter IncludeLogs { get; set; }

    /// <summary>Deletes the table with all targets too, though it is protected against deletion.</summary>
    [Parameter]
    public SwitchParameter IncludeTable { get; set; }

    /// <summary>Removes a function that does not look like a fan-out function.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>How long to wait for each change: a duration ('00:05:00') or seconds. Default: 5 minutes.</summary>
    [Parameter]
    [Duration]
    [NotAFile]
    public TimeSpan WaitTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    private protected override void ProcessObject()
    {
        if (Function.Qualifier is not null)
        {
            throw FanOutError.InvalidParameter(nameof(FunctionName), FunctionName, $"'{FunctionName}' names an alias or version: give the function's name alone.");
        }

        var settings = new RemovalSettings
        {
            Function = Function,
            Table = GivenTable,
            IncludeLogs = IncludeLogs,
            IncludeTable = IncludeTable,
            Force = Force,
            Patience = WaitTimeout,
        };
        Removal plan = Await(new PlanRemoval(FunctionSession, settings, Time).PlanAsync(StopToken));
        if (plan.Changes.Count == 0)
        {
            TellNothing(settings.Function.Name, isAll: plan.Left.Count == 0);
        }

        if (Run($"Removing the function {Function.Name}", plan.Changes) && plan.Left.Count > 0)
        {
            WriteWarning($"These are left: {string.Join("; ", plan.Left)}.");
        }
    }

    // That nothing is left is no error; but a name may be misspelt.
    private void TellNothing(string function, bool isAll)
    {
        string nothing = $"There is nothing to remove of a function {function} in {FunctionSession.Region}.";
        if (isAll && Await(new FindFunctions(FunctionSession).FindNearestAsync(function, StopToken)) is { } nearest)
        {
            WriteWarning($"{nothing} Is '{nearest}' meant?");
        }
        else
        {
            WriteVerbose(nothing);
        }
    }
}
