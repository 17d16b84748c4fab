using System.Buffers.Text;
using System.Text;
using FanOut.Aws.Protocols;
using FanOut.Engine.Batching;
using FanOut.Engine.Json;
using FanOut.Engine.Mappings;
using FanOut.Engine.Templates;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Targets;

/// <summary>Writes the actions of <c>_bulk</c> and their documents, and measures them.</summary>
/// <remarks><code>{"index":{"_index":"orders-de","_id":"17"}}\n{"id":17}\n</code>https://docs.opensearch.org/latest/api-reference/document-apis/bulk/</remarks>
internal sealed class BulkActions
{
    // {"":{}} and a line feed.
    private const int Frame = 8;

    // Of an id: https://docs.opensearch.org/latest/api-reference/document-apis/bulk/
    private const int MostIdBytes = 512;

    // The length of ,"version":…,"version_type":"external_gte" with a version of 19 digits.
    private const int VersionFrame = 60;

    private readonly IndexDestination _destination;
    private readonly DocumentAction _action;
    private readonly DocumentId _id;
    private readonly bool _deletes;
    private readonly int _index;
    private readonly int _sequence;
    private readonly byte[] _documentType;

    // Sequence numbers are unique within a source only, and an index may have documents of several.
    private readonly byte[] _mark;

    /// <summary>The actions of a mapping's target.</summary>
    public BulkActions(Mapping mapping)
    {
        _destination = (IndexDestination)mapping.Destination;
        (_action, _id, _deletes) = (mapping.DocumentAction, mapping.DocumentId, mapping.DeletesRemoved);
        _index = TextTemplates.NumberOf(mapping.Texts, IndexDestination.IndexOfRecord);
        _sequence = TextTemplates.NumberOf(mapping.Texts, SequenceIds.Name);
        HaveVersions = mapping.RecordFormat == RecordFormat.DynamoDbChanges && _deletes && !_destination.IsServerless;
        _documentType = Encoding.UTF8.GetBytes(_destination.DocumentType ?? "");
        _mark = Encoding.ASCII.GetBytes($"-{Digest.Of(mapping.SourceArn):x16}");
    }

    /// <summary>Whether each action names its index, which is made of the record. Where the path has the index, it has the type too.</summary>
    public bool NamesIndex => _index >= 0;

    /// <summary>
    /// Whether documents have versions: changes that a Kinesis stream carries may come late. When they happened is the document's version then, of which the index keeps the latest;
    /// of the same microsecond, or millisecond, any. Documents that are created, or not those of items, have none.
    /// </summary>
    /// <remarks>That OpenSearch Serverless takes versions could not be confirmed: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-genref.html</remarks>
    public bool HaveVersions { get; }

    /// <summary>What the order of actions is worth.</summary>
    public CallOrder Order => _id != DocumentId.Key ? CallOrder.Independent

        // The first of an id stays, or another index has another document of it: then a later one does not stand for an earlier.
        : _action == DocumentAction.Create || NamesIndex ? CallOrder.ByKey
        : CallOrder.LastWins;

    /// <summary>Whether a payload's document is deleted.</summary>
    public bool IsDelete(in Payload payload) => payload.IsDelete && _deletes;

    /// <summary>Whether a document that is there already proves that its record was delivered before: no other record has its id.</summary>
    public bool HasOwnIds => _id == DocumentId.Sequence;

    /// <summary>Why a payload cannot be sent; null: it can.</summary>
    public Failure? ProblemOf(TargetBatch batch, in Payload payload)
    {
        ReadOnlySpan<byte> document = payload.Data.Content.Span;
        if (!IsDelete(payload) && !(payload.IsJson ? document is [(byte)'{', ..] : JsonText.IsJsonObject(document)))
        {
            return new Failure(FailureClass.Undecodable, "NotJson", "The record is not a JSON object, which an index needs.");
        }

        return NamesIndex && IndexName.ProblemOf(batch.TextOf(payload, _index).Span, _destination.Index) is { } problem
            ? new Failure(FailureClass.PermanentItem, "InvalidIndex", $"There can be no index of the name that the mapping makes of the record: {problem}.") : null;
    }

