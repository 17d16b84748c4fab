namespace FanOut;

/// <summary>A call that the function would make to a target.</summary>
public sealed class FanOutPlannedCall
{
    /// <summary>Its number, from 1. Calls of a target that may be sent at the same time have no order.</summary>
    public required int Number { get; init; }

    /// <summary>The operation: PutRecords, SendMessageBatch, POST /_bulk; of a cache: SET and DEL.</summary>
    public required string Operation { get; init; }

    /// <summary>Where it goes; null: a cache, whose destination says it.</summary>
    public Uri? Uri { get; init; }

    /// <summary>How many items it holds: records, messages, documents or entries.</summary>
    public required int Items { get; init; }

    /// <summary>How many records these items hold together.</summary>
    public required int Records { get; init; }

    /// <summary>The items' size in bytes, as the target counts it against its limit.</summary>
    public required long Bytes { get; init; }

    /// <summary>The different keys: of documents, entries, partitions, groups; empty where the target has none.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>By what the target knows an item again: the documents' ids, the deduplication ids of FIFO queues and topics, the name of an execution, the Idempotency-Key of http; empty where it has none.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>What the first item holds, as text.</summary>
    public required string First { get; init; }

    /// <summary>The request's body, byte for byte as the function sends it; empty for caches.</summary>
    public IReadOnlyList<byte> Body { get; init; } = [];

    /// <summary>Operation and size.</summary>
    public override string ToString() => $"{Operation} ({Items} items, {Bytes} bytes)";
}
