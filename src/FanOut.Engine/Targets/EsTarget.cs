using FanOut.Aws.OpenSearch;
using FanOut.Aws.Protocols;
using FanOut.Engine.Batching;
using FanOut.Engine.Faults;
using FanOut.Engine.Json;
using FanOut.Engine.Mappings;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Targets;

/// <summary>An index of Elasticsearch or OpenSearch: <c>_bulk</c>, the record's key as the document's id; removed items are deleted.</summary>
internal sealed class EsTarget : ITarget
{
    // https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-bulk: the index has a newer version of the document already.
    private const string VersionConflict = "version_conflict_engine_exception";

    // The length of {"index":{"_id":""}} and a line feed; "delete" has one letter more, and a document has a line feed of its own.
    private const int Frame = 21;

    // The length of ,"version":…,"version_type":"external_gte" with a version of 19 digits.
    private const int VersionFrame = 60;

    private readonly OpenSearchClient _client;
    private readonly IndexDestination _index;

    // Changes that a Kinesis stream carries may come late. When they happened is the document's version then, of which the index keeps the latest; of the same microsecond, or
    // millisecond, any. That OpenSearch Serverless takes versions could not be confirmed: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-genref.html
    private readonly bool _hasVersions;

    public EsTarget(Mapping mapping, OpenSearchClient client)
    {
        _client = client;
        _index = (IndexDestination)mapping.Destination;
        _hasVersions = mapping.RecordFormat == RecordFormat.DynamoDbChanges && !_index.IsServerless;
        int callBytes = mapping.MaxBatchBytes ?? 10_485_760;
        Limits = new Limits(OpenSearchClient.MostActions, Math.Min(mapping.MaxItemBytes ?? callBytes, callBytes), callBytes);
        Cutter = new SingleItems(Measure, Limits);
    }

    public Limits Limits { get; }

    public PayloadForm Form => PayloadForm.Bytes;

    public IItemCutter Cutter { get; }

    public CallOrder CallOrder => CallOrder.LastWins;

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
            Write(body, batch, batch[item.First]);
        }

        BulkResponse response = await _client.BulkAsync(new BulkRequest { Index = _index.Index, DocumentType = _index.DocumentType, Body = body }, cancellationToken).ConfigureAwait(false);
        UntrustworthyAnswerException.ThrowIfDifferent("_bulk", response.ItemCount, items.Length);
        Receipt receipt = Read(batch, items.Span, response);
        TargetFaultException.ThrowIfAll(receipt.Items, items.Length);
        return receipt;
    }

    public ValueTask DisposeAsync() => default;

    private void Write(RequestBody body, TargetBatch batch, in Payload payload)
    {
        body.Write(payload.IsDelete ? "{\"delete\":{\"_id\":"u8 : "{\"index\":{\"_id\":"u8);
        body.WriteJsonString(Keys.ForDocument(payload.Key).Span);
        if (_hasVersions)
        {
            body.Write(",\"version\":"u8);
            body.WriteNumber(batch.RankOf(payload.Record));
            body.Write(",\"version_type\":\"external_gte\""u8);
        }

        body.Write("}}\n"u8);
        if (payload.IsDelete)
        {
            return;
        }

        ReadOnlySpan<byte> document = payload.Data.Content.Span;
        JsonText.CopyAsOneLine(document, body.GetSpan(document.Length));
        body.Advance(document.Length);
        body.Write("\n"u8);
    }

    private Receipt Read(TargetBatch batch, ReadOnlySpan<Item> items, BulkResponse response)
    {
        List<ItemFailure>? failures = null;
        List<int>? late = null;
        foreach (BulkItem item in response.NotDone)
        {
            if (_hasVersions && item.Status == 409 && item.ErrorType == VersionConflict)
            {
                (late ??= []).Add(item.Index);
                continue;
            }

            // 409: the index has a newer version already. 404 for a deletion: the document is gone already.
            if ((item.Status == 409 && item.ErrorType == VersionConflict) || (item.Status == 404 && batch[items[item.Index].First].IsDelete))
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
        ReadOnlySpan<byte> document = payload.Data.Content.Span;
        failure = payload.IsDelete || (payload.IsJson ? document is [(byte)'{', ..] : JsonText.IsJsonObject(document)) ? null
            : new Failure(FailureClass.Undecodable, "NotJson", "The record is not a JSON object, which an index needs.");
        int key = JsonEscape.LengthOf(Keys.ForDocument(payload.Key).Span) + (_hasVersions ? VersionFrame : 0);
        return payload.IsDelete ? Frame + 1 + key : Frame + key + document.Length + 1;
    }
}
