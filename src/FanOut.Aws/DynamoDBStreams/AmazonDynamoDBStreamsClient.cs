using System.Text.Json;
using Amazon;
using Amazon.Runtime;
using FanOut.Aws.Protocols;
using FanOut.Aws.Streams;

namespace FanOut.Aws.DynamoDBStreams;

/// <summary>Amazon DynamoDB Streams, only to read.</summary>
/// <remarks>
/// AWSSDK's own client makes objects of each attribute. Records go on as the JSON that they came as, with all that is in them: for Lambda's events have the
/// same.
/// </remarks>
public sealed class AmazonDynamoDBStreamsClient : AwsClient
{
    /// <summary>A client for a region.</summary>
    /// <param name="credentials">The credentials to sign with; null: those of the SDK's default chain.</param>
    /// <param name="config">Region and endpoint, made with <see cref="Service"/>.</param>
    public AmazonDynamoDBStreamsClient(AWSCredentials? credentials, AwsClientConfig config)
        : base(credentials, Service, config)
    {
    }

    /// <summary>The service's names.</summary>
    public static AwsService Service { get; } = new("DynamoDB Streams", "streams.dynamodb", "dynamodb", "2012-08-10")
    {
        IsFipsInGovCloud = true,
        Exception = static (region, variant) => variant.DualStack && RegionEndpoint.GetBySystemName(region).PartitionName is "aws" or "aws-cn" or "aws-us-gov"
            ? $"streams-dynamodb{(variant.Fips ? "-fips" : "")}.{region}.{ServiceHost.SuffixOf(Service!, region, variant)}" : null,
    };

    /// <summary>A stream with a page of its shards.</summary>
    /// <exception cref="AmazonDynamoDBStreamsException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such stream.</exception>
    public Task<DescribeStreamResponse> DescribeStreamAsync(DescribeStreamRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<DescribeStreamResponse>("DescribeStream", json =>
        {
            json.Optional("StreamArn", request.StreamArn);
            json.Optional("ExclusiveStartShardId", request.ExclusiveStartShardId);
            json.Optional("Limit", request.Limit);
        },
        static (json, response) => response.StreamDescription = json.Structure("StreamDescription", static stream => new StreamDescription
        {
            StreamStatus = stream.Text("StreamStatus"),
            Shards = stream.Each("Shards", Shard.Read),
            LastEvaluatedShardId = stream.Token("LastEvaluatedShardId"),
        }), cancellationToken);
    }

    /// <summary>A place in a shard.</summary>
    /// <exception cref="AmazonDynamoDBStreamsException">
    /// The service refused the call; <c>ResourceNotFoundException</c>: there is no such stream or shard; <c>TrimmedDataAccessException</c>: the record is
    /// more than a day old.
    /// </exception>
    public Task<GetShardIteratorResponse> GetShardIteratorAsync(GetShardIteratorRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<GetShardIteratorResponse>("GetShardIterator", json =>
        {
            json.Optional("StreamArn", request.StreamARN);
            json.Optional("ShardId", request.ShardId);
            json.Optional("ShardIteratorType", request.ShardIteratorType);
            json.Optional("SequenceNumber", request.SequenceNumber);
        },
        static (json, response) => response.ShardIterator = json.Text("ShardIterator"), cancellationToken);
    }

    /// <summary>Records of a shard.</summary>
    /// <exception cref="AmazonDynamoDBStreamsException">
    /// The service refused the call; <c>LimitExceededException</c>: others read the shard too; <c>ExpiredIteratorException</c>: the place was asked for too
    /// long ago; <c>TrimmedDataAccessException</c>: it is more than a day old.
    /// </exception>
    public Task<GetRecordsResponse<TableChange>> GetRecordsAsync(GetRecordsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<GetRecordsResponse<TableChange>>("GetRecords", json =>
        {
            json.Optional("ShardIterator", request.ShardIterator);
            json.Optional("Limit", request.Limit);
        },
        static (json, response) => (response.Records, response.NextShardIterator) = (json.Each("Records", TableChange.Read), json.Text("NextShardIterator")), cancellationToken);
    }

    private async Task<TResponse> CallAsync<TResponse>(
        string operation, Action<Utf8JsonWriter> write, Action<JsonElement, TResponse> read, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new()
    {
        using RequestBody body = AwsJson.Body(write);
        return await SendAsync(AwsJson.Request("1.0", "DynamoDBStreams_20120810", operation, body), AwsJson.Answers(read, AmazonDynamoDBStreamsException.Of), cancellationToken)
            .ConfigureAwait(false);
    }
}
