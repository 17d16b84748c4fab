using System.Management.Automation;
using Amazon.Runtime;
using FanOut.Abstractions;
using FanOut.Annotations;
using FanOut.Completion;
using FanOut.Destinations;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Parameters;
using FanOut.Registry;
using FanOut.Sources;

namespace FanOut.Commands;

/// <summary>Registers a target: the records of a source are to be copied to it.</summary>
/// <remarks>
/// <para>The destination is given by its name, which is looked up in the destination's region, or in full (ARN, URL, endpoint), which is taken as it is, without any look-up. A look-up also reads the resource's own size limit and keeps it with the target.</para>
/// <para>A new target is disabled unless -Enabled is given. If a target of that id is there with the same settings, it is output and nothing is written: a script can run twice. If its settings are others, that is an error that names them; -Force replaces it. Without -Enabled and -Enabled:$false a target that is there stays as it is, enabled or not. A destination that is the source itself, or the fan-out function, is refused.</para>
/// <para>The function keeps its mappings for a while (60 s unless FANOUT_REFRESH_SECONDS says otherwise), so it may take that long until an enabled target gets its first records.</para>
/// <para>If the source is the stream of a table, the table is looked up for the images that the stream carries and for its hash key, if the user may see them. A view that the stream never carries is an error, because the target's records would fail; unless the filter lets only records through that need no image.</para>
/// <para>Rows of a CSV file, of JSON or of [pscustomobject] may have columns of your own; they are passed over. One whose name is a slip of a parameter's is warned of, unless the row has that parameter too: a typing error (Transfrom), a shorter form (DedupId, DestinationRole), or what the table and AWS call it (Role, MessageGroupId). A plural of one word (Keys) and what is numbered (View2) are columns of your own, unless it is JSON where the parameter takes JSON (Filters). Objects with a type, such as those of AWS.Tools, may have any property.</para>
/// <para>A setting that has no effect on the target, because of its type or its source, is warned of.</para>
/// <para>If the role of the function has the policy of Publish-FanOutFunction, that policy is updated to what is needed now; -SkipPolicy leaves it alone. That, and whether the source is connected, is checked once at the end of the pipeline; a user who may not see the role or the connection can register all the same, and is warned: with the statements that the role must have. So is who registers a target of a function with a role of another's making that does not seem to allow it.</para>
/// </remarks>
/// <example>
/// <code>Register-FanOutTarget -Type sqs -Id archive -Source orders -SourceType Kinesis -Destination archive-queue -Enabled</code>
/// <para>Copies the records of the stream orders to the queue archive-queue, whose URL and size limit are looked up.</para>
/// </example>
/// <example>
/// <code>Register-FanOutTarget kinesis copy -SourceArn arn:aws:kinesis:us-east-1:123456789012:stream/orders -Destination arn:aws:kinesis:eu-west-1:210987654321:stream/copy -DestinationRoleArn arn:aws:iam::210987654321:role/writer -ExternalId ext-1</code>
/// <para>Registers a stream in another account and region, without any look-up. It is disabled until Enable-FanOutTarget.</para>
/// </example>
/// <example>
/// <code>Register-FanOutTarget sqs archive -Source orders -SourceType Kinesis -Destination archive-queue -DeadLetter s3://orders-undelivered -Enabled</code>
/// <para>Puts what the queue archive-queue does not take into the bucket orders-undelivered, in files of one JSON envelope per line.</para>
/// </example>
/// <example>
/// <code>Register-FanOutTarget sqs large -Source orders -SourceType Kinesis -Destination arn:aws:sqs:us-east-1:123456789012:large-orders -Filter @{ data = @{ total = @(@{ numeric = '&gt;', 1000 }); type = @('order') } } -Enabled</code>
/// <para>Sends the queue only records whose data is JSON with a total over 1000 and the type order.</para>
/// </example>
/// <example>
/// <code>Register-FanOutTarget sqs short -Source orders -SourceType Kinesis -Destination arn:aws:sqs:us-east-1:123456789012:short-orders -Transform @{ inputTemplate = '{"order": &lt;data.id&gt;, "at": &lt;fanout.approximateArrivalTime&gt;}' } -Enabled</code>
/// <para>Sends the queue a shape of its own: the order's id, and when it came.</para>
/// </example>
/// <example>
/// <code>Register-FanOutTarget sqs errors -SourceArn arn:aws:kinesis:us-east-1:123456789012:stream/logs -Destination arn:aws:sqs:us-east-1:123456789012:errors -Unpack cloudWatchLogs -Filter @{ data = @{ message = @(@{ wildcard = '*ERROR*' }) } } -Transform @{ inputTemplate = '&lt;data.logGroup&gt;: &lt;data.message&gt;' } -Collapse none -Enabled</code>
/// <para>The stream logs gets what CloudWatch Logs sends to subscriptions. The queue gets a message for each log event that has ERROR in it.</para>
/// </example>
/// <example>
/// <code>Register-FanOutTarget redis cache cache.example.com:6379 -Source customers -SourceType DynamoDB -RecordFormat dynamodb-changes -ConvertDDB -Enabled</code>
/// <para>Keeps a cache in step with a table whose changes a Kinesis stream carries: that stream is found by the table's name.</para>
/// </example>
/// <example>
/// <code>1..3 | ForEach-Object { [pscustomobject]@{ Id = "copy$_"; Destination = "arn:aws:sqs:us-east-1:123456789012:copy$_" } } | Register-FanOutTarget -Type sqs -SourceArn arn:aws:kinesis:us-east-1:123456789012:stream/orders</code>
/// <para>Registers three queues in one pipeline.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Register, "FanOutTarget", HelpUri = ProjectAddress.CmdletPages + "Register-FanOutTarget.md", SupportsShouldProcess = true)]
[OutputType(typeof(FanOutTarget))]
public sealed class RegisterFanOutTargetCommand : SourceCommand
{
    // Each failed attempt means that somebody else's change was made: there is no need to wait in between.
    private const int MostAttempts = 10;

