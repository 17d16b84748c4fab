using Amazon.Runtime;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Firehose;

/// <summary>Amazon Data Firehose.</summary>
public sealed class AmazonKinesisFirehoseClient : AwsClient
{
    private static readonly WireUnmarshaller<PutRecordBatchResponse> PutRecordBatchUnmarshaller =
        new(ReadPutRecordBatch, AwsJson.Instance, AmazonKinesisFirehoseException.Of);

    /// <summary>A client for a region.</summary>
    /// <param name="credentials">Who calls; <see langword="null"/>: the SDK's default chain.</param>
    /// <param name="config">Region and endpoint, made with <see cref="Service"/>.</param>
    public AmazonKinesisFirehoseClient(AWSCredentials? credentials, AwsClientConfig config)
        : base(credentials, Service, config)
    {
    }

    /// <summary>The service's names.</summary>
    public static AwsService Service { get; } = new("Firehose", "firehose", "firehose", "2015-08-04");

    /// <summary>Puts records into a delivery stream and says which were refused.</summary>
    /// <exception cref="AmazonKinesisFirehoseException">The whole call was refused.</exception>
    public async Task<PutRecordBatchResponse> PutRecordBatchAsync(PutRecordBatchRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var body = new RequestBody(SizeOf(request));
        Write(body, request);
        return await SendAsync(AwsJson.Request("1.1", "Firehose_20150804", "PutRecordBatch", body), PutRecordBatchUnmarshaller, cancellationToken)
            .ConfigureAwait(false);
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

    private static void ReadPutRecordBatch(BufferedContext answer, PutRecordBatchResponse response) =>
        (response.FailedPutCount, response.RecordCount, response.Refused) = BatchAnswer.Read(answer.Body, "FailedPutCount"u8, "RequestResponses"u8);
}
