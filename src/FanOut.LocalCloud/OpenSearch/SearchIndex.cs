using System.Text.Json;

namespace FanOut.LocalCloud.OpenSearch;

/// <summary>An index: documents by id, and the versions of deleted ones.</summary>
/// <param name="isDataStream">Whether it is a data stream, which takes new documents with a time stamp and nothing else.</param>
internal sealed class SearchIndex(bool isDataStream = false)
{
    private const string TimeStamp = "@timestamp";

    private readonly object _gate = new();
    private readonly Dictionary<string, StoredDocument> _documents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _deletedVersions = new(StringComparer.Ordinal);
    private int _sequence = -1;

    public IReadOnlyDictionary<string, StoredDocument> Documents
    {
        get { lock (_gate) { return new Dictionary<string, StoredDocument>(_documents, StringComparer.Ordinal); } }
    }

    /// <summary>Executes one bulk action, whose form has been checked; every result is an item of the answer.</summary>
    public BulkOutcome Apply(BulkAction action)
    {
        if (isDataStream && ProblemOf(action) is { } problem)
        {
            return problem;
        }

        lock (_gate)
        {
            string id = action.Id ?? Guid.NewGuid().ToString("N");
            StoredDocument? there = _documents.GetValueOrDefault(id);
            long last = there?.Version ?? _deletedVersions.GetValueOrDefault(id);
            if (action.ExternalVersion is { } external && (action.TakesEqual ? external < last : external <= last))
            {
                return BulkOutcome.Conflict(id, $"[{id}]: version conflict, current version [{last}] is higher {(action.TakesEqual ? "than" : "or equal to")} the one provided [{external}]");
            }

            if (action.Name == "create" && there is not null)
            {
                return BulkOutcome.Conflict(id, $"[{id}]: version conflict, document already exists (current version [{there.Version}])");
            }

            long version = action.ExternalVersion ?? last + 1;
            return action.Name switch
            {
                "delete" => Delete(id, there, version),
                "update" => Update(action, id, there, version),
                _ => Store(new StoredDocument(id, version, action.Source), there),
            };
        }
    }

    // https://github.com/opensearch-project/OpenSearch/blob/main/server/src/main/java/org/opensearch/action/bulk/TransportBulkAction.java
    // and .../index/mapper/DataStreamFieldMapper.java
    private static BulkOutcome? ProblemOf(BulkAction action)
    {
        if (action.Name != "create")
        {
            return new BulkOutcome(action.Id, 400, ErrorType: "illegal_argument_exception", Reason: "only write ops with an op_type of create are allowed in data streams");
        }

        using JsonDocument document = JsonDocument.Parse(action.Source);
        return document.RootElement.TryGetProperty(TimeStamp, out _) ? null
            : new BulkOutcome(action.Id, 400, ErrorType: "mapper_parsing_exception", Reason: $"failed to parse: data stream timestamp field [{TimeStamp}] is missing");
    }

    private BulkOutcome Delete(string id, StoredDocument? there, long version)
    {
        _documents.Remove(id);
        _deletedVersions[id] = version;
        return there is null
            ? new BulkOutcome(id, 404, "not_found", version, ++_sequence)
            : new BulkOutcome(id, 200, "deleted", version, ++_sequence);
    }

    private BulkOutcome Update(BulkAction action, string id, StoredDocument? there, long version)
    {
        ReadOnlyMemory<byte>? merged = DocumentUpdate.Apply(there?.Source, action.Source);
        return merged is null
            ? new BulkOutcome(id, 404, ErrorType: "document_missing_exception", Reason: $"[{id}]: document missing")
            : Store(new StoredDocument(id, version, merged.Value), there);
    }

    private BulkOutcome Store(StoredDocument document, StoredDocument? there)
    {
        _documents[document.Id] = document;
        return there is null
            ? new BulkOutcome(document.Id, 201, "created", document.Version, ++_sequence)
            : new BulkOutcome(document.Id, 200, "updated", document.Version, ++_sequence);
    }
}
