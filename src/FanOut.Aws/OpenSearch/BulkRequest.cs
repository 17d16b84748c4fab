namespace FanOut.Aws.OpenSearch;

/// <summary>A <c>_bulk</c> call: actions and documents, one per line.</summary>
/// <remarks>https://docs.opensearch.org/latest/api-reference/document-apis/bulk/</remarks>
public sealed class BulkRequest
{
    /// <summary>The path before <c>/_bulk</c>, not encoded: <c>index</c> or <c>index/type</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The body; ends with a line feed. The caller keeps it and disposes of it.</summary>
    public required Protocols.RequestBody Body { get; init; }
}
