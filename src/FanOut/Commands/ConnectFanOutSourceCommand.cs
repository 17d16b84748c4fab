using System.Management.Automation;
using FanOut.Abstractions;
using FanOut.Aws.Lambda;
using FanOut.Completion;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Parameters;
using FanOut.Sources;

namespace FanOut.Commands;

/// <summary>Connects a source to the function: from then on the function reads its records and sends them to the source's enabled targets.</summary>
/// <remarks>
/// <para>Makes an event source mapping with safe settings: 500 records a batch, one second to fill it; the function reports which records of a batch failed (ReportBatchItemFailures), a failed batch is cut in two and tried up to 10 more times, and records older than 6 hours are dropped. With -OnFailureDestination Lambda reports dropped records to a queue, topic or bucket; without it nothing does, and a warning says so.</para>
/// <para>The function may report single failed records only if every event source mapping that calls it asks for that. So the event source mappings of its other sources get ReportBatchItemFailures first, then FANOUT_BATCH_ITEM_FAILURES=true is added to the function's environment (other variables stay), and the new event source mapping is made last. If that is not possible, or if the function is not FanOut's (the original's Node.js), a warning says so: a failed record then fails its whole batch.</para>
/// <para>A source that is connected already with these settings comes out as it is, and nothing is changed, so a script may run twice; also if it is suspended. Other settings are an error that names them; -Force changes them, also the alias that reads the source (-FunctionName fanout:live): Lambda goes on where it is. Where reading began cannot be changed: -StartingPosition that differs is an error, and with -Force a warning.</para>
/// <para>A topic has no event source mapping: the function is subscribed to it, and its own policy gets a statement that allows this topic of this account to invoke it. Lambda tries a message that failed twice again and then tells -OnFailureDestination; these settings belong to the function, so all its topics share them. If the topic is of another account, the error says what that account has to do.</para>
/// <para>A warning names enabled targets whose view needs images that the table's stream does not carry: their records would fail.</para>
/// <para>The function's notes on what the targets of the source have of an earlier connection are deleted when it is connected anew: with -StartingPosition TrimHorizon all enabled targets get all records again.</para>
/// <para>If the role of the function has the policy of Publish-FanOutFunction, that policy is updated to what is needed now; -SkipPolicy leaves it alone.</para>
/// <para>Piped rows may have columns of your own; one whose name is nearly that of a parameter (BatchSze) is warned of.</para>
/// </remarks>
/// <example>
/// <code>Connect-FanOutSource -Source orders -SourceType Kinesis -OnFailureDestination arn:aws:sqs:us-east-1:123456789012:dropped</code>
/// <para>Connects the stream orders to the function fanout, from now on; the queue dropped is told of records that could not be delivered.</para>
/// </example>
/// <example>
/// <code>Connect-FanOutSource -Source customers -SourceType DynamoDB -StartingPosition TrimHorizon -MaximumRetryAttempts -1 -MaximumRecordAge -1 -Wait</code>
/// <para>Connects the stream of the table customers from its oldest record on, gives no record up, and returns when the event source mapping is enabled.</para>
/// </example>
/// <example>
/// <code>Import-Csv sources.csv | Connect-FanOutSource -FunctionName fanout -Suspended</code>
/// <para>Connects the sources of a list with the columns SourceArn, BatchSize, BatchingWindow …; they begin when Resume-FanOutSource says so.</para>
/// </example>
/// <example>
/// <code>Connect-FanOutSource -Source news -SourceType SNS -OnFailureDestination arn:aws:sqs:us-east-1:123456789012:dropped</code>
/// <para>Subscribes the function fanout to the topic news; the queue dropped gets the messages that could not be delivered in three attempts.</para>
/// </example>
[Cmdlet(VerbsCommunications.Connect, "FanOutSource", HelpUri = ProjectAddress.CmdletPages + "Connect-FanOutSource.md", SupportsShouldProcess = true)]
[OutputType(typeof(FanOutSource))]
public sealed partial class ConnectFanOutSourceCommand : WaitSourceCommand, IConnectionParameters
{
    /// <summary>Where reading begins: Latest (with the records from now on), TrimHorizon (with the oldest record there is) or AtTimestamp (Kinesis). Default: Latest.</summary>
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