    private readonly FindStreamedTable _tables = new();
    private readonly Dictionary<(string Function, string SourceArn), FindConnection> _registered = [];

    /// <summary>The type of target: sns, sqs, es (Elasticsearch and OpenSearch), kinesis, firehose, iot, lambda, events, states, memcached, redis or http.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [OneOf(MappingText.AllTypes)]
    [ArgumentCompleter(typeof(TypeCompleter))]
    public string Type { get; set; } = "";

    /// <summary>The id of the target, unique within its source.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [NotAFile]
    public string Id { get; set; } = "";

    /// <summary>The target. By name, which is looked up: topic, queue, domain (with -Index), stream, delivery stream, IoT topic, function, event bus, state machine, ElastiCache cluster, replication group or serverless cache. In full, which is taken as it is: topic ARN, queue URL or ARN, endpoint#index, stream ARN, delivery stream ARN, endpoint#topic, function ARN, event bus ARN, state machine ARN, host:port, rediss://host:port, https://host/path. A topic of iot and an index may have values of the record in them, such as devices/&lt;data.id&gt;.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    [Alias("TopicArn", "QueueUrl", "QueueArn", "DeliveryStreamARN")]
    [ArgumentCompleter(typeof(DestinationCompleter))]
    public string Destination { get; set; } = "";

    /// <summary>For es, where -Destination is a domain's name or endpoint: the index, or index/type. Date math is taken, plain or encoded: &lt;logs-{now/d}&gt;. Without braces it is a value of the record: orders-&lt;data.country&gt;.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NotAFile]
    public string? Index { get; set; }

    /// <summary>Enables the target at once. Without it a new target is disabled until Enable-FanOutTarget, and one that is there stays as it is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Active")]
    [Flag]
    public SwitchParameter Enabled { get; set; }

    /// <summary>The region of the destination, where it is another than the function's and the destination does not name it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? DestinationRegion { get; set; }

    /// <summary>The role that the function assumes for sending, for destinations in another account. A look-up by name assumes it too.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TargetRoleCompleter))]
    public string? DestinationRoleArn { get; set; }

    /// <summary>The external id that is handed over when the role is assumed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NotAFile]
    public string? ExternalId { get; set; }

    /// <summary>How records share a message of sns, sqs and iot, or a request of http: JSON ({"Records":[…]}), none (a message or request each), concat (joined), concat-b64 (joined, base64; not for http), array ([…], for http), ndjson (a line of JSON each, for http). Default: JSON.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OneOf("JSON", "none", "concat", "concat-b64", "array", "ndjson", "")]
    [ArgumentCompleter(typeof(CollapseCompleter))]
    public string? Collapse { get; set; }

    /// <summary>Whether blocks may be sent at the same time; -Parallel:$false keeps the order of the records of a shard. Default: $true.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Flag(WhenEmpty = true)]
    public SwitchParameter Parallel { get; set; } = true;

