using System.Management.Automation;
using Amazon.Runtime;
using FanOut.Abstractions;
using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Deployment;
using FanOut.Files;
using FanOut.DesiredState.Export;
using FanOut.DesiredState.Files;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Registry;
using FanOut.Sources;
using FanOut.Sources.Topics;

namespace FanOut.Commands;

/// <summary>Writes what there is as the file of a desired state: a fan-out function, its connected sources and its targets. Sync-FanOutTarget makes it so.</summary>
/// <remarks>
/// <para>The file is JSON. Its first line names the schema, by which editors complete and check it; the same schema is FanOut.schema.json in the module's folder. Settings that have their default are left out, but for whether targets and sources are switched on: so a later plan shows who has switched them.</para>
/// <para>A source is written by its name where it is found by it, so that the file can serve several accounts and regions; destinations are written as they are in the table. Put ${param:NAME} or ${env:NAME} in the place of what differs between stages.</para>
/// <para>Secrets are left out: passwords in destinations are stars, and Sync-FanOutTarget keeps the password that is there; -IncludeSecret writes them. Of the function's environment variables only those of FanOut are written; others stay as they are. So do the policies of the function's role, which follow from the rest, and its code.</para>
/// <para>A row that is not a valid mapping cannot be written, and is warned of. Where there is no function yet, the file has the targets of the table alone.</para>
/// </remarks>
/// <example>
/// <code>Export-FanOutTarget fanout.json</code>
/// <para>Writes the function fanout with all that belongs to it to the file fanout.json.</para>
/// </example>
/// <example>
/// <code>(Export-FanOutTarget | ConvertFrom-Json).Targets | Where-Object Enabled -eq $false | Select-Object Id, Source</code>
/// <para>Outputs the state as text, and lists what of it is switched off.</para>
/// </example>
[Cmdlet(VerbsData.Export, "FanOutTarget", HelpUri = ProjectAddress.CmdletPages + "Export-FanOutTarget.md", SupportsShouldProcess = true)]
[OutputType(typeof(string))]
public sealed class ExportFanOutTargetCommand : ChainCommand
{
    private readonly ResolveSource _resolve = new();
    private readonly HashSet<(AwsSession Session, string Function, string? Table)> _written = [];

    /// <summary>The file to write. Without it the state is output as text. A file that is there is replaced, unless -NoClobber is given.</summary>
    [Parameter(Position = 0)]
    [Alias("FilePath", "OutFile")]
    public string? Path { get; set; }

    /// <summary>Writes the passwords of destinations too: keep the file where nobody else reads it.</summary>
    [Parameter]
    public SwitchParameter IncludeSecret { get; set; }

    /// <summary>Writes over a file that is read-only too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Does not replace a file that is there: that is an error.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <inheritdoc/>
    private protected override object? Subject => NullIfEmpty(FunctionName) ?? DefaultFunction;

    /// <inheritdoc/>
    private protected override void ProcessObject()
    {
        if (!_written.Add((FunctionSession, Function.Name, GivenTable)))
        {
            return;
        }

        if (NullIfEmpty(Path) is { } given && (ReadStateFile.IsDataFile(given) || _written.Count > 1))
        {
            throw FanOutError.InvalidParameter(nameof(Path), given, _written.Count > 1 ? "is one file, and these are several functions: write each by itself." : $"is '{given}': the state is written as JSON, not as a data file.");
        }

        string text = WriteState.Of(Read());
        if (NullIfEmpty(Path) is not { } path)
        {
            WriteObject(text);
            return;
        }

        string file = GetUnresolvedProviderPathFromPSPath(path);
        OutputFile.Check(file, NoClobber);
        if (ShouldProcess(file, $"Write the state of the function {Function.Name}"))
        {
            OutputFile.Write(file, text + "\n", Force);
        }
    }

