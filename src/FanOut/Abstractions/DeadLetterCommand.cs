using System.ComponentModel;
using System.Management.Automation;
using FanOut.Completion;
using FanOut.DeadLetters;
using FanOut.Engine.Filtering;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Parameters;

namespace FanOut.Abstractions;

/// <summary>Base of the cmdlets that read dead letters: where they lie, and which are meant.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class DeadLetterCommand : FunctionCommand
{
    // Names under which objects say where their letters lie: those of targets, and of sources.
    private static readonly string[] Places = [nameof(FanOutTarget.DeadLetter), nameof(FanOutSource.OnFailureDestination)];

    private const int MostNamed = 5;

    // What was piped without such a place.
    private readonly List<string> _targets = [], _sources = [];

    /// <summary>Where the letters lie: a queue by its name, URL or ARN, or a prefix of a bucket (s3://bucket/prefix, or arn:aws:s3:::bucket as -OnFailureDestination has it), or a file of this computer with one letter a line, such as ./letters.ndjson. Of a topic: the queue that is subscribed to it.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("OnFailureDestination", "QueueUrl")]
    [ArgumentCompleter(typeof(FailedRecordsCompleter))]
    [NotAFile]
    public string? DeadLetter { get; set; }

    /// <summary>Only letters of targets with this id, or a pattern with * and ?. Without it: all, also those of Lambda, which name no target.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TargetIdCompleter))]
    public string[]? Id { get; set; }

    /// <summary>Only letters of this source: the ARN of a Kinesis stream, a DynamoDB stream or an SNS topic.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StreamARN", "LatestStreamArn", "EventSourceArn")]
    [ArgumentCompleter(typeof(SourceArnCompleter))]
    public string? SourceArn { get; set; }

    /// <summary>Only letters of this class, or a pattern with * and ?: Oversize, Undecodable, PermanentItem, PermanentTarget, Refused …; of Lambda's RetryAttemptsExhausted …; Unreadable: those that are no letters.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FailureClassCompleter))]
    [NotAFile]
    public string[]? Class { get; set; }

    /// <summary>Only letters from this time on: when they were tried last, or given up. A time without a zone is local.</summary>
    [Parameter]
    [NotAFile]
    public DateTime? StartTime { get; set; }

    /// <summary>Only letters before this time.</summary>
    [Parameter]
    [NotAFile]
    public DateTime? EndTime { get; set; }

    /// <summary>Only letters whose record matches this event pattern, in the language of a target's filter, as JSON or as a hashtable: '{"data":{"total":[{"numeric":[">",1000]}]}}'. A letter without the data matches none.</summary>
    [Parameter]
    [JsonText]
    [NotAFile]
    public string? Pattern { get; set; }

    /// <inheritdoc/>
    private protected override object? Subject => Place ?? (Id is [var only] ? only : null);

    /// <inheritdoc/>
    private protected override string? NamedRegion => RegionOfPlace ?? base.NamedRegion
        ?? (Arn.TryParse(NullIfEmpty(SourceArn), out Arn? source) ? NullIfEmpty(source.Region) : null);

    /// <summary>Which letters are meant.</summary>
    /// <exception cref="FanOutException">InvalidParameter: the pattern is none, or the times contradict each other.</exception>
    private protected SelectLetters Selection
    {
        get
        {
            if (EndTime is { } end && end <= StartTime)
            {
                throw FanOutError.InvalidParameter(nameof(EndTime), end, "lies before -StartTime.");
            }

            RecordFilter? filter = null;
            if (NullIfEmpty(Pattern) is { } pattern && !RecordFilter.TryParse(pattern, null, out filter, out string? problem))
            {
                throw FanOutError.InvalidParameter(nameof(Pattern), pattern, $"{problem}. It is an event pattern, as targets have it for a filter: docs/filtering.md.");
            }

            return new SelectLetters
            {
                Ids = Patterns(Id, WildcardOptions.None),
                SourceArn = NullIfEmpty(SourceArn) is { } source ? Engine.Events.SourceArn.WithoutConsumer(source) : null,
                Classes = Patterns(Class, WildcardOptions.IgnoreCase),
                From = StartTime?.ToLocalTime(),
                Until = EndTime?.ToLocalTime(),
                Filter = filter,
            };
        }
    }

    /// <summary>Where the letters lie; null: a piped target or source says that it has no such place.</summary>
    /// <param name="visibility">How long letters of a queue are hidden by reading.</param>
    /// <param name="removes">Whether letters may be removed.</param>
    /// <exception cref="FanOutException">InvalidParameter: it is not given; InvalidDestination, DestinationNotFound.</exception>
    private protected ILetterBox? FindBox(TimeSpan visibility, bool removes)
    {
        if (Place is { } place)
        {
            if (FileLetters.Looks(place))
            {
                return new FileLetters(GetUnresolvedProviderPathFromPSPath(place), removes);
            }

            return Await(FindLetterBox.OfAsync(Session, place, visibility, StartTime?.ToUniversalTime(), StopToken));
        }

        if (InputObject is { } input && Places.Any(p => input.Properties[p] is not null))
        {
            bool isTarget = input.Properties[nameof(FanOutTarget.DeadLetter)] is not null;
            (isTarget ? _targets : _sources).Add($"{input.Properties[isTarget ? nameof(FanOutTarget.Id) : nameof(FanOutSource.SourceArn)]?.Value ?? input}");
            return null;
        }

        throw FanOutError.InvalidParameter(nameof(DeadLetter), null, "is missing: which queue, bucket or file has the letters? Get-FanOutTarget shows where those of a target go, in DeadLetter.");
    }

    /// <summary>Where the letters lie, as the user has named it; null: nobody has.</summary>
    private protected virtual string? Place => NullIfEmpty(DeadLetter);

    /// <inheritdoc/>
    private protected override void Finish()
    {
        Warn([
            _targets.Count == 0 ? null : $"Without a dead letter: {Some(_targets)}. What such a target does not take comes again from its source.",
            _sources.Count == 0 ? null : $"Without an on-failure destination: {Some(_sources)}. What Lambda gives up of such a source is reported nowhere.",
        ]);
        base.Finish();
    }

    private static string Some(List<string> names) => string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "");

    private string? RegionOfPlace => NullIfEmpty(DeadLetter) is { } place && Arn.Looks(place) && Arn.TryParse(place, out Arn? arn) ? NullIfEmpty(arn.Region) : null;

    private static WildcardPattern[] Patterns(string[]? given, WildcardOptions options) =>
        [.. (given ?? []).Where(static g => g is { Length: > 0 }).Select(g => new WildcardPattern(g, options))];
}
