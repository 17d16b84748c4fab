using System.ComponentModel;
using System.Management.Automation;
using FanOut.Completion;
using FanOut.Engine.Mappings;
using FanOut.Parameters;
using FanOut.Sources;

namespace FanOut.Abstractions;

/// <summary>Base of the cmdlets that work on one source, given by name or by ARN.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class SourceCommand : FunctionCommand
{
    private readonly ResolveSource _resolve = new();

    /// <summary>The ARN of the source: a Kinesis stream, a DynamoDB stream or an SNS topic. It is taken as it is, without any look-up. This or -Source must be given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StreamARN", "LatestStreamArn", "EventSourceArn")]
    [ArgumentCompleter(typeof(SourceArnCompleter))]
    public string? SourceArn { get; set; }

    /// <summary>The name of the source, which is looked up: that of a Kinesis stream, of the table whose DynamoDB stream it is, or of an SNS topic. This or -SourceArn must be given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SourceCompleter))]
    public string? Source { get; set; }

    /// <summary>What -Source names: Kinesis, DynamoDB or SNS. Without it, the name is looked for among all three; needed only where several have it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NullWhenEmpty(typeof(SourceType))]
    public SourceType? SourceType { get; set; }

    /// <inheritdoc/>
    private protected override object? Subject => GivenArn ?? NullIfEmpty(Source);

    private string? GivenArn => IsNameMeant(NullIfEmpty(SourceArn) is not null, NullIfEmpty(Source) is not null) ? null : NullIfEmpty(SourceArn);

    /// <summary>The source's ARN, without a consumer; looked up where a name was given, once per name.</summary>
    private protected string ResolveSourceArn() => ResolveSource(ofChanges: false).Arn;

    /// <summary>The source, found in the same way; of a table, if changes are wanted, the Kinesis stream that carries them.</summary>
    private protected FoundSource ResolveSource(bool ofChanges)
    {
        if (GivenArn is null && NullIfEmpty(Source) is null)
        {
            Source = AskForSource();
        }

        return Await(_resolve.FindAsync(Session, GivenArn, NullIfEmpty(Source), SourceType, ofChanges, StopToken));
    }

    /// <inheritdoc/>
    private protected override string? NamedRegion => base.NamedRegion
        ?? (Arn.TryParse(GivenArn ?? Source, out Arn? source) ? NullIfEmpty(source.Region) : null);
}
