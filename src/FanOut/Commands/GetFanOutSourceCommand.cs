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
/// <para>Costs a handful of calls, however many sources there are: the function's settings, the event source mappings of the region, the table of targets, the iterator age from CloudWatch and, for each table whose stream has active targets, which images the stream carries. The last two are left out if they cannot be read.</para>
/// </remarks>
/// <example>
/// <code>Get-FanOutSource</code>
/// <para>All sources of the function fanout.</para>
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

    /// <summary>The ARN of the source: a Kinesis stream, a DynamoDB stream or an SNS topic. Without it and -Source: all sources.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StreamARN", "LatestStreamArn", "EventSourceArn")]
    [ArgumentCompleter(typeof(SourceArnCompleter))]
    public string? SourceArn { get; set; }

    /// <summary>The name of the source, which is looked up: that of a Kinesis stream, of the table whose DynamoDB stream it is, or of an SNS topic.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SourceCompleter))]
    public string? Source { get; set; }

    /// <summary>What -Source names: Kinesis, DynamoDB or SNS. Without it, the name is looked for among all three; needed only where several have it.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [NullWhenEmpty(typeof(SourceType))]
    public SourceType? SourceType { get; set; }

    /// <inheritdoc/>
    private protected override object? Subject => NullIfEmpty(SourceArn) ?? NullIfEmpty(Source) ?? NullIfEmpty(FunctionName) ?? DefaultFunction;

    /// <inheritdoc/>
    private protected override string? NamedRegion => base.NamedRegion
        ?? (Arn.TryParse(NullIfEmpty(SourceArn) ?? Source, out Arn? source) ? NullIfEmpty(source.Region) : null);

    /// <inheritdoc/>
    private protected override void ProcessObject()
    {
        string? source = NullIfEmpty(SourceArn) is null && NullIfEmpty(Source) is null
            ? null
            : Await(_resolve.ArnAsync(FunctionSession, NullIfEmpty(SourceArn), NullIfEmpty(Source), SourceType, StopToken));
        ReadSources read = ReadFunction();
        List<EventSourceMappingConfiguration> eventSourceMappings = ReadEventSourceMappings(source);
        IReadOnlyList<TargetRow>? rows = ReadRows(read.TableName, source);
        IReadOnlyList<TopicConnection>? topics =
            source is null || Engine.Events.SourceArn.IsOf(SourceKind.Sns, source) ? ReadTopics(read, [.. (rows ?? []).Select(static r => r.SourceArn), source ?? ""]) : [];
        foreach (FanOutSource found in Await(read.PutTogetherAsync(source, eventSourceMappings, topics, rows, StopToken)))
        {
            WriteObject(found);
        }
    }
}
