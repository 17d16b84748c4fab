using FanOut.Aws.OpenSearch;
using FanOut.Aws.Protocols;
using FanOut.Engine.Batching;
using FanOut.Engine.Faults;
using FanOut.Engine.Mappings;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Targets;

/// <summary>An index of Elasticsearch or OpenSearch, or one for each record: <c>_bulk</c>, the record's key as the document's id; removed items are deleted.</summary>
internal sealed class EsTarget : ITarget
{
    // https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-bulk: the index has the document already, or a newer version of it.
    private const string VersionConflict = "version_conflict_engine_exception";

    // https://github.com/opensearch-project/OpenSearch/blob/main/server/src/main/java/org/opensearch/action/bulk/BulkRequestParser.java
    private const string NoExplicitIndex = "explicit index in bulk is not allowed";

    private readonly OpenSearchClient _client;
    private readonly IndexDestination _index;
    private readonly BulkActions _actions;

    public EsTarget(Mapping mapping, OpenSearchClient client)
    {
        _client = client;
        _index = (IndexDestination)mapping.Destination;
        _actions = new BulkActions(mapping);
        int callBytes = mapping.MaxBatchBytes ?? 10_485_760;
        Limits = new Limits(OpenSearchClient.MostActions, Math.Min(mapping.MaxItemBytes ?? callBytes, callBytes), callBytes);
        Cutter = new SingleItems(Measure, Limits);
    }

    public Limits Limits { get; }

    public PayloadForm Form => PayloadForm.Bytes;

    public IItemCutter Cutter { get; }

    public CallOrder CallOrder => _actions.Order;

    public async Task<Receipt> SendAsync(TargetBatch batch, ReadOnlyMemory<Item> items, CancellationToken cancellationToken)
    {
        int size = 0;
        foreach (ref readonly Item item in items.Span)
        {
            size += item.Bytes;
        }

        using var body = new RequestBody(size + 8);
        foreach (ref readonly Item item in items.Span)
        {
            _actions.Write(body, batch, batch[item.First]);
        }

        BulkRequest request = _actions.NamesIndex ? new() { Body = body } : new() { Index = _index.Index, DocumentType = _index.DocumentType, Body = body };
        BulkResponse response = await BulkAsync(request, cancellationToken).ConfigureAwait(false);
        UntrustworthyAnswerException.ThrowIfDifferent("_bulk", response.ItemCount, items.Length);
        Receipt receipt = Read(batch, items.Span, response);
        if (!_actions.NamesIndex)
        {
            TargetFaultException.ThrowIfAll(receipt.Items, items.Length);
        }

        return receipt;
    }

    public ValueTask DisposeAsync() => default;

    private async Task<BulkResponse> BulkAsync(BulkRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.BulkAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (OpenSearchException e) when (_actions.NamesIndex && e.Message.Contains(NoExplicitIndex, StringComparison.Ordinal))
        {
            // What it refuses is not these documents, but any that name their index.
            throw new TargetFaultException(new Failure(
                FailureClass.PermanentTarget, e.ErrorCode, $"{e.Message}: the mapping makes the index of the record, which needs the domain's option rest.action.multi.allow_explicit_index true."));
        }
    }

    private Receipt Read(TargetBatch batch, ReadOnlySpan<Item> items, BulkResponse response)
    {
        List<ItemFailure>? failures = null;
        List<int>? late = null;
        foreach (BulkItem item in response.NotDone)
        {
            bool isConflict = item.Status == 409 && item.ErrorType == VersionConflict;
            if (isConflict && !_actions.HasOwnIds)
            {
                // The index has a newer version, which the mapping gives documents, or an ingest pipeline of the index; or a document of the key where one was to be created.
                (late ??= []).Add(item.Index);
                continue;
            }

            // 409: it was delivered before. 404 for a deletion: the document is gone already.
            if (isConflict || (item.Status == 404 && _actions.IsDelete(batch[items[item.Index].First])))
            {
                continue;
            }

            string code = item.ErrorType.Length > 0 ? item.ErrorType : item.Status == 0 ? "Unreadable" : $"Http{item.Status}";
            (failures ??= []).Add(new ItemFailure(item.Index, new Failure(ClassOf(item, code), code, item.ErrorReason)));
        }

        return failures is null && late is null ? Receipt.AllTaken : new Receipt(failures ?? (IReadOnlyList<ItemFailure>)[]) { Late = late ?? (IReadOnlyList<int>)[] };
    }

    // An item with a status of its own was judged by itself, so an error that nobody documents is its own; and what is put twice is there once.
    private static FailureClass ClassOf(BulkItem item, string code) => item.Status == 0
        ? FailureClass.Refused
        : ErrorClass.Of(Service.OpenSearch, item.Status, code, item.ErrorReason) switch
        {
            FailureClass.Ambiguous => FailureClass.Refused,
            FailureClass.Unknown => FailureClass.PermanentItem,
            FailureClass known => known,
        };

    private int Measure(TargetBatch batch, in Payload payload, out Failure? failure)
    {
        failure = _actions.ProblemOf(batch, payload);
        return failure is null ? _actions.Measure(batch, payload) : 0;
    }
}
