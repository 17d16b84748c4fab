using Amazon.Runtime;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Kinesis;

/// <summary>Amazon Kinesis Data Streams.</summary>
public sealed class AmazonKinesisClient : AwsClient
{
    private static readonly WireUnmarshaller<PutRecordsResponse> PutRecordsUnmarshaller =
        new(ReadPutRecords, AwsJson.Instance, AmazonKinesisException.Of);

    /// <summary>A client for a region.</summary>
    /// <param name="credentials">Who calls; <see langword="null"/>: the SDK's default chain.</param>
    /// <param name="config">Region and endpoint, made with <see cref="Service"/>.</param>
    public AmazonKinesisClient(AWSCredentials? credentials, AwsClientConfig config)
        : base(credentials, Service, config)
    {
    }

    /// <summary>The service's names.</summary>
    public static AwsService Service { get; } = new("Kinesis", "kinesis", "kinesis", "2013-12-02");

    /// <summary>Puts records into a stream and says which were refused.</summary>
    /// <exception cref="AmazonKinesisException">The whole call was refused.</exception>
    public async Task<PutRecordsResponse> PutRecordsAsync(PutRecordsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var body = new RequestBody(SizeOf(request));
        Write(body, request);
        return await SendAsync(AwsJson.Request("1.1", "Kinesis_20131202", "PutRecords", body), PutRecordsUnmarshaller, cancellationToken).ConfigureAwait(false);
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

    private static void ReadPutRecords(BufferedContext answer, PutRecordsResponse response) =>
        (response.FailedRecordCount, response.RecordCount, response.Refused) = BatchAnswer.Read(answer.Body, "FailedRecordCount"u8, "Records"u8);
}
