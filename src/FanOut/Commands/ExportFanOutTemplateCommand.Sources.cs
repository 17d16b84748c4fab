using System.Management.Automation;
using FanOut.Completion;
using FanOut.Deployment.Templates;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Parameters;
using FanOut.Registry;
using FanOut.Sources;
using FanOut.Sources.Topics;

namespace FanOut.Commands;

/// <content>The sources that the template connects, and the targets for which its policy is: named, or piped.</content>
public sealed partial class ExportFanOutTemplateCommand : IConnectionParameters
{
    /// <summary>The ARNs of sources that the template connects: Kinesis streams, DynamoDB streams or SNS topics. Without them and -Source: those that are connected. Of a piped target, its source.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StreamARN", "LatestStreamArn", "EventSourceArn")]
    [ArgumentCompleter(typeof(SourceArnCompleter))]
    public string[]? SourceArn { get; set; }

    /// <summary>The names of such sources, which are looked up: those of Kinesis streams, of the tables whose DynamoDB streams they are, or of SNS topics.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SourceCompleter))]
    public string[]? Source { get; set; }

    /// <summary>What -Source names: Kinesis, DynamoDB or SNS. Without it, a name is looked for among all three; needed only where several have it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NullWhenEmpty(typeof(SourceType))]
    public SourceType? SourceType { get; set; }

    /// <summary>Where reading begins: Latest (with the records from when the stack is made), TrimHorizon (with the oldest record there is) or AtTimestamp (Kinesis). Default: Latest.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NullWhenEmpty(typeof(StreamPosition))]
    public StreamPosition? StartingPosition { get; set; }

    /// <summary>The time where reading begins; it implies -StartingPosition AtTimestamp. Only for Kinesis. A time without a zone is local.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NullWhenEmpty(typeof(DateTime))]
    [NotAFile]
    public DateTime? StartingPositionTimestamp { get; set; }

    /// <summary>Records that the function gets at a time at most, 1 to 10,000. Default: 500.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NullWhenEmpty(typeof(int))]
    [NotAFile]
    public int? BatchSize { get; set; }

    /// <summary>How long to wait for a full batch: a duration or seconds, 0 to 300. Default: 1 second.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("MaximumBatchingWindowInSeconds")]
    [Duration]
    [NotAFile]
    public TimeSpan? BatchingWindow { get; set; }

    /// <summary>Batches of a shard that are processed at the same time, 1 to 10; records of one key stay in order. Default: 1.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NullWhenEmpty(typeof(int))]
    [NotAFile]
    public int? ParallelizationFactor { get; set; }

    /// <summary>A queue, by its name or ARN, or the ARN of a topic or a bucket (arn:aws:s3:::bucket), that is told of the records that Lambda drops; of topics, of the messages.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(FailedRecordsCompleter))]
    public string? OnFailureDestination { get; set; }

    /// <summary>How often a batch is sent again before Lambda drops it, 0 to 10,000; -1 for ever. Default: 10. Of a topic 0 to 2; default: 2, or what is set already.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NullWhenEmpty(typeof(int))]
    [NotAFile]
    public int? MaximumRetryAttempts { get; set; }

    /// <summary>The age at which Lambda drops records: a duration ('06:00:00') or seconds, one minute to seven days; -1 never. Default: 6 hours. Of a topic up to 6 hours; default: 6 hours, or what is set already.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("MaximumRecordAgeInSeconds")]
    [Duration]
    [NotAFile]
    public TimeSpan? MaximumRecordAge { get; set; }

    /// <summary>Connects the named sources without reading them until Resume-FanOutSource. Piped sources that are suspended stay so.</summary>
    [Parameter]
    public SwitchParameter Suspended { get; set; }

    /// <summary>The id of a piped target.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TargetIdCompleter))]
    public string? Id { get; set; }

    /// <summary>The kind of a piped target: sns, sqs, es, kinesis, firehose, iot, lambda, events, states, memcached or redis.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TypeCompleter))]
    public string? Type { get; set; }

    /// <summary>The destination of a piped target: in full, or by its name, which is looked up.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DestinationCompleter))]
    public string? Destination { get; set; }

    /// <summary>The region of a piped target's destination, where it is another than the function's and the destination does not name it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? DestinationRegion { get; set; }

    /// <summary>The role that is assumed for sending to a piped target.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TargetRoleCompleter))]
    public string? DestinationRoleArn { get; set; }

