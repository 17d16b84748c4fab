using System.Management.Automation;
using Amazon.DynamoDBv2.Model;
using FanOut.Abstractions;
using FanOut.Annotations;
using FanOut.Completion;
using FanOut.Credentials;
using FanOut.Destinations;
using FanOut.Engine.Json;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Parameters;
using FanOut.Registry;
using FanOut.Sources;

namespace FanOut.Commands;

/// <summary>Changes settings of a target; those that are not given stay as they are.</summary>
/// <remarks>
/// <para>The target is named by its source and id, by parameters or by objects of the pipeline; the new settings come by parameters alone, so that a piped object that is older than the table cannot undo a change. A row of a list whose property is nearly named as a setting is warned of, as with Register-FanOutTarget.</para>
/// <para>$null or an empty text removes a setting: the role, the external id, the region, a size limit, the filter. The target must be valid as a whole afterwards, else nothing is changed.</para>
/// </remarks>
/// <example>
/// <code>Set-FanOutTarget archive -Source orders -SourceType Kinesis -Collapse none -Parallel:$false</code>
/// <para>Sends the target archive a message per record, in order.</para>
/// </example>
/// <example>
/// <code>Get-FanOutTarget -Type kinesis | Set-FanOutTarget -DestinationRoleArn $null -ExternalId $null -PassThru</code>
/// <para>Lets the function send to all streams as itself again, and shows them.</para>
/// </example>
/// <example>
/// <code>Get-FanOutTarget -Source orders -SourceType Kinesis | Set-FanOutTarget -DeadLetter arn:aws:sqs:us-east-1:123456789012:undelivered</code>
/// <para>Lets what the targets of orders do not take go to the queue undelivered instead of holding up the stream.</para>
/// </example>
/// <example>
/// <code>Get-FanOutTarget copy -Source customers -SourceType DynamoDB | Set-FanOutTarget -Filter '{"eventName":["INSERT","MODIFY"],"newImage":{"status":[{"anything-but":"draft"}]}}'</code>
/// <para>Sends the target copy of a table's stream only items that are not drafts.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "FanOutTarget", HelpUri = ProjectAddress.CmdletPages + "Set-FanOutTarget.md", SupportsShouldProcess = true)]
[OutputType(typeof(FanOutTarget))]
public sealed class SetFanOutTargetCommand : ChangeTargetCommand
{
    private readonly ResolveDestination _resolve = new();
    private readonly FindStreamedTable _tables = new();
    private bool _warned;

    /// <summary>The new type of the target; goes with -Destination.</summary>
    [Parameter]
    [OneOf(MappingText.AllTypes)]
    [ArgumentCompleter(typeof(TypeCompleter))]
    public string? Type { get; set; }

    /// <summary>The new destination: by name, which is looked up, or in full (ARN, URL, endpoint#index, endpoint#topic, host:port), which is taken as it is; as of Register-FanOutTarget. A look-up also reads the resource's own size limit.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DestinationCompleter))]
    public string? Destination { get; set; }

    /// <summary>For es: the index, or index/type, of the destination that the target has, or of a new -Destination that is a domain's name or endpoint. It may have values of the record in it, such as orders-&lt;data.country&gt;.</summary>
    [Parameter]
    [NotAFile]
    public string? Index { get; set; }

    /// <summary>Whether records are sent: -Enabled or -Enabled:$false, as Enable- and Disable-FanOutTarget.</summary>
    [Parameter]
    [Alias("Active")]
    [Flag]
    public SwitchParameter Enabled { get; set; }

    /// <summary>The region of the destination; $null removes it.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? DestinationRegion { get; set; }

    /// <summary>The role that the function assumes for sending; $null removes it.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(TargetRoleCompleter))]
    public string? DestinationRoleArn { get; set; }

    /// <summary>The external id that is handed over when the role is assumed; $null removes it.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [NotAFile]
    public string? ExternalId { get; set; }

