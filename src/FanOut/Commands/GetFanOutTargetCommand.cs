using System.Management.Automation;
using FanOut.Abstractions;
using FanOut.Annotations;
using FanOut.Completion;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Parameters;
using FanOut.Registry;
using FanOut.Sources;

namespace FanOut.Commands;

/// <summary>Gets the targets of a fan-out function: those of a source, those whose id matches, or all.</summary>
/// <remarks>
/// <para>Each target is one row of the function's table of mappings. The table is read through all its pages, and rows are output as they are read.</para>
/// <para>A row that is not a valid mapping is output with the state Invalid and the reason in its property Problem: as long as such a row is enabled, the function fails the records of its source.</para>
/// </remarks>
/// <example>
/// <code>Get-FanOutTarget</code>
/// <para>All targets of the function fanout.</para>
/// </example>
/// <example>
/// <code>Get-FanOutTarget -Source orders -SourceType Kinesis | Where-Object Type -eq sqs | Disable-FanOutTarget</code>
/// <para>Switches off all queues that the stream orders is copied to.</para>
/// </example>
/// <example>
/// <code>Get-FanOutTarget -Id backup-* -FunctionName fanout -Region us-east-1 | Format-List</code>
/// <para>All there is to know of the targets whose id starts with backup-.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "FanOutTarget", HelpUri = ProjectAddress.CmdletPages + "Get-FanOutTarget.md")]
[OutputType(typeof(FanOutTarget))]
public sealed class GetFanOutTargetCommand : FunctionCommand
{
    private readonly ResolveSource _resolve = new();

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

    /// <summary>Only the targets of these types.</summary>
    [Parameter]
    [OneOf(MappingText.AllTypes)]
    [ArgumentCompleter(typeof(TypeCompleter))]
    public string[]? Type { get; set; }

    /// <summary>Shows the passwords in destinations of Redis, which are stars otherwise; for copying targets to another function.</summary>
    [Parameter]
    public SwitchParameter IncludeSecret { get; set; }

    /// <inheritdoc/>
    private protected override object? Subject => Id is [var only] ? only : NullIfEmpty(SourceArn) ?? NullIfEmpty(Source);

    /// <inheritdoc/>
    private protected override string? NamedRegion => base.NamedRegion
        ?? (Arn.TryParse(NullIfEmpty(SourceArn) ?? Source, out Arn? source) ? NullIfEmpty(source.Region) : null);

    /// <inheritdoc/>
    private protected override void ProcessObject()
    {
        string? source = NullIfEmpty(SourceArn) is null && NullIfEmpty(Source) is null
            ? null
            : Await(_resolve.ArnAsync(Session, NullIfEmpty(SourceArn), NullIfEmpty(Source), SourceType, StopToken));
        string[] patterns = Id?.Where(static i => i.Length > 0).ToArray() ?? [];
        HashSet<string> missing = [.. patterns.Where(static i => !WildcardPattern.ContainsWildcardCharacters(i)).Select(WildcardPattern.Unescape)];
        HashSet<string> known = [];
        WildcardPattern[] wanted = [.. patterns.Select(static i => new WildcardPattern(i, WildcardOptions.None))];
        MappingTable table = Mappings;
        string? kind = source is null ? SourceType?.ToString() : null;
        foreach (TargetRow row in Each(table.ReadAsync(source, StopToken)).Where(r => kind is null || EventSource.Describe(r.SourceArn).Kind == kind))
        {
            FanOutTarget target = row.ToTarget(IncludeSecret);
            missing.Remove(target.Id);
            known.Add(target.Id);
            if ((wanted.Length == 0 || wanted.Any(w => w.IsMatch(target.Id))) && IsWanted(target.Type))
            {
                Mask(IncludeSecret ? MaskedSecrets.In(row.Mapping?.Destination) : []);
                WriteObject(target);
            }
        }

        foreach (string id in missing)
        {
            Fail(FanOutError.TargetNotFound(id, source ?? "any source", Table, Session.Region, Session.Identity, known));
        }
    }

    private bool IsWanted(string? type) => Type is null || Type.Contains(type, StringComparer.OrdinalIgnoreCase);
}