    /// <summary>A queue by its name, which is looked up, or the ARN of a queue, a topic or a bucket (arn:aws:s3:::bucket), that is told of the records that Lambda drops; of topics, of the messages. The function's role needs the right to send there.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(FailedRecordsCompleter))]
    public string? OnFailureDestination { get; set; }

    /// <summary>How often a batch is sent again before Lambda drops it, 0 to 10,000; -1 for ever, which holds up the shard. Default: 10. Of a topic 0 to 2; default: 2, or what is set already.</summary>
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

    /// <summary>Connects the source suspended: it is not read until Resume-FanOutSource.</summary>
    [Parameter]
    [Alias("Disabled")]
    public SwitchParameter Suspended { get; set; }

    /// <summary>Changes a source that is connected already: it gets these settings, and the defaults for those that are not given. Where it reads, and its on-failure destination unless a new one is given, stay as they are.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Leaves the policy of the function's role alone; a warning says which statement is missing. Without it, the policy that Publish-FanOutFunction gave the role is updated.</summary>
    [Parameter]
    public SwitchParameter SkipPolicy { get; set; }

    /// <inheritdoc/>
    private protected override StrayProperties? Strays => RowProperties.OfSources;

    /// <inheritdoc/>
    private protected override bool SkipsPolicy => SkipPolicy;

    /// <inheritdoc/>
    private protected override IEnumerable<string> FindLike(string pattern) =>
        throw FanOutError.InvalidParameter(nameof(Source), pattern, $"is '{pattern}': which of all streams, tables and topics are to be connected must be said one by one.");

    /// <inheritdoc/>
    private protected override void ProcessSource(string sourceArn, string given)
    {
        // With enhanced fan-out the event source mapping has the consumer's ARN; the table of mappings has the stream's.
        string eventSourceArn = Arn.Looks(given) ? given : sourceArn;
        if (Engine.Events.SourceArn.IsOf(SourceKind.Sns, sourceArn))
        {
            ConnectTopic(sourceArn);
            return;
        }

        EventSource.CheckRegion(sourceArn, Function, FunctionSession.Region);
        ConnectionSettings settings = ConnectionSettings.Of(this).Checked(sourceArn);
        settings = settings with { OnFailureDestination = FindFailureDestination(settings.OnFailureDestination) };
        PlannedStream planned = PlanStream(Function, eventSourceArn, settings, Force, WaitTimeout);
        Connection connection = planned.Connection;
        if (connection.LastingDifferences.Count > 0)
        {
            WriteWarning($"{sourceArn} is connected already, and cannot be changed in this: {string.Join("; ", connection.LastingDifferences)}. Disconnect-FanOutSource, then connect it anew.");
        }

        if (connection.IsUnchanged)
        {
            foreach (EventSourceMappingConfiguration there in connection.Existing)
            {
                WriteVerbose($"The source {sourceArn} of {there.FunctionArn} is connected already, and {there.State}: nothing is changed."
                    + (there.State is "Disabled" && !Suspended ? " Resume-FanOutSource lets the function read it again." : ""));
                Output(there);
            }

            return;
        }

        Announce(planned);
        WarnOfMissingImages(sourceArn);
        if (!ShouldProcess($"source {sourceArn} and function {Function.Text}", connection.Action))
        {
            return;
        }

        foreach (EventSourceMappingConfiguration made in Run(planned))
        {
            Output(made);
        }
    }

    private void Output(EventSourceMappingConfiguration made) =>
        WriteObject(Describe(Wait ? WaitFor(made, Suspended || made.State == "Disabled" ? "Disabled" : "Enabled") : made));
}