    /// <summary>How records share a message of sns, sqs and iot, or a request of http: JSON, none, concat, concat-b64 (not for http), array or ndjson (for http).</summary>
    [Parameter]
    [OneOf("JSON", "none", "concat", "concat-b64", "array", "ndjson")]
    [ArgumentCompleter(typeof(CollapseCompleter))]
    public string? Collapse { get; set; }

    /// <summary>Whether blocks may be sent at the same time; -Parallel:$false keeps the order of the records of a shard.</summary>
    [Parameter]
    [Flag(WhenEmpty = true)]
    public SwitchParameter Parallel { get; set; }

    /// <summary>Whether DynamoDB's typed JSON becomes plain JSON.</summary>
    [Parameter]
    [Flag]
    public SwitchParameter ConvertDDB { get; set; }

    /// <summary>Whether records of the Kinesis Producer Library are unpacked.</summary>
    [Parameter]
    [Flag]
    public SwitchParameter Deaggregate { get; set; }

    /// <summary>What is unpacked of a Kinesis record's data: none, gzip or cloudWatchLogs (gzip, and each log event of a subscription of CloudWatch Logs is a record of its own).</summary>
    [Parameter]
    [OneOf("none", "gzip", "cloudWatchLogs")]
    [ArgumentCompleter(typeof(UnpackCompleter))]
    public string? Unpack { get; set; }

    /// <summary>Whether a line feed follows each record.</summary>
    [Parameter]
    [Flag]
    public SwitchParameter AppendNewlines { get; set; }

    /// <summary>What of a DynamoDB record is sent: newImage, oldImage, both or record.</summary>
    [Parameter]
    [OneOf("newImage", "oldImage", "both", "record")]
    [ArgumentCompleter(typeof(ViewCompleter))]
    public string? View { get; set; }

    /// <summary>DynamoDB: the name of the table's hash key, whose value comes first in the key of an item that has two; $null: the order of aws-lambda-fanout. Documents and cache entries that are there keep their old keys: empty the index first.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [NotAFile]
    public string? HashKey { get; set; }

    /// <summary>What the data of a Kinesis stream's records is: raw, or dynamodb-changes, changes of DynamoDB tables that stream to it; $null: raw, the default.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [OneOf("raw", "dynamodb-changes", "")]
    [ArgumentCompleter(typeof(RecordFormatCompleter))]
    public string? RecordFormat { get; set; }

    /// <summary>Whether a lambda target gets the transformed records instead of the event's own.</summary>
    [Parameter]
    [Flag]
    public SwitchParameter Passthrough { get; set; }

    /// <summary>The target's own limit for one item, in bytes; $null removes it.</summary>
    [Parameter]
    [AllowNull]
    [NullWhenEmpty(typeof(int))]
    [NotAFile]
    public int? MaxItemBytes { get; set; }

    /// <summary>The target's own limit for one call, in bytes; $null removes it.</summary>
    [Parameter]
    [AllowNull]
    [NullWhenEmpty(typeof(int))]
    [NotAFile]
    public int? MaxBatchBytes { get; set; }

    /// <summary>Where records go that cannot be delivered: a queue (name, URL or ARN), a topic (ARN), or a bucket (s3://bucket/prefix, whose region is looked up); $null removes it.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(FailedRecordsCompleter))]
    public string? DeadLetter { get; set; }

    /// <summary>What happens to records that cannot be delivered: block or deadLetter; $null: the default, deadLetter if there is a dead letter, else block.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [OneOf("block", "deadLetter", "")]
    [ArgumentCompleter(typeof(OnFailureCompleter))]
    public string? OnFailure { get; set; }

    /// <summary>Which records are sent: an event pattern of EventBridge as JSON, or as a hashtable; $null removes it, and all are sent.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [JsonText]
    [ArgumentCompleter(typeof(FilterCompleter))]
    public string? Filter { get; set; }

