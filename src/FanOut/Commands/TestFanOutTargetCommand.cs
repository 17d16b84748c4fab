using System.Management.Automation;
using FanOut.Abstractions;
using FanOut.Completion;
using FanOut.Credentials;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Inspection;
using FanOut.Local.Checks;
using FanOut.Parameters;
using FanOut.Registry;
using FanOut.Sources;
using FanOut.Sources.Topics;

namespace FanOut.Commands;

/// <summary>Tests targets before records reach them: whether a target can work as it is, and what it would get of given records.</summary>
/// <remarks>
/// <para>Outputs what was looked at, one object each with a status (Pass, Warn, Fail, Skipped), what was found, and what to do about it; the last one of a target, Verdict, sums them up. Nothing is sent or changed, but for -Send; -WhatIf and -Confirm are about that alone.</para>
/// <para>The plan is made by the function's own engine in this process: its property Calls has each call that the function would make, with the body byte for byte. Its records are those of -Record or -EventPath, with -Live those that the source holds, or else samples. Records that would be rejected are named with their reason. Calls are cut as a function with the real one's memory and variables cuts them, where targets are read from its table or AWS is asked anyway; for others as one of 128 MB with its defaults. Records are taken for one event, whatever the batch size. What a Kinesis stream holds may be changes of DynamoDB tables: with -Live the check Format says of which, and whether the target's -RecordFormat fits.</para>
/// <para>Targets that are piped in with their settings (from Get-FanOutTarget, a CSV file, JSON) need not be registered, and are tested without any call to AWS where their destinations are in full; names are looked up. A property of such a row that is nearly named as a setting (Transfrom), and so is not used, is the check Properties. Targets that are named by id are read from the table.</para>
/// <para>Records that would come back to their source over other targets of the function (orders to copy, copy to orders) are the check Loop. For it the table is read where targets are named by id, and with -Environment; else what is piped together is looked at.</para>
/// <para>With -Environment it also looks at all that the target depends on in AWS, and changes nothing: whether source, destination and dead letter are there and active, with their limits and keys; how the source is connected; the function; whether a role trusts the function, with the external id; what the roles may do, which IAM is asked (iam:SimulatePrincipalPolicy) or, where you may not ask, is evaluated from the policies; the policies of source, destination and dead letter themselves; and the ways out of the function's VPC. What you may not look at is Skipped, with the permission that it takes; what depends on a condition that cannot be evaluated here is a warning that says so.</para>
/// </remarks>
/// <example>
/// <code>Test-FanOutTarget archive -Source orders</code>
/// <para>Tests the target archive of the source orders.</para>
/// </example>
/// <example>
/// <code>(Test-FanOutTarget archive -Source orders -Record @{ id = 17; total = 12 } | Where-Object Check -eq Plan).Calls | Format-List</code>
/// <para>The calls that the function would make for one record.</para>
/// </example>
/// <example>
/// <code>[pscustomobject]@{ Id = 'big'; Type = 'sqs'; Destination = 'arn:aws:sqs:us-east-1:123456789012:big'; SourceArn = 'arn:aws:kinesis:us-east-1:123456789012:stream/orders'; Filter = '{"data":{"total":[{"numeric":[">",1000]}]}}' } | Test-FanOutTarget -Record '{"total":12}', '{"total":1200}' -PassThru</code>
/// <para>What a target would get that is not registered yet: the second record.</para>
/// </example>
/// <example>
/// <code>Test-FanOutTarget archive -Source orders -Live -Last 100</code>
/// <para>What the function would send of the 100 newest records of the stream.</para>
/// </example>
/// <example>
/// <code>Get-FanOutTarget | Test-FanOutTarget -Environment | Where-Object Status -in Fail, Warn | ForEach-Object { $_.Detail; $_.Remedy }</code>
/// <para>Everything that is wrong with any target, in its settings or in AWS, and the commands that mend it.</para>
/// </example>
/// <example>
/// <code>Test-FanOutTarget archive -Source orders -Send -Through Source -WhatIf</code>
/// <para>Which targets would get a record that is put into the stream to see whether all of the way works; without -WhatIf it is, and what came of it is told.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "FanOutTarget", SupportsShouldProcess = true, HelpUri = ProjectAddress.CmdletPages + "Test-FanOutTarget.md")]
[OutputType(typeof(FanOutTargetCheck), typeof(FanOutPlannedPayload))]
public sealed partial class TestFanOutTargetCommand : ChainCommand
{
    private readonly ResolveSource _resolve = new();
    private readonly List<Candidate> _candidates = [];
    private readonly Dictionary<string, List<Mapping>> _neighbours = [];
    private readonly Dictionary<(AwsSession Session, string Function, string? Table), InspectTarget> _inspections = [];

