namespace FanOut.LocalCloud.OpenSearch;

/// <summary>A document of an index.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its version: counted from 1, or the external one.</param>
/// <param name="Source">Its JSON, UTF-8.</param>
public sealed record StoredDocument(string Id, long Version, ReadOnlyMemory<byte> Source);