    /// <summary>How many bytes <see cref="Write"/> writes.</summary>
    public int Measure(TargetBatch batch, in Payload payload)
    {
        Span<byte> room = stackalloc byte[MostIdBytes];
        ReadOnlySpan<byte> id = IdOf(batch, payload, room);
        int members = (id.IsEmpty ? 0 : Member("_id"u8, id)) + (HaveVersions ? VersionFrame : 0);
        if (NamesIndex)
        {
            members += Member("_index"u8, batch.TextOf(payload, _index).Span) + (id.IsEmpty ? 0 : 1);
            members += _documentType.Length == 0 ? 0 : Member("_type"u8, _documentType) + 1;
        }

        return Frame + NameOf(payload).Length + members + (IsDelete(payload) ? 0 : payload.Data.Content.Length + 1);
    }

    /// <summary>Writes a payload's action and document, a line each.</summary>
    public void Write(RequestBody body, TargetBatch batch, in Payload payload)
    {
        body.Write("{\""u8);
        body.Write(NameOf(payload));
        body.Write("\":{"u8);
        if (NamesIndex)
        {
            body.Write("\"_index\":"u8);
            body.WriteJsonString(batch.TextOf(payload, _index).Span);
            if (_documentType.Length > 0)
            {
                body.Write(",\"_type\":"u8);
                body.WriteJsonString(_documentType);
            }
        }

        Span<byte> room = stackalloc byte[MostIdBytes];
        ReadOnlySpan<byte> id = IdOf(batch, payload, room);
        if (!id.IsEmpty)
        {
            body.Write(NamesIndex ? ",\"_id\":"u8 : "\"_id\":"u8);
            body.WriteJsonString(id);
        }

        if (HaveVersions)
        {
            body.Write(",\"version\":"u8);
            body.WriteNumber(batch.RankOf(payload.Record));
            body.Write(",\"version_type\":\"external_gte\""u8);
        }

        body.Write("}}\n"u8);
        if (IsDelete(payload))
        {
            return;
        }

        ReadOnlySpan<byte> document = payload.Data.Content.Span;
        JsonText.CopyAsOneLine(document, body.GetSpan(document.Length));
        body.Advance(document.Length);
        body.Write("\n"u8);
    }

    private ReadOnlySpan<byte> NameOf(in Payload payload) => IsDelete(payload) ? "delete"u8 : _action == DocumentAction.Create ? "create"u8 : "index"u8;

    /// <summary>The document's id; empty: the index makes one.</summary>
    private ReadOnlySpan<byte> IdOf(TargetBatch batch, in Payload payload, Span<byte> room) => _id switch
    {
        DocumentId.Key => Keys.ForDocument(payload.Key).Span,
        DocumentId.Sequence => SequenceOf(batch, payload, room),
        _ => default,
    };

    // shardId-000000000000:4959…-0123456789abcdef; of a record in an aggregate: shardId-000000000000:4959….7-0123456789abcdef
    private ReadOnlySpan<byte> SequenceOf(TargetBatch batch, in Payload payload, Span<byte> room)
    {
        ReadOnlySpan<byte> sequence = batch.TextOf(payload, _sequence).Span;
        int length = sequence.Length;
        if (length > MostIdBytes / 2)
        {
            // No service has such numbers, but a source of events made by hand may.
            length = HashKey.WriteSha256Hex(sequence, room);
        }
        else
        {
            sequence.CopyTo(room);
        }

        if (payload.IsSubRecord)
        {
            room[length++] = (byte)'.';
            Utf8Formatter.TryFormat(payload.SubSequence, room[length..], out int digits);
            length += digits;
        }

        _mark.CopyTo(room[length..]);
        return room[..(length + _mark.Length)];
    }

    // "name":"value"
    private static int Member(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => name.Length + 5 + JsonEscape.LengthOf(value);
}
