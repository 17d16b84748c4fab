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

    // The length of ,"version":…,"version_type":"external_gte" with a version of 19 digits.
    private const int VersionFrame = 60;

    private readonly IndexDestination _destination;
    private readonly int _index;

    /// <summary>The actions of a mapping's target.</summary>
    public BulkActions(Mapping mapping)
    {
        _destination = (IndexDestination)mapping.Destination;
        _index = TextTemplates.NumberOf(mapping.Texts, IndexDestination.IndexOfRecord);
        HaveVersions = mapping.RecordFormat == RecordFormat.DynamoDbChanges && !_destination.IsServerless;
        DocumentType = _destination.DocumentType is { } type ? System.Text.Encoding.UTF8.GetBytes(type) : default;
    }

    /// <summary>Whether each action names its index, which is made of the record.</summary>
    public bool NamesIndex => _index >= 0;

    /// <summary>
    /// Whether documents have versions: changes that a Kinesis stream carries may come late. When they happened is the document's version then, of which the index keeps the latest;
    /// of the same microsecond, or millisecond, any.
    /// </summary>
    /// <remarks>That OpenSearch Serverless takes versions could not be confirmed: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-genref.html</remarks>
    public bool HaveVersions { get; }

    // Where the path has the index, it has the type too.
    private ReadOnlyMemory<byte> DocumentType { get; }

    /// <summary>Why a payload cannot be sent; null: it can.</summary>
    public Failure? ProblemOf(TargetBatch batch, in Payload payload)
    {
        ReadOnlySpan<byte> document = payload.Data.Content.Span;
        if (!payload.IsDelete && !(payload.IsJson ? document is [(byte)'{', ..] : JsonText.IsJsonObject(document)))
        {
            return new Failure(FailureClass.Undecodable, "NotJson", "The record is not a JSON object, which an index needs.");
        }

        return NamesIndex && IndexName.ProblemOf(batch.TextOf(payload, _index).Span, _destination.Index) is { } problem
            ? new Failure(FailureClass.PermanentItem, "InvalidIndex", $"There can be no index of the name that the mapping makes of the record: {problem}.") : null;
    }

    /// <summary>How many bytes <see cref="Write"/> writes.</summary>
    public int Measure(TargetBatch batch, in Payload payload)
    {
        int members = Member("_id"u8, Keys.ForDocument(payload.Key).Span) + (HaveVersions ? VersionFrame : 0);
        if (NamesIndex)
        {
            members += Member("_index"u8, batch.TextOf(payload, _index).Span) + 1;
            members += DocumentType.IsEmpty ? 0 : Member("_type"u8, DocumentType.Span) + 1;
        }

        return Frame + NameOf(payload).Length + members + (payload.IsDelete ? 0 : payload.Data.Content.Length + 1);
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
            if (!DocumentType.IsEmpty)
            {
                body.Write(",\"_type\":"u8);
                body.WriteJsonString(DocumentType.Span);
            }

            body.Write(","u8);
        }

        body.Write("\"_id\":"u8);
        body.WriteJsonString(Keys.ForDocument(payload.Key).Span);
        if (HaveVersions)
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

    private static ReadOnlySpan<byte> NameOf(in Payload payload) => payload.IsDelete ? "delete"u8 : "index"u8;

    // "name":"value"
    private static int Member(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => name.Length + 5 + JsonEscape.LengthOf(value);
}