    /// <summary>Turns DynamoDB's typed JSON into plain JSON.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Flag]
    public SwitchParameter ConvertDDB { get; set; }

    /// <summary>Unpacks records that the Kinesis Producer Library aggregated.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Flag]
    public SwitchParameter Deaggregate { get; set; }

    /// <summary>What is unpacked of a Kinesis record's data: gzip (data that is gzip is sent unpacked), cloudWatchLogs (the same, and each log event of a subscription of CloudWatch Logs is a record of its own: the event with owner, log group and log stream) or none. Other data is sent as it came. Default: none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OneOf("none", "gzip", "cloudWatchLogs", "")]
    [ArgumentCompleter(typeof(UnpackCompleter))]
    public string? Unpack { get; set; }

    /// <summary>Adds a line feed after each record, also after one that ends with a line feed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Flag]
    public SwitchParameter AppendNewlines { get; set; }

    /// <summary>What of a DynamoDB record is sent: newImage, oldImage, both or record (event name, keys, images, sequence number). Default: newImage.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OneOf("newImage", "oldImage", "both", "record", "")]
    [ArgumentCompleter(typeof(ViewCompleter))]
    public string? View { get; set; }

    /// <summary>DynamoDB: the name of the table's hash key, whose value comes first in the key of an item that has two. Default: it is looked up with the table; a target that -Force replaces, or that is piped, keeps what it has. An empty text: the order of aws-lambda-fanout.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [NotAFile]
    public string? HashKey { get; set; }

    /// <summary>What the data of a Kinesis stream's records is: raw (whatever the producer sent) or dynamodb-changes (changes of DynamoDB tables that stream to it, all of them: -ConvertDDB, -View, -HashKey, -Filter, -Transform and -Key then work as for a table's own stream, and a record that is none fails as NotChange). With dynamodb-changes -Source may name the table: the Kinesis stream to which it streams is the source then, and its hash key is looked up. Default: raw.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OneOf("raw", "dynamodb-changes", "")]
    [ArgumentCompleter(typeof(RecordFormatCompleter))]
    public string? RecordFormat { get; set; }

    /// <summary>Sends a lambda target the transformed records instead of the event's own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Flag]
    public SwitchParameter Passthrough { get; set; }

    /// <summary>The target's own limit for one item, in bytes. Default: the limit that the look-up finds, else the safe limit of its type.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NullWhenEmpty(typeof(int))]
    [NotAFile]
    public int? MaxItemBytes { get; set; }

    /// <summary>The target's own limit for one call, in bytes. Default: the limit of its type.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NullWhenEmpty(typeof(int))]
    [NotAFile]
    public int? MaxBatchBytes { get; set; }

    /// <summary>Where records go that cannot be delivered to the target, one JSON envelope each: a queue (name, URL or ARN), a topic (ARN), or a bucket: s3://bucket/prefix, with ?region=… where it lies in another region than the function, which is looked up. The function sends there with its own role, never with -DestinationRoleArn. A name is looked up in the function's region; what is given in full and is not there is warned of.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(FailedRecordsCompleter))]
    public string? DeadLetter { get; set; }

    /// <summary>What happens to records that cannot be delivered: block (they are reported as failed and come again, with all that follow them) or deadLetter (they go to -DeadLetter, and the shard goes on). Default: deadLetter if -DeadLetter is given, else block.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OneOf("block", "deadLetter", "")]
    [ArgumentCompleter(typeof(OnFailureCompleter))]
    public string? OnFailure { get; set; }

    /// <summary>Which records are sent: an event pattern of EventBridge as JSON, or as a hashtable. It looks at data, partitionKey and sequenceNumber of Kinesis; at eventName, dynamodb (typed) and keys, newImage and oldImage (plain) of DynamoDB; at data of SNS. Default: all records.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [JsonText]
    [ArgumentCompleter(typeof(FilterCompleter))]
    public string? Filter { get; set; }

    /// <summary>What the target gets of each record: an input transformer of EventBridge as JSON, or as a hashtable, of inputTemplate and, if it needs it, inputPathsMap. Names between &lt; and &gt; in the template stand for values: of inputPathsMap, paths such as data.id or newImage.id, and fanout.source, .mapping, .shardId, .sequenceNumber, .partitionKey, .approximateArrivalTime, .eventName and .record. A template that begins with a brace, a bracket or a quote is JSON, any other is text. lambda needs -Passthrough with it. Default: what the other parameters say.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [JsonText]
    [ArgumentCompleter(typeof(TransformCompleter))]
    public string? Transform { get; set; }