    private ExportedState Read()
    {
        FunctionDestination function = Function with { Qualifier = null };
        DeployedFunction now = Await(DeployedFunction.ReadAsync(FunctionSession, function, StopToken));
        ReadSources? read = now.Configuration is { } configuration ? new ReadSources(FunctionSession, function, Time) { Configuration = configuration, Table = GivenTable } : null;
        string table = read?.TableName ?? Table;
        List<TargetRow> rows = [];
        foreach (TargetRow row in Each(MappingsIn(table).ReadAsync(null, StopToken)))
        {
            if (row.Problem is { } problem)
            {
                WriteWarning($"The target '{row.Id}' of {row.SourceArn} is not a valid mapping, so it is not in the state, and Sync-FanOutTarget -Prune would remove it: {FanOutError.Sentence(problem)}");
            }
            else
            {
                rows.Add(row);
            }
        }

        (string? alias, IReadOnlyList<FanOutSource> sources) = read is null ? (null, []) : ReadConnections(function, read, rows);
        return new ExportedState
        {
            Function = read is null ? null : new ExportedFunction(function.Name, table, read.Configuration)
            {
                Alias = alias,
                Role = Arn.TryParse(read.Configuration.Role, out Arn? role) ? PublishRole.NameOf(role.ToString()) : null,
                Tags = now.Tags.Where(static t => !t.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase) && !t.Key.StartsWith(DeploymentTags.Prefix, StringComparison.Ordinal)).ToDictionary(),
                LogRetentionDays = ReadRetention(function, read.Configuration),
                ReservedConcurrency = now.ReservedConcurrency,
            },
            Variables = read?.Variables ?? new Dictionary<string, string>(),
            Sources = sources,
            Targets = [.. rows.OrderBy(static r => r.SourceArn, StringComparer.Ordinal).ThenBy(static r => r.Id, StringComparer.Ordinal).Select(r => r.ToTarget(IncludeSecret))],
            Names = sources.Select(static s => s.SourceArn).Concat(rows.Select(static r => r.SourceArn)).Distinct().Select(static a => (Arn: a, Source: EventSource.Describe(a)))
                .Where(s => IsFoundByName(s.Arn, s.Source.Name, s.Source.Kind)).ToDictionary(static s => s.Arn, static s => (s.Source.Name, s.Source.Kind)),
        };
    }

    private (string? Alias, IReadOnlyList<FanOutSource> Sources) ReadConnections(FunctionDestination function, ReadSources read, IReadOnlyList<TargetRow> rows)
    {
        EventSourceMappingConfiguration[] streams = [.. ReadEventSourceMappings(null).Where(static m => m.State != "Deleting")];
        string?[] qualifiers = [.. streams.Select(InvokedFunction.QualifierOf).Append(null).Distinct()];
        SuspendedSubscriptions suspended = SuspendedTopics;
        List<(string? Qualifier, FanOutSource Source)> all = [.. streams.Select(m => (InvokedFunction.QualifierOf(m), Describe(new SourceFacts { SourceArn = EventSource.Of(m), EventSourceMapping = m, Region = FunctionSession.Region, FunctionName = function.Name, TableName = read.TableName })))];
        foreach (string? qualifier in qualifiers)
        {
            var topics = new TopicConnections(FunctionSession, function with { Qualifier = qualifier }, read.Configuration, suspended);
            foreach (TopicConnection topic in Await(topics.ListAsync(rows.Select(static r => r.SourceArn), StopToken)).Where(static t => t.State != DescribeSource.NotConnected))
            {
                all.Add((qualifier, Describe(new SourceFacts { SourceArn = topic.TopicArn, Topic = topic, Region = FunctionSession.Region, FunctionName = function.Name, TableName = read.TableName })));
            }
        }

        // A state names one alias, through which all of its sources call the function.
        string? alias = all.Select(static s => s.Qualifier).FirstOrDefault(static q => q is not null);
        if (all.Where(s => s.Qualifier != alias).ToArray() is { Length: > 0 } others)
        {
            WriteWarning($"Some sources call {function.Name} through {alias}, others do not: {string.Join(", ", others.Select(static o => o.Source.SourceArn))} are not in the state, and Sync-FanOutTarget -Prune would disconnect them.");
        }

        return (alias, [.. all.Where(s => s.Qualifier == alias).Select(static s => s.Source).OrderBy(static s => s.SourceArn, StringComparer.Ordinal)]);
    }

    private static FanOutSource Describe(SourceFacts facts) => DescribeSource.Of(facts);

    // The stream of a table that was turned off and on again is not found by the table's name any more.
    private bool IsFoundByName(string sourceArn, string name, string kind)
    {
        try
        {
            return Enum.TryParse(kind, out SourceType type) && Await(_resolve.ArnAsync(FunctionSession, null, name, type, StopToken)) == sourceArn;
        }
        catch (Exception e) when (e is AmazonServiceException or FanOutException)
        {
            WriteVerbose($"{sourceArn} is written in full, because it is not found by its name: {Explain(e)}");
            return false;
        }
    }

    private int? ReadRetention(FunctionDestination function, FunctionConfiguration configuration)
    {
        string group = configuration.LoggingConfig?.LogGroup is { Length: > 0 } named ? named : PublishLogGroup.DefaultName(function.Name);
        try
        {
            return Await(PublishLogGroup.FindAsync(FunctionSession, group, StopToken))?.RetentionInDays;
        }
        catch (AmazonServiceException e) when (e.StatusCode == System.Net.HttpStatusCode.Forbidden)
        {
            WriteWarning($"How long the logs of {group} are kept is not in the state: {FanOutError.Sentence(e.Message)}");
            return null;
        }
    }
}
