using System.Collections;
using System.Globalization;
using System.Management.Automation;
using FanOut.Abstractions;
using FanOut.Aws.CloudWatch;
using FanOut.Aws.Lambda;
using FanOut.Completion;
using FanOut.Deployment;
using FanOut.Deployment.Monitoring;
using FanOut.Destinations;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Parameters;
using FanOut.Sources;

namespace FanOut.Commands;

/// <summary>Makes or changes the alarms of a fan-out function in CloudWatch: on records that failed or went to a dead letter, on mappings that are not valid, and on how far it is behind.</summary>
/// <remarks>
/// <para>Looks first, and changes only what is missing or other than you say. What you do not say stays as it is. The alarms are FanOut-&lt;function&gt;-Failed, -DeadLettered, -InvalidMappings and, where the function reads streams, -IteratorAge; they are those of Export-FanOutTemplate.</para>
/// <para>The first three look at all sources and targets of the function together, also at such that come later, by a query of CloudWatch Metrics Insights; the function's log names the target. They do not go off as long as there are no values. IteratorAge is Lambda's, the greatest of all sources: it goes off when five minutes in a row are over the threshold.</para>
/// <para>Piped rows, such as those of a CSV file, have the settings of each function in columns of the parameters' names; an empty field is not given. A function that is piped several times with the same settings, as with each of its sources, is looked at once.</para>
/// <para>Remove-FanOutFunction removes them with the function, -Remove alone.</para>
/// </remarks>
/// <example>
/// <code>Publish-FanOutAlarm -Topic operations</code>
/// <para>Lets the SNS topic operations know when the function fanout needs somebody.</para>
/// </example>
/// <example>
/// <code>Get-FanOutFunction *-prod | Publish-FanOutAlarm -FailedThreshold 100 -IteratorAgeThreshold 00:10:00 -WhatIf</code>
/// <para>Shows what would be changed of the alarms of all functions whose names end with -prod, so that more than 100 failed records a minute, or ten minutes behind, set them off.</para>
/// </example>
/// <example>
/// <code>Publish-FanOutAlarm -Remove</code>
/// <para>Removes the alarms of the function fanout.</para>
/// </example>
[Cmdlet(VerbsData.Publish, "FanOutAlarm", HelpUri = ProjectAddress.CmdletPages + "Publish-FanOutAlarm.md", SupportsShouldProcess = true)]
[OutputType(typeof(FanOutAlarm))]
public sealed class PublishFanOutAlarmCommand : DeploymentCommand
{
    /// <inheritdoc/>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("FunctionArn")]
    [ArgumentCompleter(typeof(FunctionCompleter))]
    public override string? FunctionName { get; set; }

    /// <summary>The SNS topics that are told, up to five, in the function's region: their names, which are looked up, or their ARNs. An empty list: nobody is told.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NullWhenEmpty(typeof(string[]))]
    [ArgumentCompleter(typeof(TopicCompleter))]
    public string[]? Topic { get; set; }

    /// <summary>How many records a minute may fail, over all targets. Default: 0.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NullWhenEmpty(typeof(int))]
    [NotAFile]
    public int? FailedThreshold { get; set; }

    /// <summary>How many records a minute may go to dead letters, over all targets. Default: 0.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NullWhenEmpty(typeof(int))]
    [NotAFile]
    public int? DeadLetteredThreshold { get; set; }

    /// <summary>How many mappings may be found not valid in a minute, each once per batch. Default: 0.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NullWhenEmpty(typeof(int))]
    [NotAFile]
    public int? InvalidMappingsThreshold { get; set; }

    /// <summary>How old the last record of a batch may be: a duration or seconds, at least one second. Default: half of the age at which the event source mappings drop records, at most an hour.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Duration]
    [NotAFile]
    public TimeSpan? IteratorAgeThreshold { get; set; }

    /// <summary>Tags of the alarms, as a hashtable; other tags stay.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TableOfRow]
    [NotAFile]
    public IDictionary? Tag { get; set; }

    /// <summary>Removes the alarms instead.</summary>
    [Parameter]
    public SwitchParameter Remove { get; set; }

    /// <summary>Outputs the alarms as they are afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override StrayProperties? Strays => RowProperties.OfAlarms;

    private string Whose => $"The alarms of {Function.Name} in {FunctionSession.Region}";