    /// <summary>What the target gets as a record's key, as text with values in it as in a template of -Transform, such as &lt;data.customer.id&gt;: the partition key of kinesis, the document's id of es, the message group of FIFO queues and topics, the name of an entry in memcached and redis, the key of lambda with -Passthrough. Default: the record's own key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NotAFile]
    public string? Key { get; set; }

    /// <summary>What the documents of an es target have as their ids: key (the record's key, so that a document is that of an item, and is replaced and deleted with it), sequence (shard and sequence number, so that each record is a document, and the same one when it comes again) or none (the index makes them, so that each record is a document, and another one when it comes again). Default: key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OneOf("key", "sequence", "none", "")]
    [ArgumentCompleter(typeof(DocumentIdCompleter))]
    public string? DocumentId { get; set; }

    /// <summary>How the documents of an es target are written: index (a document replaces one of the same id) or create (the first one of an id stays; data streams take nothing else). With create, and with -DocumentId sequence or none, nothing is deleted: a removed item makes a document too, which -View record or oldImage fills. Default: index.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OneOf("index", "create", "")]
    [ArgumentCompleter(typeof(DocumentActionCompleter))]
    public string? DocumentAction { get; set; }

    /// <summary>What a FIFO queue or topic takes the repeats of a message by, as text with values in it as in a template of -Transform, such as &lt;data.id&gt;: of messages with the same id it delivers within five minutes only the first. It needs -Collapse none. Default: source, target and sequence number of the record, so that each record is delivered, and one that is sent again is not delivered twice. Of a state machine it is the name of the execution, without -Collapse.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NotAFile]
    public string? DeduplicationId { get; set; }

    /// <summary>What an event bus gets as the source of each event, as text with values in it as in a template of -Transform. It does not begin with aws. Default: fanout.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NotAFile]
    public string? EventSource { get; set; }

    /// <summary>What an event bus gets as the detail type of each event, as text with values in it as in a template of -Transform, such as order &lt;data.state&gt;; at most 128 characters. Default: the name of the stream, table or topic.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NotAFile]
    public string? DetailType { get; set; }

    /// <summary>For http: the ARN of a secret of Secrets Manager with headers that each request has, such as Authorization: a JSON object of names and values, as the console makes one of key/value pairs. The function reads it, as -DestinationRoleArn where that is given, and reads it again after five minutes, or when the endpoint answers 401 or 403. A secret that is encrypted with a key of yours takes Publish-FanOutFunction -ResourceKmsKeyArn.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NotAFile]
    public string? HeadersSecret { get; set; }

    /// <summary>The attributes that messages have in queues and topics (sqs, sns), by which subscribers can filter, and the user properties of MQTT 5 that they have in AWS IoT (iot): as JSON, or as a hashtable, of names with texts, in which values stand as in a template of -Transform: @{ country = '&lt;data.country&gt;'; kind = 'order'; total = @{ Number = '&lt;data.total&gt;' } }. The type is String, or the one given: Number, by which subscriptions filter numerically, or String.Array; user properties are texts. One whose value is missing in a record is left out of its message. At most 10, of iot 100. Default: those that a message of a topic has itself.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [JsonText]
    [NotAFile]
    public string? MessageAttribute { get; set; }

    /// <summary>Replaces a target of that id that is there already with other settings.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Leaves the policy of the function's role alone; a warning says which statement is missing. Without it, the policy that Publish-FanOutFunction gave the role is updated.</summary>
    [Parameter]
    public SwitchParameter SkipPolicy { get; set; }

    /// <inheritdoc/>
    private protected override StrayProperties? Strays => RowProperties.OfTargets;

    /// <inheritdoc/>
    private protected override bool SkipsPolicy => SkipPolicy;

    /// <inheritdoc/>
    private protected override object? Subject => Id;

    /// <inheritdoc/>
    private protected override void ProcessObject()
    {
        FoundSource source = ResolveSource(ofChanges: MappingText.TryParse(RecordFormat, out RecordFormat format) && format == Engine.Mappings.RecordFormat.DynamoDbChanges);
        string sourceArn = source.Arn;
        GivenTarget target = WithPassword(new GivenTarget(ValueOf), () => Await(Mappings.FindAsync(sourceArn, Id, StopToken)));
        TargetSettings settings = Resolve(target, sourceArn, out FoundDeadLetter? deadLetter);
        StreamedTable? streamed = FindTable(source);
        Mapping given = settings.Check(Own);
        Mask(MaskedSecrets.In(given.Destination));
        Warn(Judge(given, streamed, deadLetter, IsGiven));

        if (Put(sourceArn, given, streamed) is { } row)
        {
            WriteObject(row.ToTarget());
            _registered[(Function.Text, sourceArn)] = new FindConnection(FunctionSession, Function, SuspendedTopics, Time);
        }
    }

