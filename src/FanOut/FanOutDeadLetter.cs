using FanOut.DeadLetters;

namespace FanOut;

/// <summary>A dead letter: a record that a target did not get, or a batch or event that Lambda gave up. Its properties have the names of the parameters that they bind to in a pipeline.</summary>
public sealed class FanOutDeadLetter
{
    /// <summary>Record: one record of one target. Batch: records that Lambda gave up, of which only their place in the stream is known. Event: what Lambda gave up, with its data. Unreadable: none of these.</summary>
    public required string LetterType { get; init; }

    /// <summary>The id of the target that did not get the record; null: Lambda gave up, so that it is not known which targets lack it.</summary>
    public string? Id { get; init; }

    /// <summary>The source of the record; null: it could not be read.</summary>
    public string? SourceArn { get; init; }

    /// <summary>The target's type; null: it is not known.</summary>
    public string? Type { get; init; }

    /// <summary>The target's destination as it was, without its secrets; null: it is not known.</summary>
    public string? Destination { get; init; }

    /// <summary>Why: the class of the failure (Oversize, PermanentTarget …), or Lambda's condition (RetryAttemptsExhausted …).</summary>
    public string? Class { get; init; }

    /// <summary>The error code of the target, or one of FanOut's own; of Lambda: the function's error.</summary>
    public string? Code { get; init; }

    /// <summary>Why; a sentence.</summary>
    public string? Reason { get; init; }

    /// <summary>How often it was sent. In a bucket Resume-FanOutDeadLetter adds its own attempts; for queues see ReceiveCount.</summary>
    public int? Attempts { get; init; }

    /// <summary>How many records there are; null: that is not known.</summary>
    public int? Records { get; init; }

    /// <summary>When it was tried last, or given up; local time. Where the letter does not say it: when it was stored.</summary>
    public DateTime? Time { get; init; }

    /// <summary>When it was tried first; local time; null: never, or it is not known.</summary>
    public DateTime? FirstAttempt { get; init; }

    /// <summary>When the record, or the first of a batch, came to its source; local time.</summary>
    public DateTime? ArrivalTime { get; init; }

    /// <summary>The shard that the record came from.</summary>
    public string? ShardId { get; init; }

    /// <summary>The sequence number of the record, or of the first of a batch; of SNS the message's id.</summary>
    public string? SequenceNumber { get; init; }

    /// <summary>The sequence number of the last record of a batch; else null.</summary>
    public string? LastSequenceNumber { get; init; }

    /// <summary>The record's position in an aggregate of the Kinesis Producer Library; null: it is a whole record.</summary>
    public int? SubSequenceNumber { get; init; }

    /// <summary>The partition key, or the keys of the item in DynamoDB's JSON.</summary>
    public string? Key { get; init; }

    /// <summary>The id of the request that was answered with the error.</summary>
    public string? RequestId { get; init; }

    /// <summary>The record's data as it came from the source: Kinesis's data, SNS's message, DynamoDB's whole record, Lambda's whole event; null: the letter does not have it.</summary>
    public byte[]? Data { get; init; }

    /// <summary>The data as text, where it is UTF-8; else null.</summary>
    public string? Text => LetterData.Text(Data);

    /// <summary>The data as an object, where it is JSON; else null. It is read anew each time.</summary>
    public object? Json => LetterData.Json(Data);

    /// <summary>Why the letter does not have the data; null: it has.</summary>
    public string? DataOmitted { get; init; }

    /// <summary>Why the letter cannot be read; null: it can.</summary>
    public string? Problem { get; init; }

    /// <summary>Where it lies: the queue's URL, or s3://bucket/prefix.</summary>
    public required string DeadLetter { get; init; }

    /// <summary>In a queue: the message's id.</summary>
    public string? MessageId { get; init; }

    /// <summary>In a queue, with -VisibilityTimeout: what deletes the message as long as it is hidden; else null.</summary>
    public string? ReceiptHandle { get; init; }

    /// <summary>In a queue: how often the message was received, by whomever; Get-FanOutDeadLetter counts too.</summary>
    public int? ReceiveCount { get; init; }

    /// <summary>In a bucket: the key of the object.</summary>
    public string? ObjectKey { get; init; }

    /// <summary>In a bucket: the line of the object, from 1.</summary>
    public int? Line { get; init; }

    /// <summary>When it was stored where it lies; local time.</summary>
    public DateTime? StoredTime { get; init; }

    /// <summary>The letter as it was stored.</summary>
    public required string Body { get; init; }

    /// <summary>The function that gave the record up; null: it is not known.</summary>
    public string? FunctionName { get; init; }

    /// <summary>The region of the queue or bucket.</summary>
    public required string Region { get; init; }

    /// <summary>What can be sent again; null: nothing, the records must be read from the stream.</summary>
    internal LetterContent? Content { get; init; }

    /// <summary>What happened to what.</summary>
    public override string ToString() => $"{Id ?? SourceArn ?? LetterType} {SequenceNumber} {Class} {Code}".Trim();
}
