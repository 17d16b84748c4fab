namespace FanOut.Local.Plans;

/// <summary>What a target would get of one record.</summary>
/// <param name="Record">The record's position in the event, from 0.</param>
/// <param name="Key">The key of a document, entry, group or partition, UTF-8; empty: none.</param>
/// <param name="Data">The bytes.</param>
/// <param name="IsDelete">The item was removed: an index or a cache deletes its key.</param>
/// <param name="Texts">What the target needs of it besides, by the names of the mapping's attributes; empty: nothing.</param>
internal sealed record PlannedPayload(int Record, byte[] Key, byte[] Data, bool IsDelete, IReadOnlyDictionary<string, string> Texts);
