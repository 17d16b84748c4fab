using System.Text.Json;
using Amazon.Runtime;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Kinesis;

/// <summary>Amazon Kinesis Data Streams.</summary>
public sealed partial class AmazonKinesisClient : AwsClient
{
    /// <summary>A client for a region.</summary>
    /// <param name="credentials">The credentials to sign with; null: those of the SDK's default chain.</param>
    /// <param name="config">Region and endpoint, made with <see cref="Service"/>.</param>
    public AmazonKinesisClient(AWSCredentials? credentials, AwsClientConfig config)
        : base(credentials, Service, config)
    {
        WireRequest putRecords = AwsJson.Request("1.1", "Kinesis_20131202", "PutRecords");
        _putRecords = Head(putRecords);
        _putRecordsInCbor = Head(new WireRequest("PutRecords") { ContentType = AwsCbor.ContentType, Headers = putRecords.Headers });
        _reader = new AnswerReader<PutRecordsResponse>(ReadPutRecords, _cbor, AmazonKinesisException.Of);
    }

    /// <summary>The service's names.</summary>
    public static AwsService Service { get; } = new("Kinesis", "kinesis", "kinesis", "2013-12-02")
    {
        // 500 entries of PutRecords with a sequence number of up to 129 digits, a shard's id of up to 128 characters, or a sentence.
        MostAnswerBytes = 1024 * 1024,
        IsFipsInGovCloud = true,
    };

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

    /// <summary>The policy of a stream, which lets other accounts in.</summary>
    /// <exception cref="AmazonKinesisException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such stream.</exception>
    public Task<GetResourcePolicyResponse> GetResourcePolicyAsync(GetResourcePolicyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<GetResourcePolicyResponse>(
            "GetResourcePolicy", json => json.Optional("ResourceARN", request.ResourceARN), static (json, response) => response.Policy = json.Text("Policy"), cancellationToken);
    }

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
