using System.Collections;
using System.Management.Automation;
using FanOut.Abstractions;
using FanOut.Completion;
using FanOut.Credentials;
using FanOut.DesiredState.Files;
using FanOut.DesiredState.Plans;
using FanOut.Errors;
using FanOut.Parameters;

namespace FanOut.Commands;

/// <summary>Brings a fan-out function, its sources and its targets to what a file says: creates what is missing, changes what is different, and with -Prune removes what the file does not have.</summary>
/// <remarks>
/// <para>The file is JSON, or a PowerShell data file (.psd1), with the sections Function, Sources and Targets. Names and values are those of the parameters of Publish-FanOutFunction, Connect-FanOutSource and Register-FanOutTarget; FanOut.schema.json in the module's folder lets an editor complete and check it. A section that the file does not have is left alone, also by -Prune. Export-FanOutTarget writes the file of what is there.</para>
/// <para>Everything is read, checked and compared before the first change: a file with faults is one error, which names each with its line, and nothing is changed. -WhatIf outputs the plan, also what is unchanged. Drift is what the plan of an unchanged file shows. What is as it is to be is not written again.</para>
/// <para>A target that names no source belongs to the only one of Sources. Unlike with Register-FanOutTarget a new target is enabled, unless Enabled is false. Where Enabled, or Suspended of a source, is left out, what is there stays as it was switched by Enable-, Disable-, Suspend- and Resume-FanOutSource. Of a function only the settings that are named are compared; of a source, those that are left out have the defaults of Connect-FanOutSource, but for its on-failure destination, which stays.</para>
/// <para>The order loses no record: sources that are to go are disconnected; the function is published; its role gets the permissions for new targets; targets are written, enabled or not, and after them others are removed; sources are connected last; and at the end the role loses what nobody needs any more.</para>
/// <para>Targets are written up to 100 in a call, each on the condition that it still is what the plan has seen. One that somebody else has changed meanwhile is an error, unless it is as it is to be by then: run it again. So two runs at once do not undo each other's work, and one that was interrupted is completed by the next. What fails does not keep the others from being done.</para>
/// <para>A line at the end tells how much was created, changed and removed, or that all is as it is to be; where something failed, a warning. It is written as by Write-Host: seen on the screen and in the logs of pipelines, and never among the objects; 6&gt;$null or -InformationAction Ignore keeps it away. -PassThru outputs each change as an object.</para>
/// <para>Piped rows may have columns of your own; one whose name is nearly that of a parameter is warned of, as with Register-FanOutTarget. In a file, which is about nothing else, each unknown name is a fault.</para>
/// <para>In texts ${env:NAME} stands for a variable of the environment, ${param:NAME} for a value of -Parameter, and $${ for a plain ${. Secrets are never shown: passwords in destinations, external ids, and values of the function's environment variables, wherever they come from.</para>
/// </remarks>
/// <example>
/// <code>Sync-FanOutTarget fanout.json -WhatIf</code>
/// <para>Shows what would be changed, and changes nothing.</para>
/// </example>
/// <example>
/// <code>Sync-FanOutTarget fanout.json -Parameter @{ stage = 'test' } -Prune -Confirm:$false -PassThru</code>
/// <para>Makes it so, without asking, with test in place of ${param:stage}; targets and sources that the file does not have are removed. Outputs what was changed.</para>
/// </example>
/// <example>
/// <code>Import-Csv targets.csv | Sync-FanOutTarget -Source orders -Prune -WhatIf</code>
/// <para>Shows what would be changed so that the stream orders has exactly the targets of a list.</para>
/// </example>
[Cmdlet(VerbsData.Sync, "FanOutTarget", HelpUri = ProjectAddress.CmdletPages + "Sync-FanOutTarget.md", SupportsShouldProcess = true)]
[OutputType(typeof(FanOutChange))]
public sealed partial class SyncFanOutTargetCommand : DeploymentCommand
{
    private readonly List<StateNode> _piped = [];
    private PipedFunction? _pipedOf;

    /// <summary>The file with the desired state: JSON, or a PowerShell data file by its extension .psd1.</summary>
    [Parameter(Position = 0)]
    [Alias("FilePath")]
    public string? Path { get; set; }

