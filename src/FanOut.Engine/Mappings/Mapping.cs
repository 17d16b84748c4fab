using FanOut.Engine.Filtering;
using FanOut.Engine.Templates;

namespace FanOut.Engine.Mappings;

/// <summary>One row of the table: where the records of a source go, and how.</summary>
/// <remarks>The attribute names are those of the original tool; those that follow <see cref="AppendNewlines"/> are ours and optional.</remarks>
public sealed record Mapping
{
    /// <summary>What the hash key begins with of rows that are not mappings, but notes that the function keeps in the same table; so do their ids. An ARN never does.</summary>
    public const char ReservedPrefix = '#';

    /// <summary><c>sourceArn</c>, hash key: the Kinesis stream, DynamoDB stream or SNS topic that records come from.</summary>
    public required string SourceArn { get; init; }

    /// <summary><c>id</c>, range key: the mapping's name, unique within its source.</summary>
    public required string Id { get; init; }

    /// <summary><c>type</c>: the kind of target.</summary>
    public required TargetType Type { get; init; }

    /// <summary><c>destination</c>: the target, in the form that its type asks for.</summary>
    public required Destination Destination { get; init; }

    /// <summary><c>active</c>: whether the mapping is enabled: records are sent.</summary>
    public required bool Active { get; init; }

    /// <summary><c>role</c>: ARN of the role to assume for sending; null: the function's own.</summary>
    public string? Role { get; init; }

    /// <summary><c>externalId</c>: handed to AssumeRole with <see cref="Role"/>.</summary>
    public string? ExternalId { get; init; }

    /// <summary><c>region</c>: the target's region; null: that of the destination, else the function's own.</summary>
    public string? Region { get; init; }

    /// <summary><c>collapse</c>: how records share a message (sns, sqs, iot) or a request (http).</summary>
    public Collapse Collapse { get; init; }

    /// <summary><c>parallel</c>: whether blocks may be sent at the same time. Default: true.</summary>
    public bool Parallel { get; init; } = true;

    /// <summary><c>convertDDB</c>: turn DynamoDB's typed JSON into plain JSON.</summary>
    public bool ConvertDDB { get; init; }

    /// <summary><c>deaggregate</c>: unpack records that the Kinesis Producer Library aggregated.</summary>
    public bool Deaggregate { get; init; }

    /// <summary><c>unpack</c>: what is unpacked of a Kinesis record's data: gzip, and the log events of CloudWatch Logs in it.</summary>
    public Unpack Unpack { get; init; }

    /// <summary><c>appendNewlines</c>: one line feed after each record, of every source, also where the record ends with one.</summary>
    public bool AppendNewlines { get; init; }

    /// <summary><c>passthrough</c>: a lambda target gets the transformed records instead of the event's own.</summary>
    public bool Passthrough { get; init; }

    /// <summary><c>view</c>: what of a DynamoDB record is sent.</summary>
    public View View { get; init; }

    /// <summary>
    /// <c>hashKey</c>: the name of the hash key of the table whose stream is the source; its value comes first in the key of an item that has two. None:
    /// the order of rows that the original tool wrote, see docs/migrating.md.
    /// </summary>
    public string? HashKey { get; init; }

    /// <summary><c>maxItemBytes</c>: the target's own limit for one item, in bytes; null: the safe default of its type.</summary>
    public int? MaxItemBytes { get; init; }

    /// <summary><c>maxBatchBytes</c>: the target's own limit for one call, in bytes; null: the safe default of its type.</summary>
    public int? MaxBatchBytes { get; init; }

    /// <summary><c>deadLetter</c>: where what cannot be delivered goes, a queue, a topic or a bucket; null: nowhere.</summary>
    public Destination? DeadLetter { get; init; }

    /// <summary><c>onFailure</c>: what becomes of records that cannot be delivered. Default: the dead letter where there is one.</summary>
    public OnFailure OnFailure { get; init; }

    /// <summary><c>filter</c>: which records are sent; null: all.</summary>
    public RecordFilter? Filter { get; init; }

    /// <summary><c>transform</c>: what the target gets of a record; null: what the other options say.</summary>
    public RecordTransform? Transform { get; init; }

    /// <summary><c>key</c>: what the target gets as a record's key, a template of text; null: the record's own.</summary>
    public RecordTransform? Key { get; init; }

    /// <summary>
    /// <c>deduplicationId</c>: what FIFO queues and topics, endpoints and state machines take a message's, a request's or an execution's repeats by, a template of text; null: source, mapping and sequence number of the record.
    /// </summary>
    public RecordTransform? DeduplicationId { get; init; }

    /// <summary><c>messageAttributes</c>: the attributes that messages of queues and topics have, and the user properties of those of AWS IoT; null: those that the source's message has, or none.</summary>
    public AttributeTemplates? MessageAttributes { get; init; }

    /// <summary><c>headersSecret</c>: ARN of the secret with an http target's headers, a JSON object of names and values; null: it has no headers of its own.</summary>
    public string? HeadersSecret { get; init; }

    /// <summary><c>documentId</c>: what the documents of an index have as their ids.</summary>
    public DocumentId DocumentId { get; init; }

    /// <summary><c>documentAction</c>: how the documents of an index are written.</summary>
    public DocumentAction DocumentAction { get; init; }