    /// <summary>The external id that is handed over when that role is assumed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NotAFile]
    public string? ExternalId { get; set; }

    /// <summary>The dead letter of a piped target: where records go that it does not take.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(FailedRecordsCompleter))]
    public string? DeadLetter { get; set; }

    /// <summary>What happens to records that a piped target does not take: block or deadLetter.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OneOf("block", "deadLetter", "")]
    [ArgumentCompleter(typeof(OnFailureCompleter))]
    public string? OnFailure { get; set; }

    /// <inheritdoc/>
    SwitchParameter IConnectionParameters.Suspended => Suspended || PipedState is "Disabled" or "Disabling" or "Suspended";

    private static readonly string[] OfConnections =
    [
        nameof(StartingPosition), nameof(StartingPositionTimestamp), nameof(BatchSize), nameof(BatchingWindow), nameof(ParallelizationFactor), nameof(OnFailureDestination),
        nameof(MaximumRetryAttempts), nameof(MaximumRecordAge), nameof(Suspended),
    ];

    private bool IsTarget => NullIfEmpty(Id) is not null || NullIfEmpty(Destination) is not null;

    private string? PipedState => Piped("State");

    private string? Piped(string property) => InputObject?.Properties[property]?.Value?.ToString();

    // Only what permissions depend on: another property of a piped object, such as a filter, may be what it likes.
    private Mapping? Target() => NeedOf(
        new GivenTarget(property => property == "Index" ? Piped(property) : property == nameof(SourceArn) ? null : ValueOf(property)),
        SourceArn is [{ Length: > 0 } arn, ..] ? arn : NullIfEmpty(Source?.FirstOrDefault()) is { } name ? Await(_resolve.ArnAsync(FunctionSession, null, name, SourceType, StopToken)) : null);

    // What is not connected is no source of the function: null, so that no other sources are taken instead.
    private IEnumerable<WantedSource?> Sources()
    {
        if (PipedState == DescribeSource.NotConnected)
        {
            WriteVerbose($"The source {SourceArn?.FirstOrDefault()} is not connected, so it is not in the template.");
            yield return null;
            yield break;
        }

        foreach (WantedSource source in NamedArns(SourceArn).Concat(NamedSources(Source)))
        {
            yield return source;
        }
    }

    // Targets alone say what the function's role needs. What is typed about sources is meant for the template all the same: those that are named, or else the targets' own.
    private IEnumerable<WantedSource> SourcesOfTarget() =>
        IsExplicit(nameof(SourceArn)) || IsExplicit(nameof(Source)) ? NamedArns(IsExplicit(nameof(SourceArn)) ? SourceArn : null).Concat(NamedSources(IsExplicit(nameof(Source)) ? Source : null))
        : OfConnections.Any(IsExplicit) ? (SourceArn is [{ Length: > 0 }, ..] ? NamedArns(SourceArn) : NamedSources(Source))
        : [];

    private IEnumerable<WantedSource> NamedArns(string[]? arns) => from given in arns ?? []
        select Wanted(Await(_resolve.ArnAsync(FunctionSession, given, null, null, StopToken)), NullIfEmpty(Piped("ConsumerArn")) ?? given);

    private IEnumerable<WantedSource> NamedSources(string[]? names)
    {
        foreach (string name in NullIfEmpty(names?.FirstOrDefault()) is null ? [] : names!)
        {
            string arn = Await(_resolve.ArnAsync(FunctionSession, null, name, SourceType, StopToken));
            yield return Wanted(arn, Arn.Looks(name) ? name : arn);
        }
    }

    private WantedSource Wanted(string sourceArn, string eventSourceArn)
    {
        if (Engine.Events.SourceArn.IsOf(SourceKind.Sns, sourceArn))
        {
            TopicRegion.Check(sourceArn, Function.Text, FunctionSession.Region);
            TopicSettings topic = TopicSettings.Of(this);
            return new WantedSource(sourceArn, null, (topic with { OnFailureDestination = FindFailureDestination(topic.OnFailureDestination) }).Checked());
        }

        EventSource.CheckRegion(sourceArn, Function, FunctionSession.Region);
        ConnectionSettings stream = ConnectionSettings.Of(this);
        return new WantedSource(eventSourceArn, (stream with { OnFailureDestination = FindFailureDestination(stream.OnFailureDestination) }).Checked(sourceArn), null);
    }
}