    /// <summary>The id of the target, or a pattern with * and ?. Without it: all.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TargetIdCompleter))]
    public string[]? Id { get; set; }

    /// <summary>The ARN of the source: a Kinesis stream, a DynamoDB stream or an SNS topic. Without it and -Source: all sources.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StreamARN", "LatestStreamArn", "EventSourceArn")]
    [ArgumentCompleter(typeof(SourceArnCompleter))]
    public string? SourceArn { get; set; }

    /// <summary>The name of the source, which is looked up: that of a Kinesis stream, or of the table whose DynamoDB stream it is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SourceCompleter))]
    public string? Source { get; set; }

    /// <summary>What -Source names: Kinesis, DynamoDB or SNS. Without it, the name is looked for among all three; needed only where several have it. Without -Source and -SourceArn: only targets of sources of this kind.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NullWhenEmpty(typeof(SourceType))]
    public SourceType? SourceType { get; set; }

    /// <summary>The type of a piped target that need not be registered; its other settings are properties of the same object.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TypeCompleter))]
    public string? Type { get; set; }

    /// <summary>The destination of a piped target that need not be registered: in full, or by its name, which is looked up.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DestinationCompleter))]
    public string? Destination { get; set; }

    /// <summary>Records to plan for: texts, bytes, or objects, which are taken as JSON. Of a table: items as plain objects. An object with Data and PartitionKey is a record of Kinesis as AWS.Tools reads them.</summary>
    [Parameter]
    [NotAFile]
    public object[]? Record { get; set; }

    /// <summary>A file with an event as Lambda hands it over, to plan for instead of -Record.</summary>
    [Parameter]
    public string? EventPath { get; set; }

    /// <summary>Plans for records that the source holds now, instead of -Record: the newest -Last of them, or the first ones of -At. They are read as you; the function does not notice. A topic keeps none.</summary>
    [Parameter]
    public SwitchParameter Live { get; set; }

    /// <summary>With -Live: how many records, 1 to 1000. Default: 20.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    [NotAFile]
    public int Last { get; set; } = 20;

    /// <summary>With -Live: the time of the first record; without a time zone it is local. Default: the newest records are read.</summary>
    [Parameter]
    [NotAFile]
    public DateTime? At { get; set; }

    /// <summary>Sends one record, that of -Record or one whose property id is a mark that the check Send names, and says what came of it. It really arrives; -Confirm asks first. -Through says which way it takes. The filter holds; a record that it does not let through is not sent.</summary>
    [Parameter]
    public SwitchParameter Send { get; set; }

    /// <summary>With -Send: which way the record takes. Here sends it from this process by the function's own engine, as you or in the target's role, to the target and nowhere else: that proves that the target takes records, not that the function may send them, at which -Environment looks; it is sent again for 15 seconds at most. Source puts it into the source, as you, from which the function brings it to all enabled targets of that source, and waits for the line of the function's log that says of each what came of it: a minute and a half at most, and the batching window. Source is for streams of Kinesis and topics; whoever wants a record of a table changes an item. Default: Here.</summary>
    [Parameter]
    [NotAFile]
    public TestRoute Through { get; set; } = TestRoute.Here;

    /// <summary>Outputs what is sent of each record, a payload for each, instead of checks. Where several share a message (-Collapse), their Item is the same, and the plan's Calls show it as a whole.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Also looks at what the target depends on in AWS: source, connection, function, destination, keys, dead letter, roles and their policies, network. Nothing is changed or sent.</summary>
    [Parameter]
    public SwitchParameter Environment { get; set; }