    /// <summary>Whether the target deletes what was removed: a cache, or an index whose documents are those of the items. Another index gets a document of that, too.</summary>
    public bool DeletesRemoved => Type is TargetType.Memcached or TargetType.Redis || this is { Type: TargetType.Es, DocumentId: DocumentId.Key, DocumentAction: DocumentAction.Index };

    /// <summary>What the topic or index of a record is made of; null: the destination is the same for all records.</summary>
    public RecordTransform? DestinationTemplate { get; init; }

    /// <summary><c>eventSource</c>: what an event bus gets as an event's source, a template of text; null: <c>fanout</c>.</summary>
    public RecordTransform? EventSource { get; init; }

    /// <summary><c>detailType</c>: what an event bus gets as an event's detail type, a template of text; null: the name of the stream, table or topic.</summary>
    public RecordTransform? DetailType { get; init; }

    /// <summary>The texts that the target needs of each payload besides its data and key; null: none.</summary>
    public TextTemplates? Texts => DeduplicationId is null && DestinationTemplate is null && DocumentId != DocumentId.Sequence && MessageAttributes is null && EventSource is null && DetailType is null
        ? null : TextTemplates.Of(AllTexts());

    /// <summary>
    /// Whether the target is a state machine, or a FIFO queue or topic, or an endpoint, whose messages or requests hold one record each, so that they can have an id of the record.
    /// </summary>
    public bool TakesDeduplicationId => Destination is StateMachineDestination
        || (Collapse == Collapse.None && Destination is QueueDestination { IsFifo: true } or TopicDestination { IsFifo: true } or HttpDestination);

    /// <summary><c>recordFormat</c>: what the data of a stream's records is. Default: whatever the producer sent.</summary>
    public RecordFormat RecordFormat { get; init; }

    /// <summary>The region to call: the mapping's own, else the destination's; null: the function's.</summary>
    public string? TargetRegion => Region ?? Destination.Region;

    /// <summary>
    /// Whether the records that are sent would come back as records of the source. A stream of the same name in another region, or in the account
    /// of the mapping's role, is another stream.
    /// </summary>
    public bool IsLoop =>
        Arn.TryParse(Events.SourceArn.WithoutConsumer(SourceArn), out Arn? source) && Destination.IsSource(source, Region, RoleAccount);

    /// <summary>The name of the text that is an attribute's value.</summary>
    /// <param name="attribute">The attribute's name.</param>
    internal static string AttributeText(string attribute) => $"{MappingAttributes.MessageAttributes}.{attribute}";

    private string? RoleAccount => Arn.TryParse(Role, out Arn? role) ? role.Account : null;

    /// <summary>Why the records that are sent would come back for ever: the destination is the source, or the fan-out function itself.</summary>
    /// <param name="own">The fan-out function; null: not known.</param>
    /// <returns>A sentence that follows the destination, without a full stop; null: they do not.</returns>
    public string? FindLoop(OwnFunction? own)
    {
        if (IsLoop)
        {
            return $"it is the source {SourceArn} itself: each record would come back for ever";
        }

        if (own is null || Destination is not FunctionDestination function)
        {
            return null;
        }

        OwnFunction known = own.Account is null && Arn.TryParse(SourceArn, out Arn? source) ? own with { Account = source.Account } : own;
        return function.Is(known, Region, RoleAccount) ? $"it is the fan-out function {own.Name} itself: each batch would come back for ever" : null;
    }

    /// <summary>
    /// Why the dead-letter destination cannot be used: what goes there would come back as a record of the source, or it is the same as the
    /// target; null: it can.
    /// </summary>
    public string? DeadLetterProblem =>
        DeadLetter is null ? null
        : Arn.TryParse(Events.SourceArn.WithoutConsumer(SourceArn), out Arn? source) && DeadLetter.IsSource(source) ? "it is the source itself, so each record would come back for ever"
        : DeadLetter.IsSame(Destination) ? "it is the target's own destination, which did not take the record"
        : null;

    private IEnumerable<TextTemplate> AllTexts()
    {
        if (TakesDeduplicationId && DeduplicationId is { } id)
        {
            // Without the value it would be the same for all records that lack it, of which the target takes the first only.
            yield return new TextTemplate(MappingAttributes.DeduplicationId, id, "NoDeduplicationId") { NeedsAllValues = true };
        }

        if (Type == TargetType.Es && DocumentId == DocumentId.Sequence)
        {
            yield return SequenceIds.Of(SourceArn);
        }

        if (Type == TargetType.Events && EventSource is { } source)
        {
            yield return new TextTemplate(MappingAttributes.EventSource, source, "NoEventSource");
        }

        if (Type == TargetType.Events && DetailType is { } detailType)
        {
            yield return new TextTemplate(MappingAttributes.DetailType, detailType, "NoDetailType");
        }

        if (DestinationTemplate is { } place)
        {
            string what = Destination.TemplateOf;
            yield return new TextTemplate(what, place, $"No{char.ToUpperInvariant(what[0])}{what[1..]}") { NeedsAllValues = true };
        }

        foreach (AttributeTemplate attribute in Type is TargetType.Sqs or TargetType.Sns or TargetType.Iot && MessageAttributes is { } attributes ? attributes.All : [])
        {
            yield return new TextTemplate(AttributeText(attribute.Name), attribute.Value, WhenEmpty: null);
        }
    }
}
