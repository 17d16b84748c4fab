namespace FanOut;

/// <summary>What a target would get of one record.</summary>
public sealed class FanOutPlannedPayload
{
    /// <summary>The target's id.</summary>
    public required string Id { get; init; }

    /// <summary>The record's position in the event, from 0.</summary>
    public required int Record { get; init; }

    /// <summary>The number of the item that holds it, from 1: of the message, document, entry or record that the target gets. Payloads that share a message have the same.</summary>
    public required int Item { get; init; }

    /// <summary>The key of the document, entry, partition or group; null: none.</summary>
    public string? Key { get; init; }

    /// <summary>What the target gets besides data and key, by the names of the target's settings, such as deduplicationId; empty: nothing.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();

    /// <summary>The data as text.</summary>
    public required string Text { get; init; }

    /// <summary>The data as bytes.</summary>
    public required IReadOnlyList<byte> Data { get; init; }

    /// <summary>Whether the item was removed, so that an index or a cache deletes the key.</summary>
    public bool IsDelete { get; init; }

    /// <summary>The data as text.</summary>
    public override string ToString() => Text;
}