    /// <inheritdoc/>
    private protected override void ProcessObject()
    {
        Dictionary<string, string>? tags = Tag is null ? null : CheckTags.Checked(Tag.Keys.Cast<object>().ToDictionary(static k => $"{k}", k => Convert.ToString(Tag[k] is PSObject wrapped ? wrapped.BaseObject : Tag[k], CultureInfo.InvariantCulture) ?? ""));
        CheckThresholds();
        if (!IsFirst([Topic is null ? null : string.Join(',', Topic), .. Thresholds().Select(static t => $"{t}"), .. (tags ?? []).Select(static t => $"{t}")]))
        {
            return;
        }

        var alarms = new PublishAlarms(FunctionSession, Function.Name);
        IReadOnlyList<Change> changes = Remove ? PlanRemoval(alarms) : Plan(alarms, tags);
        if (changes.Count == 0)
        {
            TellUnchanged(Whose, "are", Remove);
        }

        bool isDone = Run($"Publishing the alarms of {Function.Name}", changes);
        if (Remove)
        {
            return;
        }

        IReadOnlyList<MetricAlarm> now = Await(alarms.ReadAsync(StopToken));
        if (isDone && now.Any(static a => a.AlarmActions is null or []))
        {
            WriteWarning($"Nobody is told when the alarms of {Function.Name} go off: -Topic names an SNS topic that is.");
        }

        if (PassThru)
        {
            WriteObject(now.Select(Describe), enumerateCollection: true);
        }
    }

    // Over zero seconds is every record: such an alarm would be on as soon as anything flows.
    private void CheckThresholds()
    {
        if (IteratorAgeThreshold < TimeSpan.FromSeconds(1))
        {
            throw FanOutError.InvalidParameter(nameof(IteratorAgeThreshold), IteratorAgeThreshold, "must be at least one second: records are always a little older than nothing, so the alarm would be on as long as any flow.");
        }

        foreach ((string name, int? value) in ((string, int?)[])[(nameof(FailedThreshold), FailedThreshold), (nameof(DeadLetteredThreshold), DeadLetteredThreshold), (nameof(InvalidMappingsThreshold), InvalidMappingsThreshold)])
        {
            if (value < 0)
            {
                throw FanOutError.InvalidParameter(name, value, "must not be negative.");
            }
        }
    }

    private IReadOnlyList<Change> PlanRemoval(PublishAlarms alarms)
    {
        List<string> left = [];
        IReadOnlyList<Change> changes = Await(alarms.PlanRemovalAsync(left.Add, StopToken));
        Warn(left.Select(static l => $"This is left: {l}."));
        return changes;
    }

    private IReadOnlyList<Change> Plan(PublishAlarms alarms, Dictionary<string, string>? tags)
    {
        ReadSources read = ReadFunction();
        List<EventSourceMappingConfiguration> connected = ReadEventSourceMappings(null);
        bool hasMetrics = !(read.Variables.TryGetValue(FunctionVariables.Metrics, out string? metrics) && metrics.Equals("none", StringComparison.OrdinalIgnoreCase));
        if (!hasMetrics)
        {
            WriteWarning($"The function {Function.Name} tells no metrics of its own ({FunctionVariables.Metrics}=none), so that there are no alarms on them.");
        }

        var settings = new AlarmSettings
        {
            Topics = Topic is null ? null : [.. Topic.Where(static t => t.Length > 0).Select(ArnOf)],
            Thresholds = Thresholds(),
            Tags = tags,
            DefaultAge = FunctionAlarms.DefaultAge(connected.Select(static c => c.MaximumRecordAgeInSeconds)),
        };
        return Await(alarms.PlanAsync(FunctionAlarms.Of(Function.Name, hasMetrics, connected.Count > 0), settings, StopToken));
    }

    private string ArnOf(string topic)
    {
        if (!Arn.Looks(topic))
        {
            return Await(FindTopic.ByNameAsync(FunctionSession, topic, StopToken)).Destination;
        }

        AlarmTopic.Check(nameof(Topic), topic, FunctionSession.Region);
        return topic;
    }

    private Dictionary<string, double> Thresholds()
    {
        (string Metric, double? Value)[] given =
        [
            ("Failed", FailedThreshold), ("DeadLettered", DeadLetteredThreshold), ("InvalidMappings", InvalidMappingsThreshold), (FunctionAlarms.IteratorAge, IteratorAgeThreshold?.TotalMilliseconds),
        ];
        return given.Where(static g => g.Value is not null).ToDictionary(static g => g.Metric, static g => g.Value!.Value);
    }

    private FanOutAlarm Describe(MetricAlarm alarm) => new()
    {
        Name = alarm.AlarmName!,
        Metric = FunctionAlarms.Metrics.First(m => AlarmDefinition.NameOf(Function.Name, m) == alarm.AlarmName),
        State = alarm.StateValue,
        Threshold = alarm.Threshold ?? 0,
        ThresholdAge = alarm.MetricName == FunctionAlarms.IteratorAge && alarm.Threshold is { } age ? TimeSpan.FromMilliseconds(age) : null,
        Topic = [.. alarm.AlarmActions ?? []],
        Description = alarm.AlarmDescription,
        AlarmArn = alarm.AlarmArn,
        FunctionName = Function.Name,
        Region = FunctionSession.Region,
    };
}
