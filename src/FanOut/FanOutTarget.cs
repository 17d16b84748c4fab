using System.ComponentModel;
using System.Management.Automation;

namespace FanOut;

/// <summary>A target: where the records of a source go, and how. Its properties have the names of the parameters that they bind to in a pipeline.</summary>
public sealed class FanOutTarget
{
    /// <summary>The stream or topic that the records come from.</summary>
    public required string SourceArn { get; init; }

    /// <summary>The target's id, unique within its source.</summary>
    public required string Id { get; init; }

    /// <summary>The type of target: sns, sqs, es, kinesis, firehose, iot, lambda, events, states, memcached, redis or http.</summary>
    public string? Type { get; init; }

    /// <summary>The destination, in the form that its type needs. A password in it is replaced by stars unless -IncludeSecret was given.</summary>
    public string? Destination { get; init; }

    /// <summary>Whether records are sent; the row's attribute <c>active</c>.</summary>
    public bool Enabled { get; init; }

    /// <summary>Enabled, Disabled, or Invalid if there is a <see cref="Problem"/>.</summary>
    public string State => Problem is not null ? "Invalid" : Enabled ? "Enabled" : "Disabled";

    /// <summary>The earlier name of <see cref="Enabled"/>, for scripts that have it.</summary>
    [Hidden]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public bool Active => Enabled;

    /// <summary>The target's region; null: that of the destination, else the function's.</summary>
    public string? DestinationRegion { get; init; }

    /// <summary>The role that is assumed for sending.</summary>
    public string? DestinationRoleArn { get; init; }

    /// <summary>The external id that is handed over when the role is assumed.</summary>
    public string? ExternalId { get; init; }

    /// <summary>How records share a message, for sns, sqs and iot, or a request, for http: JSON, none, concat, concat-b64, array or ndjson.</summary>
    public string? Collapse { get; init; }

    /// <summary>Whether blocks may be sent at the same time, which gives up their order.</summary>
    public bool Parallel { get; init; }

    /// <summary>Whether DynamoDB's typed JSON becomes plain JSON.</summary>
    public bool ConvertDDB { get; init; }

    /// <summary>Whether records of the Kinesis Producer Library are unpacked.</summary>
    public bool Deaggregate { get; init; }

    /// <summary>What is unpacked of a Kinesis record's data: none, gzip, or cloudWatchLogs (gzip, and the log events of CloudWatch Logs in it).</summary>
    public string? Unpack { get; init; }

    /// <summary>Whether a line feed follows each record.</summary>
    public bool AppendNewlines { get; init; }

    /// <summary>Whether a lambda target gets the transformed records instead of the event's own.</summary>
    public bool Passthrough { get; init; }

    /// <summary>What of a DynamoDB record is sent: newImage, oldImage, both or record.</summary>
    public string? View { get; init; }

    /// <summary>DynamoDB: the name of the table's hash key, whose value comes first in the key of an item that has two; null: the order of aws-lambda-fanout, or the item's key is one value.</summary>
    public string? HashKey { get; init; }

    /// <summary>What the data of a Kinesis stream's records is: dynamodb-changes, changes of tables that stream to it; null: whatever the producer sent.</summary>
    public string? RecordFormat { get; init; }

    /// <summary>The target's own limit for one item, in bytes; null: the safe default of its type.</summary>
    public int? MaxItemBytes { get; init; }

    /// <summary>The target's own limit for one call, in bytes; null: the safe default of its type.</summary>
    public int? MaxBatchBytes { get; init; }

    /// <summary>Where records go that cannot be delivered: a queue, a topic or s3://bucket/prefix; null: nowhere.</summary>
    public string? DeadLetter { get; init; }

    /// <summary>What happens to records that cannot be delivered: block or deadLetter.</summary>
    public string? OnFailure { get; init; }

    /// <summary>The event pattern of the records that are sent, as JSON; null: all records are sent.</summary>
    public string? Filter { get; init; }

    /// <summary>What the target gets of each record: an input transformer of EventBridge, as JSON; null: what the other settings say.</summary>
    public string? Transform { get; init; }

    /// <summary>What the target gets as a record's key, as a template of text; null: the record's own.</summary>
    public string? Key { get; init; }

    /// <summary>What the documents of an index have as their ids: sequence or none; null: key.</summary>
    public string? DocumentId { get; init; }

    /// <summary>How the documents of an index are written: create; null: index.</summary>
    public string? DocumentAction { get; init; }

    /// <summary>The attributes that messages of queues and topics have, as JSON of names and templates of text; null: those of the source's message.</summary>
    public string? MessageAttribute { get; init; }

    /// <summary>What a FIFO queue or topic takes the repeats of a message by, as a template of text; null: source, target and sequence number of the record.</summary>
    public string? DeduplicationId { get; init; }

    /// <summary>What an event bus gets as an event's source, as a template of text; null: fanout.</summary>
    public string? EventSource { get; init; }

    /// <summary>What an event bus gets as an event's detail type, as a template of text; null: the name of the stream, table or topic.</summary>
    public string? DetailType { get; init; }

    /// <summary>The secret of Secrets Manager with an http target's headers, its ARN; null: it has no headers of its own.</summary>
    public string? HeadersSecret { get; init; }

    /// <summary>Why the row is not a valid mapping; null: it is valid. As long as such a row is enabled, the function fails the records of its source.</summary>
    public string? Problem { get; init; }

    /// <summary>The region of the function and its table.</summary>
    public required string Region { get; init; }

    /// <summary>The function's name.</summary>
    public required string FunctionName { get; init; }

    /// <summary>The table that holds the mapping, name or ARN.</summary>
    public required string TableName { get; init; }

    /// <summary>The id and the source.</summary>
    public override string ToString() => $"{Id} of {SourceArn}";
}
