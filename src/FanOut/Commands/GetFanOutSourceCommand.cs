using System.Management.Automation;
using FanOut.Abstractions;
using FanOut.Aws.Lambda;
using FanOut.Completion;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Parameters;
using FanOut.Registry;
using FanOut.Sources;
using FanOut.Sources.Topics;

namespace FanOut.Commands;

/// <summary>Gets the sources of a fan-out function with the state of the whole chain: source, event source mapping, function, targets.</summary>
/// <remarks>
/// <para>The property Problems says what is missing or wrong, the worst first, each with the command that repairs it. Sources that have targets but are not connected are output too, with the state NotConnected.</para>
/// <para>Costs a handful of calls, however many sources there are: the function's settings, the event source mappings of the region, the table of mappings, the iterator age from CloudWatch and, for each table whose stream has enabled targets, which images the stream carries; and where the last batch of a source failed, the last lines of the function's log that name the source, so that Problems says which target did not take its records, and why. The last three are left out if they cannot be read; then Problems has the Get-FanOutLog command that tells the target.</para>
/// </remarks>
/// <example>
/// <code>Get-FanOutSource</code>
/// <para>All sources of the function fanout.</para>
/// </example>
/// <example>
/// <code>Get-FanOutSource or*, news</code>
/// <para>The sources whose names begin with or, and the topic news.</para>
/// </example>
/// <example>
/// <code>Get-FanOutSource -Source orders -SourceType Kinesis | Format-List</code>
/// <para>All there is to know of the stream orders.</para>
/// </example>
/// <example>
/// <code>Get-FanOutSource | Where-Object Problems | Select-Object Name -ExpandProperty Problems</code>
/// <para>Everything that is wrong, with the commands that repair it.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "FanOutSource", HelpUri = ProjectAddress.CmdletPages + "Get-FanOutSource.md")]
[OutputType(typeof(FanOutSource))]
public sealed class GetFanOutSourceCommand : ChainCommand
{
    private readonly ResolveSource _resolve = new();
    private string? _current;

    /// <summary>The ARNs of the sources: Kinesis streams, DynamoDB streams or SNS topics; in patterns * and ? stand for any characters. Without them and -Source: all sources.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StreamARN", "LatestStreamArn", "EventSourceArn")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SourceArnCompleter))]
    public string[] SourceArn { get; set; } = [];

    /// <summary>The names of the sources, which are looked up: those of Kinesis streams, of the tables whose DynamoDB streams they are, or of SNS topics. Patterns with * and ? are compared with the sources that are there.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SourceCompleter))]
    public string[] Source { get; set; } = [];

    /// <summary>What -Source names: Kinesis, DynamoDB or SNS. Without it, a name is looked for among all three; needed only where several have it.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [NullWhenEmpty(typeof(SourceType))]
    public SourceType? SourceType { get; set; }

    /// <inheritdoc/>
    private protected override object? Subject => _current ?? NullIfEmpty(FunctionName) ?? DefaultFunction;

    /// <inheritdoc/>
    private protected override string? NamedRegion => base.NamedRegion
        ?? (Arn.TryParse(_current, out Arn? source) && !WildcardPattern.ContainsWildcardCharacters(_current) ? NullIfEmpty(source.Region) : null);

    /// <inheritdoc/>
    private protected override void ProcessObject()
    {
        string[] wanted = [.. (SourceArn ?? []).Concat(Source ?? []).Where(static s => s.Length > 0)];
        HashSet<(string, string?)> seen = [];
        foreach (string? given in wanted.Length == 0 ? (string?[])[null] : wanted)
        {
            _current = given;
            Renew();
            Guard(() =>
            {
                foreach (FanOutSource found in Find(given).Where(f => seen.Add((f.SourceArn, f.Uuid))))
                {
                    WriteObject(found);
                }
            });
        }
    }

    private IEnumerable<FanOutSource> Find(string? given)
    {
        if (given is not null && !WildcardPattern.ContainsWildcardCharacters(given))
        {
            bool isArn = SourceArn?.Contains(given) == true;
            return Read(Await(_resolve.ArnAsync(FunctionSession, isArn ? given : null, isArn ? null : given, SourceType, StopToken)));
        }

        WildcardPattern? pattern = given is null ? null : new WildcardPattern(given, WildcardOptions.None);
        return Read(null).Where(f => (SourceType is null || f.SourceType == SourceType.ToString()) && (pattern is null || pattern.IsMatch(f.Name) || pattern.IsMatch(f.SourceArn)));
    }

    private IReadOnlyList<FanOutSource> Read(string? source)
    {
        ReadSources read = ReadFunction();
        List<EventSourceMappingConfiguration> eventSourceMappings = ReadEventSourceMappings(source, ofAllAliases: true);
        IReadOnlyList<TargetRow>? rows = ReadRows(read.TableName, source);
        IReadOnlyList<TopicConnection>? topics =
            source is null || Engine.Events.SourceArn.IsOf(SourceKind.Sns, source) ? ReadTopics(read, [.. (rows ?? []).Select(static r => r.SourceArn), source ?? ""]) : [];
        return Await(read.PutTogetherAsync(source, eventSourceMappings, topics, rows, StopToken));
    }
}
