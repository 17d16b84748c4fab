using System.ComponentModel;
using System.Management.Automation;
using FanOut.Completion;
using FanOut.Engine.Mappings;
using FanOut.Parameters;
using FanOut.Sources;

namespace FanOut.Abstractions;

/// <summary>Base of the cmdlets that work on sources as such, given by names or by ARNs; each source is worked on by itself.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class SourcesCommand : FunctionCommand
{
    private readonly ResolveSource _resolve = new();
    private string? _current;
    private bool _areNames;

    /// <summary>The ARNs of the sources: Kinesis streams, DynamoDB streams or SNS topics. They are taken as they are, without any look-up. In patterns * and ? stand for any characters: then connected sources are meant. These or -Source must be given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StreamARN", "LatestStreamArn", "EventSourceArn")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SourceArnCompleter))]
    public string[] SourceArn { get; set; } = [];

    /// <summary>The names of the sources, which are looked up: those of Kinesis streams, of the tables whose DynamoDB streams they are, or of SNS topics. In patterns * and ? stand for any characters: then connected sources are meant. These or -SourceArn must be given.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SourceCompleter))]
    public string[] Source { get; set; } = [];

    /// <summary>What -Source names: Kinesis, DynamoDB or SNS. Without it, a name is looked for among all three; needed only where several have it.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [NullWhenEmpty(typeof(SourceType))]
    public SourceType? SourceType { get; set; }

    /// <inheritdoc/>
    private protected override object? Subject => _current;

    /// <inheritdoc/>
    private protected override string? NamedRegion => base.NamedRegion ?? (Arn.TryParse(_current, out Arn? source) && !IsPattern(_current!) ? NullIfEmpty(source.Region) : null);

    /// <inheritdoc/>
    /// <remarks>A source that is piped in tells in its FunctionArn by which alias it is read, and in its FunctionName the function alone.</remarks>
    private protected sealed override FunctionDestination Function
    {
        get
        {
            FunctionDestination function = base.Function;
            return function.Qualifier is null && !IsExplicit(nameof(FunctionName))
                && FunctionDestination.TryParse($"{InputObject?.Properties[nameof(FanOutSource.FunctionArn)]?.Value}", out FunctionDestination? piped, out _)
                && piped is { Qualifier: not null } && piped.Name == function.Name
                ? piped
                : function;
        }
    }

    /// <summary>Does the work for one source.</summary>
    /// <param name="sourceArn">The source, without a consumer.</param>
    /// <param name="given">What was given for it: a name, or an ARN, which may be that of a consumer.</param>
    private protected abstract void ProcessSource(string sourceArn, string given);

    /// <summary>The connected sources that a pattern means.</summary>
    private protected abstract IEnumerable<string> FindLike(string pattern);

    /// <inheritdoc/>
    private protected sealed override void ProcessObject()
    {
        string[] arns = NotEmpty(SourceArn), names = NotEmpty(Source);
        _areNames = arns.Length == 0 || IsNameMeant(hasArn: true, names.Length > 0);
        string[] all = !_areNames ? arns : names.Length > 0 ? names : [AskForSource()];
        foreach (string given in all)
        {
            _current = given;
            Renew();
            Guard(() =>
            {
                string[] found = IsPattern(given) ? [.. FindLike(given)] : [ResolveOne(given)];
                if (found.Length == 0)
                {
                    WriteVerbose($"No source of {Function.Text} is like '{given}'.");
                }

                foreach (string sourceArn in found)
                {
                    _current = IsPattern(given) ? sourceArn : given;
                    Guard(() => ProcessSource(sourceArn, _current));
                }
            });
        }
    }

    /// <summary>Whether a source's name or ARN, and its kind, are what a pattern means.</summary>
    private protected bool IsLike(string sourceArn, string pattern)
    {
        (string kind, string name) = EventSource.Describe(sourceArn);
        var wildcard = new WildcardPattern(pattern, WildcardOptions.None);
        return (SourceType is null || kind == SourceType.ToString()) && (wildcard.IsMatch(name) || wildcard.IsMatch(sourceArn));
    }

    private static bool IsPattern(string text) => WildcardPattern.ContainsWildcardCharacters(text);

    private string ResolveOne(string given)
    {
        return Await(_resolve.ArnAsync(Session, _areNames ? null : given, _areNames ? given : null, SourceType, StopToken));
    }

    private static string[] NotEmpty(string[]? given) => [.. (given ?? []).Where(static s => s.Length > 0)];
}