    /// <summary>What the target gets of each record: an input transformer of EventBridge as JSON, or as a hashtable, of inputTemplate and, if it needs it, inputPathsMap; $null removes it, and the other settings say it.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [JsonText]
    [ArgumentCompleter(typeof(TransformCompleter))]
    public string? Transform { get; set; }

    /// <summary>What the target gets as a record's key, as text with values in it as in a template of -Transform, such as &lt;data.customer.id&gt;; $null removes it, and the record's own key is used.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [NotAFile]
    public string? Key { get; set; }

    /// <summary>What the documents of an es target have as their ids: key (the record's key, so that a document is that of an item, and is replaced and deleted with it), sequence (shard and sequence number, so that each record is a document, and the same one when it comes again) or none (the index makes them, so that each record is a document, and another one when it comes again).</summary>
    [Parameter]
    [OneOf("key", "sequence", "none")]
    [ArgumentCompleter(typeof(DocumentIdCompleter))]
    public string? DocumentId { get; set; }

    /// <summary>How the documents of an es target are written: index (a document replaces one of the same id) or create (the first one of an id stays; data streams take nothing else). With create, and with -DocumentId sequence or none, nothing is deleted: a removed item makes a document too, which -View record or oldImage fills.</summary>
    [Parameter]
    [OneOf("index", "create")]
    [ArgumentCompleter(typeof(DocumentActionCompleter))]
    public string? DocumentAction { get; set; }

    /// <summary>What a FIFO queue or topic takes the repeats of a message by, as text with values in it as in a template of -Transform, such as &lt;data.id&gt;: of messages with the same id it delivers within five minutes only the first. It needs -Collapse none. Of a state machine it is the name of the execution, without -Collapse. $null removes it.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [NotAFile]
    public string? DeduplicationId { get; set; }

    /// <summary>What an event bus gets as the source of each event, as text with values in it as in a template of -Transform. It does not begin with aws. $null removes it.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [NotAFile]
    public string? EventSource { get; set; }

    /// <summary>What an event bus gets as the detail type of each event, as text with values in it as in a template of -Transform, such as order &lt;data.state&gt;; at most 128 characters. $null removes it.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [NotAFile]
    public string? DetailType { get; set; }

    /// <summary>For http: the ARN of a secret of Secrets Manager with headers that each request has, such as Authorization: a JSON object of names and values. $null removes it.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [NotAFile]
    public string? HeadersSecret { get; set; }

    /// <summary>The attributes that messages have in queues and topics (sqs, sns), and the user properties of MQTT 5 that they have in AWS IoT (iot): as JSON, or as a hashtable, of names with texts, in which values stand as in a template of -Transform: @{ country = '&lt;data.country&gt;'; kind = 'order'; total = @{ Number = '&lt;data.total&gt;' } }. The type is String, or the one given: Number, by which subscriptions filter numerically, or String.Array; user properties are texts. One whose value is missing in a record is left out of its message. At most 10, of iot 100. $null removes them.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [JsonText]
    [NotAFile]
    public string? MessageAttribute { get; set; }

    /// <summary>Leaves the policy of the function's role alone; a warning says which statement is missing. Without it, the policy that Publish-FanOutFunction gave the role is updated.</summary>
    [Parameter]
    public SwitchParameter SkipPolicy { get; set; }

    /// <inheritdoc/>
    private protected override StrayProperties? Strays => RowProperties.OfTargets;

    /// <inheritdoc/>
    private protected override bool SkipsPolicy => SkipPolicy;

    /// <inheritdoc/>
    private protected override string Action => "Change " + string.Join(", ", Given.Select(static g => g.Parameter));

    private IEnumerable<Setting> Given => Settings.Where(s => IsGiven(s.Parameter));

