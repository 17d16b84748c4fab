using System.Text.Json;
using Amazon.Runtime;
using FanOut.Aws.Protocols;
using FanOut.Aws.Signing;

namespace FanOut.Aws.Kinesis;

/// <summary>Amazon Kinesis Data Streams.</summary>
public sealed class AmazonKinesisClient : AwsClient
{
    private static readonly AnswerReader<PutRecordsResponse> PutRecordsReader =
        new(ReadPutRecords, AwsJson.Instance, AmazonKinesisException.Of);

    private readonly RequestHead _putRecords;

    /// <summary>A client for a region.</summary>
    /// <param name="credentials">The credentials to sign with; null: those of the SDK's default chain.</param>
    /// <param name="config">Region and endpoint, made with <see cref="Service"/>.</param>
    public AmazonKinesisClient(AWSCredentials? credentials, AwsClientConfig config)
        : base(credentials, Service, config) => _putRecords = Head(AwsJson.Request("1.1", "Kinesis_20131202", "PutRecords"));

    /// <summary>The service's names.</summary>
    public static AwsService Service { get; } = new("Kinesis", "kinesis", "kinesis", "2013-12-02")
    {
        // 500 entries of PutRecords with a sequence number of up to 129 digits, a shard's id of up to 128 characters, or a sentence.
        MostAnswerBytes = 1024 * 1024,
        IsFipsInGovCloud = true,
    };

    /// <summary>Puts records into a stream and says which were refused.</summary>
    /// <exception cref="AmazonKinesisException">The service refused the whole call.</exception>
    public async Task<PutRecordsResponse> PutRecordsAsync(PutRecordsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var body = new RequestBody(SizeOf(request));
        Write(body, request);
        return await SendAsync(_putRecords, body, PutRecordsReader, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A stream, without its shards.</summary>
    /// <exception cref="AmazonKinesisException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such stream.</exception>
    public Task<DescribeStreamSummaryResponse> DescribeStreamSummaryAsync(DescribeStreamSummaryRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<DescribeStreamSummaryResponse>("DescribeStreamSummary", json =>
        {
            json.Optional("StreamName", request.StreamName);
            json.Optional("StreamARN", request.StreamARN);
        },
        static (json, response) => response.StreamDescriptionSummary = json.Structure("StreamDescriptionSummary", ReadStream), cancellationToken);
    }

    /// <summary>A page of the region's streams.</summary>
    /// <exception cref="AmazonKinesisException">The service refused the call.</exception>
    public Task<ListStreamsResponse> ListStreamsAsync(ListStreamsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<ListStreamsResponse>("ListStreams", json =>
        {
            json.Optional("Limit", request.Limit);
            json.Optional("NextToken", request.NextToken);
            json.Optional("ExclusiveStartStreamName", request.ExclusiveStartStreamName);
        },
        static (json, response) =>
        {
            response.StreamNames = json.Texts("StreamNames");
            response.HasMoreStreams = json.Truth("HasMoreStreams");
            response.NextToken = json.Token("NextToken");
            response.StreamSummaries = json.Each("StreamSummaries", static stream => new StreamSummary
            {
                StreamName = stream.Text("StreamName"),
                StreamARN = stream.Text("StreamARN"),
                StreamStatus = stream.Text("StreamStatus"),
                StreamModeDetails = ReadMode(stream),
            });
        }, cancellationToken);
    }

    // {"StreamARN":"…","Records":[{"Data":"base64","PartitionKey":"…","ExplicitHashKey":"…"},…]}
    private static void Write(RequestBody body, PutRecordsRequest request)
    {
        body.Write(request.StreamARN is null ? "{\"StreamName\":"u8 : "{\"StreamARN\":"u8);
        body.WriteJsonString(request.StreamARN ?? request.StreamName ?? throw new ArgumentException("StreamName or StreamARN is needed.", nameof(request)));
        body.Write(",\"Records\":["u8);
        bool first = true;
        foreach (ref readonly PutRecordsRequestEntry entry in request.Records.Span)
        {
            body.Write(first ? "{\"Data\":\""u8 : ",{\"Data\":\""u8);
            first = false;
            body.WriteBase64(entry.Data);
            body.Write("\",\"PartitionKey\":"u8);
            body.WriteJsonString(entry.PartitionKey.Span);
            if (!entry.ExplicitHashKey.IsEmpty)
            {
                body.Write(",\"ExplicitHashKey\":"u8);
                body.WriteJsonString(entry.ExplicitHashKey.Span);
            }

            body.Write("}"u8);
        }

        body.Write("]}"u8);
    }

    private static int SizeOf(PutRecordsRequest request)
    {
        int size = 256;
        foreach (ref readonly PutRecordsRequestEntry entry in request.Records.Span)
        {
            size += entry.Data.Base64Length + entry.PartitionKey.Length + entry.ExplicitHashKey.Length + 60;
        }

        return size;
    }

    private static void ReadPutRecords(WireAnswer answer, PutRecordsResponse response) =>
        (response.FailedRecordCount, response.RecordCount, response.Failed) = BatchAnswer.Read(answer.Body, "FailedRecordCount"u8, "Records"u8, "SequenceNumber"u8);

    private static StreamDescriptionSummary ReadStream(JsonElement json) => new()
    {
        StreamName = json.Text("StreamName"),
        StreamARN = json.Text("StreamARN"),
        StreamStatus = json.Text("StreamStatus"),
        StreamModeDetails = ReadMode(json),
        OpenShardCount = json.Number("OpenShardCount"),
        RetentionPeriodHours = json.Number("RetentionPeriodHours"),
        MaxRecordSizeInKiB = json.Number("MaxRecordSizeInKiB"),
        EncryptionType = json.Text("EncryptionType"),
        KeyId = json.Text("KeyId"),
    };

    private static StreamModeDetails? ReadMode(JsonElement stream) =>
        stream.Structure("StreamModeDetails", static mode => new StreamModeDetails { StreamMode = mode.Text("StreamMode") });

    private async Task<TResponse> CallAsync<TResponse>(
        string operation, Action<Utf8JsonWriter> write, Action<JsonElement, TResponse> read, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new()
    {
        using RequestBody body = AwsJson.Body(write);
        return await SendAsync(AwsJson.Request("1.1", "Kinesis_20131202", operation, body), AwsJson.Answers(read, AmazonKinesisException.Of), cancellationToken)
            .ConfigureAwait(false);
    }
}
