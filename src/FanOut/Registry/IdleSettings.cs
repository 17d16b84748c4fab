using FanOut.Engine.Events;
using FanOut.Engine.Mappings;

namespace FanOut.Registry;

/// <summary>Settings that a mapping has without any effect: those that its type of target, or its kind of source, does not know. The one table of what is for what.</summary>
internal static class IdleSettings
{
    private static readonly TargetType[] Messages = [TargetType.Sns, TargetType.Sqs, TargetType.Iot, TargetType.Http];

    private static readonly Purpose[] All =
    [
        new("Collapse", static m => m.Collapse != default, static m => Messages.Contains(m.Type), "it is for sns, sqs, iot and http, whose messages or requests hold several records"),
        new("Parallel", static m => m.Parallel, static m => !IsOrdered(m), "caches, FIFO queues and FIFO topics get one block after the other, so that the order is kept"),
        new("ConvertDDB", static m => m.ConvertDDB) { Source = SourceKind.DynamoDb, ShapesPayloads = true },
        new("View", static m => m.View != default) { Source = SourceKind.DynamoDb, ShapesPayloads = true },
        new("HashKey", static m => m.HashKey is not null, HasKeys, "it is for es with -DocumentId key, kinesis, memcached, redis, FIFO topics and queues and http with collapse none, and lambda with -Passthrough, which get a record's key")
        {
            Source = SourceKind.DynamoDb,
        },
        new("Key", static m => m.Key is not null, HasKeys, "it is for es with -DocumentId key, kinesis, memcached, redis, FIFO topics and queues and http with collapse none, and lambda with -Passthrough, which get a record's key"),
        new("DocumentId", static m => m.DocumentId != default, static m => m.Type == TargetType.Es, "it is for es, whose documents have ids"),
        new("DocumentAction", static m => m.DocumentAction != default, static m => m.Type == TargetType.Es, "it is for es, whose documents are written so"),
        new("MessageAttribute", static m => m.MessageAttributes is not null, static m => m.Type is TargetType.Sqs or TargetType.Sns or TargetType.Iot, "it is for sqs and sns, whose messages have attributes, and iot, whose messages have user properties"),
        new("DeduplicationId", static m => m.DeduplicationId is not null, static m => m.TakesDeduplicationId, "it is for states, and for FIFO queues and topics and http with collapse none, whose messages and requests hold one record each"),
        new("EventSource", static m => m.EventSource is not null, static m => m.Type == TargetType.Events, "it is for events"),
        new("DetailType", static m => m.DetailType is not null, static m => m.Type == TargetType.Events, "it is for events"),
        new(
            "RecordFormat", static m => m.RecordFormat != default, static m => m is not { Type: TargetType.Lambda, Passthrough: false, Filter: null },
            "a lambda target gets the stream's own records, unless -Passthrough is given, and without -Filter nobody looks at the changes"),
        new("HeadersSecret", static m => m.HeadersSecret is not null, static m => m.Type == TargetType.Http, "it is for http"),
        new("Deaggregate", static m => m.Deaggregate) { Source = SourceKind.Kinesis, ShapesPayloads = true },
        new("Unpack", static m => m.Unpack != default) { Source = SourceKind.Kinesis, ShapesPayloads = true },
        new("AppendNewlines", static m => m.AppendNewlines, static m => m.Type != TargetType.Es, "es gets each record as one document, whose white space does not count")
        {
            ShapesPayloads = true,
        },
        new("Passthrough", static m => m.Passthrough, static m => m.Type == TargetType.Lambda, "it is for lambda"),
        new("MaxBatchBytes", static m => m.MaxBatchBytes is not null, static m => m.Type is not (TargetType.Iot or TargetType.States), "iot and states get each message in a call of its own; -MaxItemBytes limits it"),
        new("DeadLetter", static m => m.DeadLetter is not null, static m => m.OnFailure == OnFailure.DeadLetter, "records that cannot be delivered are blocked by -OnFailure block"),
    ];

    /// <summary>The idle settings, a sentence for each.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="isGiven">Whether a parameter was given; other settings are not looked at.</param>
    public static IEnumerable<string> Of(Mapping mapping, Predicate<string> isGiven) =>
        from setting in All
        where isGiven(setting.Parameter) && setting.IsSet(mapping)
        let reason = setting.WhyIdle(mapping)
        where reason is not null
        select $"-{setting.Parameter} has no effect on the target '{mapping.Id}': {reason}.";

    private static bool IsOrdered(Mapping mapping) =>
        mapping.Destination is CacheDestination or QueueDestination { IsFifo: true } or TopicDestination { IsFifo: true };

    private static bool HasKeys(Mapping mapping) => mapping switch
    {
        { Type: TargetType.Es } => mapping.DocumentId == DocumentId.Key,
        { Type: TargetType.Kinesis or TargetType.Memcached or TargetType.Redis } => true,
        { Type: TargetType.Lambda } => mapping.Passthrough,
        { Type: TargetType.States } => false,
        _ => mapping.TakesDeduplicationId,
    };

    /// <summary>A setting, and for what it is.</summary>
    /// <param name="Parameter">Its parameter.</param>
    /// <param name="IsSet">Whether a mapping has another value than the default.</param>
    /// <param name="IsFor">Whether the mapping's target knows it; null: each does.</param>
    /// <param name="Reason">Why not, for those that do not.</param>
    private sealed record Purpose(string Parameter, Predicate<Mapping> IsSet, Predicate<Mapping>? IsFor = null, string Reason = "")
    {
        /// <summary>The only kind of source that knows it; null: each does.</summary>
        public SourceKind? Source { get; init; }

        /// <summary>Whether it changes how records look: a lambda target gets them as they came.</summary>
        public bool ShapesPayloads { get; init; }

        private static bool HasRecordsOf(SourceKind source, Mapping mapping) =>
            SourceArn.IsOf(source, mapping.SourceArn) || (source == SourceKind.DynamoDb && mapping.RecordFormat == RecordFormat.DynamoDbChanges);

        public string? WhyIdle(Mapping mapping) =>
            IsFor is not null && !IsFor(mapping) ? $"{Reason}; its type is {MappingText.Of(mapping.Type)}"
            : Source is { } source && !HasRecordsOf(source, mapping) ? $"it is for records of {(source == SourceKind.Kinesis ? "Kinesis" : "DynamoDB")}; its source is {mapping.SourceArn}"
            : ShapesPayloads && mapping is { Type: TargetType.Lambda, Passthrough: false } ? "a lambda target gets the event's own records, unless -Passthrough is given"
            : null;
    }
}
