namespace FanOut.Engine.Events;

/// <summary>One record of an event. Everything in it points into the event's buffer; nothing is decoded yet.</summary>
/// <remarks>Text is UTF-8 without JSON's quotes and escapes. Without a <see cref="Problem"/> all of it is valid UTF-8.</remarks>
public readonly struct StreamRecord
{
    /// <summary>The record as it stands in the event's <c>Records</c> array.</summary>
    public ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>The sequence number in decimal digits; for SNS the message's id. Empty only where there is a <see cref="Problem"/>.</summary>
    public ReadOnlyMemory<byte> SequenceNumber { get; init; }

    /// <summary>Kinesis: the partition key. DynamoDB: the <c>Keys</c> object, typed JSON. SNS: the message's id.</summary>
    public ReadOnlyMemory<byte> Key { get; init; }

    /// <summary>Kinesis: the data, base64 text. DynamoDB: the <c>NewImage</c> object, empty where absent. SNS: the message.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Kinesis: whether <see cref="Data"/> is known to be base64 as services of AWS write it; otherwise it may be.</summary>
    public bool IsBase64 { get; init; }

    /// <summary>DynamoDB: the <c>OldImage</c> object, empty where absent.</summary>
    public ReadOnlyMemory<byte> OldImage { get; init; }

    /// <summary>DynamoDB: what happened to the item.</summary>
    public ChangeKind Change { get; init; }

    /// <summary>
    /// A sentence that says why the record cannot be read; then only <see cref="Raw"/> can be relied on, and <see cref="SequenceNumber"/> where it is not empty.
    /// null: it can.
    /// </summary>
    public string? Problem { get; init; }
}