    /// <inheritdoc/>
    private protected override string? AdviceOnUnbound => "Targets are piped; records are given with -Record: Get-FanOutTarget | Test-FanOutTarget -Record $records";

    // Of a target that is tested as it was piped it is a check.
    private protected override StrayProperties? Strays => IsWhole && !PassThru ? null : RowProperties.OfTargets;

    private bool IsWhole => NullIfEmpty(Type) is not null && NullIfEmpty(Destination) is not null;

    // Its settings are those of the object all the same: what is there may have changed since.
    private bool IsRegisteredObject => InputObject?.TypeNames.Any(static n => n.EndsWith(typeof(FanOutTarget).FullName!, StringComparison.Ordinal)) == true
        && !new[] { nameof(Id), nameof(SourceArn), nameof(Source), nameof(FunctionName), nameof(TableName) }.Any(IsExplicit);

    /// <inheritdoc/>
    private protected override object? Subject => Id is [var only] ? only : NullIfEmpty(SourceArn) ?? NullIfEmpty(Source);

    /// <inheritdoc/>
    private protected override string? NamedRegion => base.NamedRegion
        ?? (Arn.TryParse(NullIfEmpty(SourceArn) ?? Source, out Arn? source) ? NullIfEmpty(source.Region) : null);

    /// <inheritdoc/>
    private protected override void ProcessObject()
    {
        CheckSend();
        if (IsWhole)
        {
            string id = Id is [{ Length: > 0 } only] ? only
                : throw FanOutError.InvalidParameter(nameof(Id), Id, "must name one target where -Type and -Destination say what it is; leave these out for targets that are registered.");
            _candidates.Add(Piped(NullIfEmpty(SourceArn) ?? FindSource(ofChanges: MappingText.TryParse(Value(nameof(FanOutTarget.RecordFormat))?.ToString(), out RecordFormat format) && format == RecordFormat.DynamoDbChanges) ?? throw FanOutError.InvalidParameter(
                nameof(SourceArn), null, $"is missing: whose records is the target '{id}' to get? Give -SourceArn, or -Source with a name."), id));
            return;
        }

        if (IsExplicit(nameof(Type)) || IsExplicit(nameof(Destination)))
        {
            throw FanOutError.InvalidParameter(
                IsExplicit(nameof(Type)) ? nameof(Type) : nameof(Destination), null, "goes with the other of -Type and -Destination, for a target that need not be registered.");
        }

        string? source = FindSource();
        string? kind = source is null ? SourceType?.ToString() : null;
        string[] patterns = Id?.Where(static i => i.Length > 0).ToArray() ?? [];
        HashSet<string> missing = [.. patterns.Where(static i => !WildcardPattern.ContainsWildcardCharacters(i)).Select(WildcardPattern.Unescape)], known = [];
        WildcardPattern[] wanted = [.. patterns.Select(static i => new WildcardPattern(i, WildcardOptions.None))];
        foreach (TargetRow row in Each(Mappings.ReadAsync(source, StopToken)).Where(r => kind is null || EventSource.Describe(r.SourceArn).Kind == kind))
        {
            known.Add(row.Id);
            missing.Remove(row.Id);
            if (row.Mapping is { Active: true } neighbour)
            {
                Neighbours(row.SourceArn).Add(neighbour);
            }

            if (wanted.Length == 0 || wanted.Any(w => w.IsMatch(row.Id)))
            {
                _candidates.Add(Registered(row));
            }
        }

        foreach (string absent in missing)
        {
            Fail(FanOutError.TargetNotFound(absent, source ?? "any source", Table, Session.Region, Session.Identity, known));
        }
    }

    private string? FindSource(bool ofChanges = false) => NullIfEmpty(SourceArn) is null && NullIfEmpty(Source) is null
        ? null
        : Await(_resolve.FindAsync(Session, NullIfEmpty(SourceArn), NullIfEmpty(Source), SourceType, ofChanges, StopToken)).Arn;