    private bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private Setting[] Settings =>
    [
        new(nameof(Type), s => s.Text(MappingAttributes.Type, Type)),
        new(nameof(Destination), s => s.Text(MappingAttributes.Destination, Destination)),
        new(nameof(Index), static _ => { }),
        new(nameof(Enabled), s => s.Flag(MappingAttributes.Active, Enabled)),
        new(nameof(DestinationRegion), s => s.Text(MappingAttributes.Region, DestinationRegion)),
        new(nameof(DestinationRoleArn), s => s.Text(MappingAttributes.Role, DestinationRoleArn)),
        new(nameof(ExternalId), s => s.Text(MappingAttributes.ExternalId, ExternalId)),
        new(nameof(Collapse), s => s.Text(MappingAttributes.Collapse, Collapse)),
        new(nameof(Parallel), s => s.Flag(MappingAttributes.Parallel, Parallel)),
        new(nameof(ConvertDDB), s => s.Flag(MappingAttributes.ConvertDDB, ConvertDDB)),
        new(nameof(Deaggregate), s => s.Flag(MappingAttributes.Deaggregate, Deaggregate)),
        new(nameof(Unpack), s => s.Text(MappingAttributes.Unpack, Unpack)),
        new(nameof(AppendNewlines), s => s.Flag(MappingAttributes.AppendNewlines, AppendNewlines)),
        new(nameof(View), s => s.Text(MappingAttributes.View, View)),
        new(nameof(HashKey), s => s.Text(MappingAttributes.HashKey, HashKey)),
        new(nameof(RecordFormat), s => s.Text(MappingAttributes.RecordFormat, RecordFormat)),
        new(nameof(Passthrough), s => s.Flag(MappingAttributes.Passthrough, Passthrough)),
        new(nameof(MaxItemBytes), s => s.Bytes(MappingAttributes.MaxItemBytes, MaxItemBytes)),
        new(nameof(MaxBatchBytes), s => s.Bytes(MappingAttributes.MaxBatchBytes, MaxBatchBytes)),
        new(nameof(DeadLetter), s => s.Text(MappingAttributes.DeadLetter, DeadLetter)),
        new(nameof(OnFailure), s => s.Text(MappingAttributes.OnFailure, OnFailure)),
        new(nameof(Filter), s => s.Text(MappingAttributes.Filter, Filter)),
        new(nameof(Transform), s => s.Text(MappingAttributes.Transform, Transform)),
        new(nameof(Key), s => s.Text(MappingAttributes.Key, Key)),
        new(nameof(DocumentId), s => s.Text(MappingAttributes.DocumentId, DocumentId)),
        new(nameof(DocumentAction), s => s.Text(MappingAttributes.DocumentAction, DocumentAction)),
        new(nameof(MessageAttribute), s => s.Text(MappingAttributes.MessageAttributes, MessageAttribute)),
        new(nameof(DeduplicationId), s => s.Text(MappingAttributes.DeduplicationId, DeduplicationId)),
        new(nameof(EventSource), s => s.Text(MappingAttributes.EventSource, EventSource)),
        new(nameof(DetailType), s => s.Text(MappingAttributes.DetailType, DetailType)),
        new(nameof(HeadersSecret), s => s.Text(MappingAttributes.HeadersSecret, HeadersSecret)),
    ];

    /// <inheritdoc/>
    private protected override void ProcessTarget(MappingTable table, TargetRow row)
    {
        if (!Given.Any())
        {
            throw FanOutError.NothingToChange(row.Id);
        }

        _warned = false;
        base.ProcessTarget(table, row);
    }