    /// <summary>Values for ${param:NAME} in the file, as a hashtable. Where a text is nothing but ${param:NAME}, the value may also be a number, a truth value, a list or a hashtable. A SecureString is taken too.</summary>
    [Parameter]
    [NotAFile]
    public IDictionary? Parameter { get; set; }

    /// <summary>Removes what the state does not have: targets are unregistered, sources disconnected. Only what belongs to a section that the file has; of piped targets, only targets of the sources that they name. Asks before it removes, unless -Confirm:$false is given.</summary>
    [Parameter]
    public SwitchParameter Prune { get; set; }

    /// <summary>Outputs what was changed, with the result of each.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The ARN of the source of piped targets that name none: a Kinesis stream, a DynamoDB stream or an SNS topic. Of a piped target, its source.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StreamARN", "LatestStreamArn", "EventSourceArn")]
    [ArgumentCompleter(typeof(SourceArnCompleter))]
    public string? SourceArn { get; set; }

    /// <summary>The name of that source, which is looked up: that of a Kinesis stream, of the table whose DynamoDB stream it is, or of an SNS topic.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SourceCompleter))]
    public string? Source { get; set; }

    /// <summary>What -Source names: Kinesis, DynamoDB or SNS. Without it, the name is looked for among all three; needed only where several have it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NullWhenEmpty(typeof(SourceType))]
    public SourceType? SourceType { get; set; }

    /// <summary>The id of a piped target; its other settings are properties of the same object, named as the parameters of Register-FanOutTarget.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NotAFile]
    public string? Id { get; set; }

    /// <summary>A zip of your own instead of the module's package, as of Publish-FanOutFunction; for a state with a section Function.</summary>
    [Parameter]
    public string? PackagePath { get; set; }

    /// <summary>Leaves the policies of the function's role alone, for people who may not change them; a warning says which statement is missing.</summary>
    [Parameter]
    public SwitchParameter SkipPolicy { get; set; }

    /// <summary>Does not invoke the function when its code or settings were changed. Without it the function is invoked once, with an event that touches no target; sources are not connected to one that does not run.</summary>
    [Parameter]
    public SwitchParameter SkipTest { get; set; }

    /// <summary>How long to wait for each change of the function and of event source mappings: a duration ('00:05:00') or seconds. Default: 5 minutes.</summary>
    [Parameter]
    [Duration]
    [NotAFile]
    public TimeSpan WaitTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    private protected override StrayProperties? Strays => RowProperties.OfTargets;

    /// <inheritdoc/>
    private protected override bool SkipsPolicy => SkipPolicy;

    // Shown in a table, the plan needs no sentence for each change.
    /// <inheritdoc/>
    private protected override void ProcessObject()
    {
        if (InputObject is null)
        {
            return;
        }

        if (NullIfEmpty(Path) is { } path)
        {
            throw FanOutError.InvalidParameter(nameof(Path), path, "and piped targets are both given: one of them says what is wanted.");
        }

        PipedFunction of = new(FunctionSession, Function.Text, GivenTable);
        _pipedOf ??= of;
        if (_pipedOf != of)
        {
            throw FanOutError.InvalidParameter(nameof(FunctionName), Function.Text, $"is not {_pipedOf.Name} in {_pipedOf.Session.Region}, of which the targets before are: sync each function by itself.");
        }

        StateNode row = ReadObject.Row(InputObject, $"Targets[{_piped.Count}]");
        _piped.Add(NullIfEmpty(SourceArn) is null && NullIfEmpty(Source) is null ? row : WithSource(row));
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        if (!HasFailed)
        {
            Sync();
        }

        base.Finish();
    }

    private void Sync()
    {
        WantedState state = ReadState();
        StatePlan plan = MakePlan(state);
        if (IsWhatIf)
        {
            IReadOnlyList<FanOutChange> planned = Describe(plan);
            WriteObject(planned, enumerateCollection: true);
            Say(DescribeSync.Plan(planned, Whose));
            return;
        }

        if (Agree(plan) is { } agreed)
        {
            Apply(agreed);
        }
    }

    private string Whose => $"{Function.Name} in {FunctionSession.Region}";

    // A class: the fields of a value would be loaded with the module, and the AWS SDK with them.
    private sealed record PipedFunction(AwsSession Session, string Name, string? Table);
}
