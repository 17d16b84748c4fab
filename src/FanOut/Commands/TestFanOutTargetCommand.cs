using System.Management.Automation;
using System.Text.Json;
using FanOut.Abstractions;
using FanOut.Completion;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Local.Checks;
using FanOut.Local.Events;
using FanOut.Local.Plans;
using FanOut.Parameters;
using FanOut.Registry;
using FanOut.Sources;

namespace FanOut.Commands;

/// <summary>Tests targets before records reach them: whether a target can work as it is, and what it would get of given records.</summary>
/// <remarks>
/// <para>Outputs what was looked at, one object each with a status (Pass, Warn, Fail, Skipped), what was found, and what to do about it; the last one of a target, Verdict, sums them up. Nothing is sent.</para>
/// <para>The plan is made by the function's own engine in this process: its property Calls has each call that the function would make, with the body byte for byte. Its records are those of -Record or -EventPath, or else samples. Records that would be rejected are named with their reason.</para>
/// <para>Targets that are piped in with their settings (from Get-FanOutTarget, a CSV file, JSON) need not be registered, and are tested without any call to AWS. Targets that are named by id are read from the table.</para>
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
[Cmdlet(VerbsDiagnostic.Test, "FanOutTarget", HelpUri = ProjectAddress.CmdletPages + "Test-FanOutTarget.md")]
[OutputType(typeof(FanOutTargetCheck), typeof(FanOutPlannedPayload))]
public sealed class TestFanOutTargetCommand : FunctionCommand
{
    private readonly ResolveSource _resolve = new();
    private readonly List<Candidate> _candidates = [];
    private readonly Dictionary<string, List<Mapping>> _neighbours = [];

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

    /// <summary>What -Source names: Kinesis, DynamoDB or SNS. Without it, the name is looked for among all three; needed only where several have it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NullWhenEmpty(typeof(SourceType))]
    public SourceType? SourceType { get; set; }

    /// <summary>The type of a piped target that need not be registered; its other settings are properties of the same object.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TypeCompleter))]
    public string? Type { get; set; }

    /// <summary>The destination of a piped target that need not be registered, in full.</summary>
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

    /// <summary>Outputs what is sent of each record, a payload for each, instead of checks. Where several share a message (-Collapse), the plan's Calls show it as a whole.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override object? Subject => Id is [var only] ? only : NullIfEmpty(SourceArn) ?? NullIfEmpty(Source);

    /// <inheritdoc/>
    private protected override string? NamedRegion => base.NamedRegion
        ?? (Arn.TryParse(NullIfEmpty(SourceArn) ?? Source, out Arn? source) ? NullIfEmpty(source.Region) : null);

