namespace FanOut.LocalCloud.OpenSearch;

/// <summary>One action of a bulk body, with the document's line when it has one.</summary>
/// <param name="Name"><c>index</c>, <c>create</c>, <c>update</c> or <c>delete</c>.</param>
/// <param name="Index">The index: that of the action, else that of the path.</param>
/// <param name="Id">The document's id; null lets the index choose one.</param>
/// <param name="ExternalVersion">The version that the client gave; null: the index counts versions.</param>
/// <param name="TakesEqual">Whether the version that is there may be written again: <c>external_gte</c>.</param>
/// <param name="Metadata">The action's members as text.</param>
/// <param name="Source">The document's line; empty for <c>delete</c>.</param>
internal sealed record BulkAction(
    string Name, string Index, string? Id, long? ExternalVersion, bool TakesEqual, IReadOnlyDictionary<string, string> Metadata, ReadOnlyMemory<byte> Source);
