namespace FanOut.Aws.OpenSearch;

/// <summary>A <c>_bulk</c> call: actions and documents, one per line.</summary>
/// <remarks>https://docs.opensearch.org/latest/api-reference/document-apis/bulk/</remarks>
public sealed class BulkRequest
{
    /// <summary>The index, its alias or date math, not encoded; null: each action names its own.</summary>
    public string? Index { get; init; }

    /// <summary>The type of the documents, not encoded; null, also where there is no <see cref="Index"/>: none, as there are no types since OpenSearch 2 and Elasticsearch 8.</summary>
    public string? DocumentType { get; init; }

    /// <summary>The body; ends with a line feed. The caller keeps it and disposes of it.</summary>
    public required Protocols.RequestBody Body { get; init; }
}
