using System.Text.Json;
using Amazon.Runtime;
using FanOut.Aws.Protocols;
using FanOut.Aws.Signing;

namespace FanOut.Aws.OpenSearch;

/// <summary>An Elasticsearch or OpenSearch domain, or a collection of OpenSearch Serverless.</summary>
public sealed class OpenSearchClient : AwsClient
{
    // Only what is read here; the whole answer of a large call would be large.
    private const string FilterPath = "items.*.status,items.*.error.type,items.*.error.reason";

    private static readonly AnswerReader<BulkResponse> BulkReader = new(ReadBulk, AwsJson.Instance, OpenSearchException.Of);

    private readonly KeptHeads _bulk;

    /// <summary>A client for a domain or collection.</summary>
    /// <param name="credentials">The credentials to sign with; null: those of the SDK's default chain.</param>
    /// <param name="service"><see cref="Domain"/> or <see cref="Serverless"/>.</param>
    /// <param name="config">Region and endpoint, made with the same service.</param>
    public OpenSearchClient(AWSCredentials? credentials, AwsService service, AwsClientConfig config)
        : base(credentials, service, config) => _bulk = new KeptHeads((index, type) => Head(Bulk(index.Length == 0 ? null : index, type)));

    /// <summary>
    /// How many actions one call may have: 5,000. The answer has an entry for each, so this also limits its size.
    /// </summary>
    public const int MostActions = 5_000;

    // An entry without an error has 25 bytes, one with an error some hundred; the reason of an error may quote a field's whole value.
    private const long MostBytes = 4 * 1024 * 1024;

    /// <summary>Managed domains, signed for <c>es</c>.</summary>
    public static AwsService Domain { get; } = new("OpenSearch", "es", "es", "2015-01-01") { MostAnswerBytes = MostBytes };

    /// <summary>OpenSearch Serverless, signed for <c>aoss</c>.</summary>
    public static AwsService Serverless { get; } = new("OpenSearchServerless", "aoss", "aoss", "2021-11-01") { MostAnswerBytes = MostBytes, SendsBodyHash = true };

    /// <summary>Runs the actions and tells which were not done.</summary>
    /// <exception cref="OpenSearchException">The service refused the whole call.</exception>
    public Task<BulkResponse> BulkAsync(BulkRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return SendAsync(_bulk.For(request.Index ?? "", request.DocumentType), request.Body, BulkReader, cancellationToken);
    }

    private static WireRequest Bulk(string? index, string? documentType) => new("Bulk")
    {
        // Not {index+}, which keeps slashes: that of date math belongs to the name.
        Path = index is null ? "/_bulk" : documentType is null ? "/{index}/_bulk" : "/{index}/{type}/_bulk",
        PathParameter = index is null ? null : new("{index}", index),
        Subresource = documentType is null ? null : new("{type}", documentType),
        Query = [new("filter_path", FilterPath)],
        ContentType = "application/x-ndjson",
    };

    // A status that cannot be read is 0: nothing is known of that item, and all of the others.
    // {"took":1,"errors":true,"items":[{"index":{"status":201}},{"index":{"status":400,"error":{"type":"…","reason":"…"}}}]}
    private static void ReadBulk(WireAnswer answer, BulkResponse response)
    {
        List<BulkItem>? notDone = null;
        var reader = new Utf8JsonReader(answer.Body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isItems = reader.ValueTextEquals("items"u8);
            reader.Read();
            if (!isItems || reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }

            for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; response.ItemCount++)
            {
                BulkItem item = ReadItem(ref reader, response.ItemCount);
                if (item.Status is < 200 or > 299)
                {
                    (notDone ??= []).Add(item);
                }
            }
        }

        response.NotDone = notDone ?? (IReadOnlyList<BulkItem>)[];
    }

    private static BulkItem ReadItem(ref Utf8JsonReader reader, int index)
    {
        int status = 0;
        string type = "", reason = "";
        bool hasError = false;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return new BulkItem(index, status, type, reason);
        }

        // The depth is enough to tell the members apart: {"index":{"status":…,"error":{"type":…,"reason":…}}}
        int depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            int level = reader.CurrentDepth - depth;
            bool isStatus = level == 2 && reader.ValueTextEquals("status"u8);
            bool isError = level == 2 && reader.ValueTextEquals("error"u8);
            bool isType = level == 3 && reader.ValueTextEquals("type"u8);
            bool isReason = level == 3 && reader.ValueTextEquals("reason"u8);
            if (isStatus && reader.Read())
            {
                status = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int number) ? number : 0;
            }
            else if (isError && reader.Read())
            {
                hasError |= reader.TokenType != JsonTokenType.Null;
            }
            else if ((isType || isReason) && reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                string text = reader.Text();
                (type, reason) = isType ? (text, reason) : (type, text);
            }
        }

        // A success with an error beside it is neither.
        return new BulkItem(index, hasError && status is >= 200 and <= 299 ? 0 : status, type, reason);
    }
}