    /// <inheritdoc/>
    private protected override void ProcessObject()
    {
        if (NullIfEmpty(Type) is not null && NullIfEmpty(Destination) is not null)
        {
            string id = Id is [{ Length: > 0 } only] ? only
                : throw FanOutError.InvalidParameter(nameof(Id), Id, "must name one target where -Type and -Destination say what it is; leave these out for targets that are registered.");
            _candidates.Add(Piped(NullIfEmpty(SourceArn) ?? FindSource() ?? throw FanOutError.InvalidParameter(
                nameof(SourceArn), null, $"is missing: whose records is the target '{id}' to get? Give -SourceArn, or -Source with a name."), id));
            return;
        }

        if (IsExplicit(nameof(Type)) || IsExplicit(nameof(Destination)))
        {
            throw FanOutError.InvalidParameter(
                IsExplicit(nameof(Type)) ? nameof(Type) : nameof(Destination), null, "goes with the other of -Type and -Destination, for a target that need not be registered.");
        }

        string? source = FindSource();
        string[] patterns = Id?.Where(static i => i.Length > 0).ToArray() ?? [];
        HashSet<string> missing = [.. patterns.Where(static i => !WildcardPattern.ContainsWildcardCharacters(i)).Select(WildcardPattern.Unescape)], known = [];
        WildcardPattern[] wanted = [.. patterns.Select(static i => new WildcardPattern(i, WildcardOptions.None))];
        foreach (TargetRow row in Each(Mappings.ReadAsync(source, StopToken)))
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

    /// <inheritdoc/>
    private protected override void Finish()
    {
        foreach (IGrouping<string, Candidate> ofSource in _candidates.GroupBy(static c => c.SourceArn))
        {
            Candidate[] candidates = [.. ofSource];
            IReadOnlyDictionary<string, Plan>? plans = null;
            string? noPlan = null;
            Guard(() => (plans, noPlan) = Plans(ofSource.Key, candidates));
            if (plans is null && noPlan is null)
            {
                return;
            }

            foreach (Candidate candidate in candidates)
            {
                Write(candidate, plans?.GetValueOrDefault(candidate.Id), noPlan);
            }
        }
    }

    private void Write(Candidate candidate, Plan? plan, string? noPlan)
    {
        if (PassThru)
        {
            if (plan is not null)
            {
                WriteObject(DescribePlan.Payloads(candidate, plan), enumerateCollection: true);
                Warn([DescribePlan.Rejected(candidate, plan)]);
            }
            else
            {
                Fail(FanOutError.InvalidMapping(candidate.Id, candidate.SourceArn, candidate.Problem ?? noPlan!));
            }

            return;
        }

        List<FanOutTargetCheck> checks = [.. new CheckTarget(Function.Name, RegionOf(candidate.SourceArn)).Of(candidate)];
        if (plan is not null)
        {
            checks.Add(DescribePlan.Of(candidate, plan, Record is null && EventPath is null ? "sample records" : "records"));
        }
        else if (candidate.Mapping is not null)
        {
            checks.Add(CheckTarget.New(candidate, "Plan", "Skipped", noPlan!));
        }

        checks.Add(CheckTarget.Verdict(candidate, checks));
        WriteObject(checks, enumerateCollection: true);
    }

    private (IReadOnlyDictionary<string, Plan>? Plans, string? Problem) Plans(string sourceArn, Candidate[] candidates)
    {
        List<Mapping> mappings = [.. candidates.Select(static c => c.Mapping).OfType<Mapping>()];
        mappings.AddRange(Neighbours(sourceArn).Where(n => !mappings.Exists(m => m.Id == n.Id)));
        byte[] json = ReadEvent(sourceArn, mappings.Find(static m => m.HashKey is not null)?.HashKey);
        IReadOnlyList<RecordGroup> groups;
        try
        {
            groups = EventReader.Read(json);
        }
        catch (Exception e) when (e is InvalidEventException or JsonException)
        {
            throw FanOutError.InvalidParameter(nameof(EventPath), EventPath, $"does not hold an event of Lambda: {e.Message}");
        }

        if (groups.Count != 1)
        {
            throw FanOutError.InvalidParameter(nameof(EventPath), EventPath, $"holds records of {groups.Count} sources: Lambda hands over those of one.");
        }

        if (mappings.Count == 0)
        {
            return (null, "There is no valid mapping.");
        }

        return !Enum.GetValues<SourceKind>().Any(k => Engine.Events.SourceArn.IsOf(k, sourceArn) && Engine.Events.SourceArn.IsOf(k, groups[0].SourceArn))
            ? (null, $"The event is of {groups[0].SourceArn}, which is no source of this kind.")
            : (Await(new MakePlan(RegionOf(sourceArn), new DeliveryOptions(), Time).OfAsync(json, mappings, StopToken)), "");
    }

    private byte[] ReadEvent(string sourceArn, string? hashKey)
    {
        if (EventPath is { } path)
        {
            string file = GetUnresolvedProviderPathFromPSPath(path);
            return Record is not null ? throw FanOutError.InvalidParameter(nameof(EventPath), path, "and -Record both name what to plan for: give one of them.")
                : File.Exists(file) ? File.ReadAllBytes(file)
                : throw FanOutError.InvalidParameter(nameof(EventPath), path, $"names a file that is not there: {file}.");
        }

        if (Record is [])
        {
            throw FanOutError.InvalidParameter(nameof(Record), null, "is empty: give at least one record, or leave it out for samples.");
        }

        return WriteEvent.Of(sourceArn, Record is { } records ? new ReadRecords(sourceArn, hashKey, Time).Of(records) : SampleRecords.Of(sourceArn, hashKey, Time));
    }

    private string? FindSource() => NullIfEmpty(SourceArn) is null && NullIfEmpty(Source) is null
        ? null
        : Await(_resolve.ArnAsync(Session, NullIfEmpty(SourceArn), NullIfEmpty(Source), SourceType, StopToken));

    private List<Mapping> Neighbours(string sourceArn) =>
        _neighbours.TryGetValue(sourceArn, out List<Mapping>? found) ? found : _neighbours[sourceArn] = [];

    private Candidate Piped(string sourceArn, string id)
    {
        try
        {
            Mapping mapping = PipedSettings.Of(property => property == nameof(FanOutTarget.SourceArn) ? sourceArn : Value(property)).Check(new OwnFunction(Function.Name, RegionOf(sourceArn), Function.Account));
            return new Candidate(id, sourceArn, mapping);
        }
        catch (FanOutException e)
        {
            return new Candidate(id, sourceArn, null) { Problem = e.Message, Remedy = e.Advice ?? "Change the setting that the message names." };
        }
    }

    // What is typed counts more than what is piped. Of a Redis whose password is not shown, any other does for a plan.
    private object? Value(string property) => property switch
    {
        nameof(FanOutTarget.Id) => Id![0],
        nameof(FanOutTarget.Type) => Type,
        nameof(FanOutTarget.Destination) => Destination!.Replace(Masked.Stars + "@", "secret@", StringComparison.Ordinal),
        _ => InputObject?.Properties[property]?.Value,
    };

    private Candidate Registered(TargetRow row)
    {
        string region = RegionOf(row.SourceArn);
        return new Candidate(row.Id, row.SourceArn, row.Mapping)
        {
            IsRegistered = true,
            Problem = row.Problem,
            Remedy = row.Problem is null ? null
                : $"{RepairCommand.Of("Set-FanOutTarget", RepairCommand.Quoted(row.Id), row.SourceArn, Function.Name, region)} with a valid setting, or register it anew with -Force.",
        };
    }

    private static string RegionOf(string sourceArn) => Arn.TryParse(sourceArn, out Arn? arn) && arn.Region.Length > 0 ? arn.Region : "us-east-1";
}
