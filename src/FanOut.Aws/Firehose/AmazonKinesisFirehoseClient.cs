using System.Text.Json;
using Amazon.Runtime;
using FanOut.Aws.Protocols;
using FanOut.Aws.Signing;

namespace FanOut.Aws.Firehose;

/// <summary>Amazon Data Firehose.</summary>
public sealed class AmazonKinesisFirehoseClient : AwsClient
{
    private static readonly AnswerReader<PutRecordBatchResponse> PutRecordBatchReader =
        new(ReadPutRecordBatch, AwsJson.Instance, AmazonKinesisFirehoseException.Of);

    private readonly RequestHead _putRecordBatch;

    /// <summary>A client for a region.</summary>
    /// <param name="credentials">The credentials to sign with; null: those of the SDK's default chain.</param>
    /// <param name="config">Region and endpoint, made with <see cref="Service"/>.</param>
    public AmazonKinesisFirehoseClient(AWSCredentials? credentials, AwsClientConfig config)
        : base(credentials, Service, config) => _putRecordBatch = Head(AwsJson.Request("1.1", "Firehose_20150804", "PutRecordBatch"));

    /// <summary>The service's names.</summary>
    public static AwsService Service { get; } = new("Firehose", "firehose", "firehose", "2015-08-04")
    {
        // 500 entries of PutRecordBatch with an id of some hundred characters, or a sentence.
        MostAnswerBytes = 1024 * 1024,
    };

    /// <summary>Puts records into a delivery stream and says which were refused.</summary>
    /// <exception cref="AmazonKinesisFirehoseException">The service refused the whole call.</exception>
    public async Task<PutRecordBatchResponse> PutRecordBatchAsync(PutRecordBatchRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var body = new RequestBody(SizeOf(request));
        Write(body, request);
        return await SendAsync(_putRecordBatch, body, PutRecordBatchReader, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A delivery stream.</summary>
    /// <exception cref="AmazonKinesisFirehoseException">
    /// The service refused the call; <c>ResourceNotFoundException</c>: there is no such delivery stream.
    /// </exception>
    public Task<DescribeDeliveryStreamResponse> DescribeDeliveryStreamAsync(DescribeDeliveryStreamRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<DescribeDeliveryStreamResponse>("DescribeDeliveryStream", json =>
        {
            json.Optional("DeliveryStreamName", request.DeliveryStreamName);
        },
        static (json, response) =>
        {
            response.DeliveryStreamDescription = json.Structure("DeliveryStreamDescription", static stream => new DeliveryStreamDescription
            {
                DeliveryStreamName = stream.Text("DeliveryStreamName"),
                DeliveryStreamARN = stream.Text("DeliveryStreamARN"),
                DeliveryStreamStatus = stream.Text("DeliveryStreamStatus"),
                DeliveryStreamType = stream.Text("DeliveryStreamType"),
                EncryptionStatus = stream.Member("DeliveryStreamEncryptionConfiguration")?.Text("Status"),
                EncryptionKeyArn = stream.Member("DeliveryStreamEncryptionConfiguration")?.Text("KeyARN"),
            });
        }, cancellationToken);
    }

    /// <summary>A page of the region's delivery streams.</summary>
    /// <exception cref="AmazonKinesisFirehoseException">The service refused the call.</exception>
    public Task<ListDeliveryStreamsResponse> ListDeliveryStreamsAsync(ListDeliveryStreamsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<ListDeliveryStreamsResponse>("ListDeliveryStreams", json =>
        {
            json.Optional("Limit", request.Limit);
            json.Optional("DeliveryStreamType", request.DeliveryStreamType);
            json.Optional("ExclusiveStartDeliveryStreamName", request.ExclusiveStartDeliveryStreamName);
        },
        static (json, response) =>
        {
            response.DeliveryStreamNames = json.Texts("DeliveryStreamNames");
            response.HasMoreDeliveryStreams = json.Truth("HasMoreDeliveryStreams");
        }, cancellationToken);
    }

    // {"DeliveryStreamName":"…","Records":[{"Data":"base64"},…]}
    private static void Write(RequestBody body, PutRecordBatchRequest request)
    {
        body.Write("{\"DeliveryStreamName\":"u8);
        body.WriteJsonString(request.DeliveryStreamName);
        body.Write(",\"Records\":["u8);
        bool first = true;
        foreach (ref readonly Blob data in request.Records.Span)
        {
            body.Write(first ? "{\"Data\":\""u8 : ",{\"Data\":\""u8);
            first = false;
            body.WriteBase64(data);
            body.Write("\"}"u8);
        }

        body.Write("]}"u8);
    }

    private static int SizeOf(PutRecordBatchRequest request)
    {
        int size = 256;
        foreach (ref readonly Blob data in request.Records.Span)
        {
            size += data.Base64Length + 12;
        }

        return size;
    }

    private static void ReadPutRecordBatch(WireAnswer answer, PutRecordBatchResponse response) =>
        (response.FailedPutCount, response.RecordCount, response.Failed) = BatchAnswer.Read(answer.Body, "FailedPutCount"u8, "RequestResponses"u8, "RecordId"u8);

    private async Task<TResponse> CallAsync<TResponse>(
        string operation, Action<Utf8JsonWriter> write, Action<JsonElement, TResponse> read, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new()
    {
        using RequestBody body = AwsJson.Body(write);
        return await SendAsync(AwsJson.Request("1.1", "Firehose_20150804", operation, body), AwsJson.Answers(read, AmazonKinesisFirehoseException.Of), cancellationToken)
            .ConfigureAwait(false);
    }
}
