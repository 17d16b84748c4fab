using System.Management.Automation;
using FanOut.Abstractions;
using FanOut.Completion;
using FanOut.Deployment;
using FanOut.Deployment.Monitoring;
using FanOut.Parameters;

namespace FanOut.Commands;

/// <summary>Makes or renews the dashboard of a fan-out function in CloudWatch: graphs by target and by source, Lambda's figures, and the alarms.</summary>
/// <remarks>
/// <para>The dashboard is FanOut-&lt;function&gt;-&lt;region&gt;. Its graphs search for the targets and sources that there are, so what is registered later appears by itself, and what had no values for two weeks goes. Run the cmdlet again after Publish-FanOutAlarm, or when a newer module has other graphs; it changes nothing that is as it should be.</para>
/// <para>Remove-FanOutFunction removes it with the function, -Remove alone. CloudWatch charges for more than three dashboards in an account.</para>
/// </remarks>
/// <example>
/// <code>Publish-FanOutDashboard</code>
/// <para>The dashboard of the function fanout.</para>
/// </example>
/// <example>
/// <code>Get-FanOutFunction *-prod | Publish-FanOutDashboard -WhatIf</code>
/// <para>Shows which dashboards would be made or renewed.</para>
/// </example>
/// <example>
/// <code>Publish-FanOutDashboard -Remove</code>
/// <para>Removes it.</para>
/// </example>
[Cmdlet(VerbsData.Publish, "FanOutDashboard", HelpUri = ProjectAddress.CmdletPages + "Publish-FanOutDashboard.md", SupportsShouldProcess = true)]
[OutputType(typeof(string))]
public sealed class PublishFanOutDashboardCommand : DeploymentCommand
{
    /// <inheritdoc/>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("FunctionArn")]
    [ArgumentCompleter(typeof(FunctionCompleter))]
    public override string? FunctionName { get; set; }

    /// <summary>Replaces a dashboard of that name that this cmdlet has not made.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Removes the dashboard instead.</summary>
    [Parameter]
    public SwitchParameter Remove { get; set; }

    /// <summary>Outputs the dashboard's name.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override StrayProperties? Strays => RowProperties.OfDashboards;

    /// <inheritdoc/>
    private protected override void ProcessObject()
    {
        if (!IsFirst([]))
        {
            return;
        }

        var dashboard = new PublishDashboard(FunctionSession, Function.Name);
        List<string> left = [];
        IReadOnlyList<Change> changes;
        if (Remove)
        {
            changes = Await(dashboard.PlanRemovalAsync(left.Add, StopToken));
        }
        else
        {
            ReadFunction();
            changes = Await(dashboard.PlanAsync(Force, StopToken));
        }

        Warn(left.Select(static l => $"This is left: {l}."));
        if (changes.Count == 0)
        {
            TellUnchanged($"The dashboard {dashboard.Name}", "is", Remove);
        }

        if (Run($"Publishing the dashboard of {Function.Name}", changes) && PassThru && !Remove)
        {
            WriteObject(dashboard.Name);
        }
    }
}
