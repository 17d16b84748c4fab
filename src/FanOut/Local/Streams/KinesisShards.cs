using FanOut.Aws.Kinesis;
using FanOut.Aws.Streams;
using FanOut.Engine.Mappings;
using FanOut.Local.Events;

namespace FanOut.Local.Streams;

/// <summary>A Kinesis stream.</summary>
/// <param name="client">Calls the service.</param>
/// <param name="sourceArn">The stream.</param>
internal sealed class KinesisShards(AmazonKinesisClient client, string sourceArn) : IStreamService
{
    // Beside the ARN, which alone tells of a stream of another account, for emulators that are older than it.
    private readonly string _name = Arn.TryParse(sourceArn, out Arn? arn) ? arn.ResourceName : sourceArn;

    /// <inheritdoc/>
    public string SourceArn => sourceArn;

    /// <inheritdoc/>
    public int MostRecords => 10_000;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StreamShard>> ListShardsAsync(CancellationToken cancellationToken)
    {
        List<StreamShard> shards = [];
        string? token = null;
        do
        {
            // The token stands for the stream too, and the call is refused with both.
            ListShardsResponse page = await client.ListShardsAsync(
                token is null ? new ListShardsRequest { StreamARN = sourceArn, StreamName = _name } : new ListShardsRequest { NextToken = token }, cancellationToken).ConfigureAwait(false);
            shards.AddRange((page.Shards ?? []).Select(static s => new StreamShard(
                s.ShardId!, [.. new[] { s.ParentShardId, s.AdjacentParentShardId }.OfType<string>()], s.SequenceNumberRange?.StartingSequenceNumber, s.SequenceNumberRange?.EndingSequenceNumber)));
            token = page.NextToken;
        }
        while (token is not null);
        return shards;
    }

    /// <inheritdoc/>
    public async Task<string> GetIteratorAsync(string shardId, ShardPosition position, CancellationToken cancellationToken)
    {
        GetShardIteratorResponse response = await client.GetShardIteratorAsync(
            new GetShardIteratorRequest
            {
                StreamARN = sourceArn,
                StreamName = _name,
                ShardId = shardId,
                ShardIteratorType = position.Type,
                SequenceNumber = position.SequenceNumber,
                Timestamp = position.Time?.UtcDateTime,
            },
            cancellationToken).ConfigureAwait(false);
        return response.ShardIterator!;
    }

    /// <inheritdoc/>
    public async Task<StreamPage> GetRecordsAsync(string shardId, string iterator, int limit, CancellationToken cancellationToken)
    {
        GetRecordsResponse<ShardData> response = await client.GetRecordsAsync(
            new GetRecordsRequest { StreamARN = sourceArn, ShardIterator = iterator, Limit = limit }, cancellationToken).ConfigureAwait(false);
        List<EventRecord> records = [.. (response.Records ?? []).Select(r => new EventRecord
        {
            Key = r.PartitionKey,
            Data = r.Data,
            SequenceNumber = r.SequenceNumber,
            ShardId = shardId,
            Time = r.ApproximateArrivalTimestamp ?? default,
        })];
        return new StreamPage(records, response.NextShardIterator)
        {
            Behind = response.MillisBehindLatest is { } behind ? TimeSpan.FromMilliseconds(behind) : null,
            Bytes = records.Sum(static r => (long)r.Data.Length),
        };
    }
}