    private List<Mapping> Neighbours(string sourceArn) =>
        _neighbours.TryGetValue(sourceArn, out List<Mapping>? found) ? found : _neighbours[sourceArn] = [];

    private Candidate Piped(string sourceArn, string id)
    {
        var candidate = new Candidate(id, sourceArn, null)
        {
            Function = Function.Name,
            IsPiped = true,
            IsRegistered = IsRegisteredObject,
            Strays = PassThru ? [] : [.. RowProperties.OfTargets.In(InputObject, IsTyped)],
        };
        try
        {
            Mapping mapping = ResolveNames(new GivenTarget(Value), sourceArn).Check(new OwnFunction(Function.Name, RegionOf(sourceArn), Function.Account));
            return candidate with { Mapping = mapping, Inspection = FindInspection(), Table = Environment ? Mappings : null };
        }
        catch (FanOutException e)
        {
            return candidate with { Problem = e.Message, Fault = e, Remedy = e.Advice ?? RemedyOf(candidate, e.Parameters, Type) };
        }
    }

    // Id and source are the key of a row, which cannot be changed.
    private string RemedyOf(Candidate candidate, IReadOnlyList<string> parameters, string? type)
    {
        TargetType? kind = MappingText.TryParse(type, out TargetType known) ? known : null;
        string region = RegionOf(candidate.SourceArn);
        return parameters.Count == 0 ? "Get-Help Register-FanOutTarget -Full says what each setting takes."
            : !candidate.IsRegistered ? SettingValues.AsSentence(parameters, kind)
            : parameters.Contains(nameof(Id)) || parameters.Contains(nameof(SourceArn))
                ? $"{RepairCommand.Of("Unregister-FanOutTarget", RepairCommand.Quoted(candidate.Id), candidate.SourceArn, candidate.Function, region)}, then Register-FanOutTarget {SettingValues.AsParameters(parameters, kind)}"
            : RepairCommand.Of("Set-FanOutTarget", $"{RepairCommand.Quoted(candidate.Id)} {SettingValues.AsParameters(parameters, kind)}", candidate.SourceArn, candidate.Function, region);
    }

    // What is typed counts more than what is piped. Of a Redis whose password is not shown, any other does for a plan.
    private object? Value(string property) => property switch
    {
        nameof(FanOutTarget.Id) => Id![0],
        nameof(FanOutTarget.Type) => Type,
        nameof(FanOutTarget.Destination) => Destination!.Replace(Masked.Stars + "@", UnknownPassword + "@", StringComparison.Ordinal),
        _ => InputObject?.Properties[property]?.Value,
    };

    private Candidate Registered(TargetRow row)
    {
        var candidate = new Candidate(row.Id, row.SourceArn, row.Mapping) { Function = Function.Name, Inspection = FindInspection(isRegistered: true), IsRegistered = true, Table = Mappings };
        return row.Invalid is not { } invalid ? candidate
            : candidate with { Problem = invalid.Reason, Remedy = RemedyOf(candidate, [.. invalid.Attributes.Select(SettingValues.ParameterOf)], row.ToTarget().Type) };
    }

    // What targets share is looked at once; each function has its own caller and region. What is piped whole is tested without a call, unless one is asked for.
    private InspectTarget? FindInspection(bool isRegistered = false)
    {
        if (!Environment && !Live && !Send && !isRegistered)
        {
            return null;
        }

        (AwsSession Session, string, string?) key = (FunctionSession, Function.Text, GivenTable);
        if (!_inspections.TryGetValue(key, out InspectTarget? found))
        {
            FunctionDestination function = Function;
            SuspendedSubscriptions suspended = SuspendedTopics;
            _inspections[key] = found = new InspectTarget(key.Session, function, GivenTable, Time, c => new TopicConnections(key.Session, function, c, suspended));
        }

        return found;
    }

    private static string RegionOf(string sourceArn) => Arn.TryParse(sourceArn, out Arn? arn) && arn.Region.Length > 0 ? arn.Region : "us-east-1";
}