    /// <returns>The row, written now or there already; null: the user does not want it.</returns>
    private TargetRow? Put(string sourceArn, Mapping given, StreamedTable? streamed)
    {
        MappingTable table = Mappings;
        bool isAgreed = false;
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            TargetRow? there = Await(table.FindAsync(sourceArn, Id, StopToken));
            Mapping mapping = given with { HashKey = HashKeyOf(there, streamed), Active = IsEnabled(there) };
            if (there?.Mapping == mapping)
            {
                // The run that wrote it may have ended before the policy was in step.
                WriteVerbose($"The target '{Id}' of {sourceArn} is unchanged: it is like that already.");
                NeedsPolicy(mapping, Table);
                return there;
            }

            if (there is not null && !Force)
            {
                throw FanOutError.TargetExists(Id, sourceArn, Table, TargetDifferences.Of(there, mapping));
            }

            string target = $"{MappingText.Of(mapping.Type)} {mapping.Destination.Display}";
            string action = there is null ? $"Register {target}" : $"Replace by {target} ({TargetDifferences.Changes(there, mapping)})";
            if (!isAgreed && !ShouldProcess($"target '{Id}' of {sourceArn}", action))
            {
                return null;
            }

            isAgreed = true;
            NeedsPolicy(mapping, Table);
            if (Await(table.TryPutAsync(mapping, there, StopToken)) is { } row)
            {
                return row;
            }
        }

        throw FanOutError.TargetBusy(Id, sourceArn, MostAttempts);
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        base.Finish();
        foreach (((string function, string sourceArn), FindConnection connection) in _registered)
        {
            WarnIfNotConnected(function, sourceArn, connection);
        }
    }

    private void WarnIfNotConnected(string function, string sourceArn, FindConnection connection)
    {
        try
        {
            if (!Await(connection.ExistsAsync(sourceArn, StopToken)))
            {
                WriteWarning($"No records flow yet: the source is not connected to the function. Connect-FanOutSource -SourceArn {RepairCommand.Quoted(sourceArn)}{connection.FunctionParameters}");
            }
        }
        catch (Exception e) when (e is AmazonServiceException or FanOutException)
        {
            // Someone may be allowed to register targets, but not to see connections.
            WriteWarning($"Whether the source {sourceArn} is connected to the function {function} could not be found out: {Explain(e)}");
        }
    }

    private StreamedTable? FindTable(FoundSource source)
    {
        if (source.Kind != FanOut.SourceType.DynamoDB || Engine.Events.SourceArn.IsOf(Engine.Events.SourceKind.DynamoDb, source.Arn))
        {
            return FindStreamed(_tables, source.Arn);
        }

        WriteVerbose($"The table {Source} streams its changes to {source.Arn}: that is the source. Where other tables do so too, a filter tells them apart: -Filter '{{\"tableName\":[\"{Source}\"]}}'.");
        return FindCarried(_tables, Source!);
    }

    // Another order names all documents of an index anew: only a target that is new gets the table's.
    private string? HashKeyOf(TargetRow? there, StreamedTable? streamed) =>
        MyInvocation.BoundParameters.ContainsKey(nameof(HashKey)) ? NullIfEmpty(HashKey)
        : there is null ? streamed?.HashKey
        : there.ToTarget().HashKey;

    // A target that is there may have been switched by Enable- and Disable-FanOutTarget since.
    private bool IsEnabled(TargetRow? there) => there is null || IsGiven(nameof(Enabled)) ? Enabled : there.ToTarget().Enabled;

    // A target's hash key was found by the module where the target was registered: a copy has it without anybody's having given it.
    // So does one have -Parallel, which is the default. An empty field of a CSV file says nothing of the target.
    private bool IsGiven(string parameter) => IsTyped(parameter)
        || (parameter is not (nameof(HashKey) or nameof(Parallel)) && MyInvocation.BoundParameters.ContainsKey(parameter) && IsPiped(parameter));

    private bool IsPiped(string parameter) => MyInvocation.MyCommand.Parameters[parameter] is var known
        && known.Aliases.Prepend(known.Name).Any(n => InputObject?.Properties[n]?.Value is not (null or ""));
}