    /// <inheritdoc/>
    private protected override IReadOnlyDictionary<string, AttributeValue?> Plan(TargetRow row)
    {
        var changes = new TargetSettings();
        foreach (Setting setting in Given)
        {
            setting.Apply(changes);
        }

        if (IsGiven(nameof(Destination)) && KindOf(row) is { } type)
        {
            LookUp(changes, row, type);
        }
        else if (IsGiven(nameof(Index)))
        {
            changes.Text(MappingAttributes.Destination, WithIndex(row));
        }

        FoundDeadLetter? deadLetter = FindDeadLetter(IsGiven(nameof(DeadLetter)) ? NullIfEmpty(DeadLetter) : null);
        if (deadLetter is not null)
        {
            changes.Text(MappingAttributes.DeadLetter, deadLetter.Destination);
        }

        Mapping mapping = changes.Check(Own, row.Item);
        Mask(IsGiven(nameof(Destination)) ? MaskedSecrets.In(mapping.Destination) : []);
        bool concernsStream = Given.Any(static g => g.Parameter is nameof(View) or nameof(Type) or nameof(Passthrough) or nameof(Filter) or nameof(Transform) or nameof(HashKey));
        StreamedTable? streamed = concernsStream ? FindStreamed(_tables, row.SourceArn) : null;
        if (IsGiven(nameof(HashKey)))
        {
            CheckStream.HashKey(mapping, streamed);
        }

        string?[] warnings =
        [
            CheckStream.ImagesOf(mapping, streamed, RepairCommand.Of("Set-FanOutTarget", $"-Id {RepairCommand.Quoted(row.Id)} -View record", row.SourceArn, Function.Text, FunctionSession.Region)),
            IsGiven(nameof(Filter)) ? CheckFilter.Of(mapping, streamed) : null,
            Given.Any(static g => g.Parameter is nameof(View) or nameof(Type) or nameof(Filter) or nameof(DocumentId) or nameof(DocumentAction) or nameof(RecordFormat)) ? EmptyDocument.Of(mapping) : null,
            IsGiven(nameof(Destination)) ? MissingPort.Of(mapping) : null,
            Arn.Looks(Destination ?? "") ? MissingBus(mapping) : null,
            deadLetter?.Warning,
            .. IdleSettings.Of(mapping, IsGiven),
        ];
        if (!_warned)
        {
            _warned = true;
            Warn(warnings);
        }

        return changes.Attributes;
    }

    private TargetType? KindOf(TargetRow row) => MappingText.TryParse(NullIfEmpty(Type) ?? row.ToTarget().Type, out TargetType type) ? type : null;

    // The same endpoint with another index behind its '#'.
    private string WithIndex(TargetRow row)
    {
        string index = NullIfEmpty(Index) ?? throw FanOutError.InvalidParameter(nameof(Index), Index, "is empty; an es target has an index.");
        return KindOf(row) is TargetType.Es && row.ToTarget() is { Destination: { } there } && there.IndexOf('#', StringComparison.Ordinal) is > 0 and var at
            ? $"{there[..at]}#{index}"
            : throw FanOutError.InvalidParameter(nameof(Index), index, $"is for es, and goes with -Destination where the target '{row.Id}' is to become one; its type is {row.ToTarget().Type}.");
    }

    private void LookUp(TargetSettings changes, TargetRow row, TargetType type)
    {
        FanOutTarget old = row.ToTarget();
        string? Now(string parameter, string? given, string? before) => IsGiven(parameter) ? given : before;
        AwsSession Open() => DestinationSession(
            Now(nameof(DestinationRegion), DestinationRegion, old.DestinationRegion),
            Now(nameof(DestinationRoleArn), DestinationRoleArn, old.DestinationRoleArn),
            Now(nameof(ExternalId), ExternalId, old.ExternalId));
        FoundDestination found = Await(_resolve.FindAsync(Open, new DestinationQuery(type, Destination ?? "", NullIfEmpty(Index)), StopToken));
        changes.Text(MappingAttributes.Destination, found.Destination);
        if (found.MaxItemBytes is { } bytes && !IsGiven(nameof(MaxItemBytes)))
        {
            changes.Bytes(MappingAttributes.MaxItemBytes, bytes);
        }
    }

    /// <summary>A parameter, and the attributes that it sets.</summary>
    private sealed record Setting(string Parameter, Action<TargetSettings> Apply);
}
