using System.Text.Json;
using FanOut.Aws.Protocols;
using FanOut.Aws.Streams;

namespace FanOut.Aws.Kinesis;

/// <content>What reads a stream.</content>
public sealed partial class AmazonKinesisClient
{
    /// <summary>A page of a stream's shards.</summary>
    /// <exception cref="AmazonKinesisException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such stream.</exception>
    public Task<ListShardsResponse> ListShardsAsync(ListShardsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<ListShardsResponse>("ListShards", json =>
        {
            json.Optional("StreamARN", request.StreamARN);
            json.Optional("StreamName", request.StreamName);
            json.Optional("NextToken", request.NextToken);
            json.Optional("MaxResults", request.MaxResults);
        },
        static (json, response) => (response.Shards, response.NextToken) = (json.Each("Shards", Shard.Read), json.Token("NextToken")), cancellationToken);
    }

    /// <summary>A place in a shard.</summary>
    /// <exception cref="AmazonKinesisException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such stream or shard.</exception>
    public Task<GetShardIteratorResponse> GetShardIteratorAsync(GetShardIteratorRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<GetShardIteratorResponse>("GetShardIterator", json =>
        {
            json.Optional("StreamARN", request.StreamARN);
            json.Optional("StreamName", request.StreamName);
            json.Optional("ShardId", request.ShardId);
            json.Optional("ShardIteratorType", request.ShardIteratorType);
            json.Optional("StartingSequenceNumber", request.SequenceNumber);
            json.Optional("Timestamp", request.Timestamp);
        },
        static (json, response) => response.ShardIterator = json.Text("ShardIterator"), cancellationToken);
    }

    /// <summary>Records of a shard.</summary>
    /// <exception cref="AmazonKinesisException">
    /// The service refused the call; <c>ProvisionedThroughputExceededException</c>: more was read than the shard gives; <c>ExpiredIteratorException</c>:
    /// the place was asked for too long ago.
    /// </exception>
    public async Task<GetRecordsResponse<ShardData>> GetRecordsAsync(GetRecordsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsJson.Body(json =>
        {
            json.Optional("StreamARN", request.StreamARN);
            json.Optional("ShardIterator", request.ShardIterator);
            json.Optional("Limit", request.Limit);
        });
        return await SendAsync(
            AwsJson.Request("1.1", "Kinesis_20131202", "GetRecords", body),
            new AnswerReader<GetRecordsResponse<ShardData>>(ReadRecords, AwsJson.Instance, AmazonKinesisException.Of),
            cancellationToken).ConfigureAwait(false);
    }

    private static void ReadRecords(WireAnswer answer, GetRecordsResponse<ShardData> response)
    {
        var reader = new Utf8JsonReader(answer.Body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isRecords = reader.ValueTextEquals("Records"u8), isNext = reader.ValueTextEquals("NextShardIterator"u8), isBehind = reader.ValueTextEquals("MillisBehindLatest"u8);
            reader.Read();
            if (isRecords && reader.TokenType == JsonTokenType.StartArray)
            {
                response.Records = [];
                while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                {
                    response.Records.Add(ShardData.Read(ref reader));
                }
            }
            else if (reader.TokenType != JsonTokenType.Null)
            {
                response.NextShardIterator = isNext ? reader.GetString() : response.NextShardIterator;
                response.MillisBehindLatest = isBehind ? reader.GetInt64() : response.MillisBehindLatest;
            }

            reader.Skip();
        }
    }
}
