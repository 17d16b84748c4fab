using FanOut.Aws.DynamoDBStreams;
using FanOut.Aws.Streams;
using FanOut.Local.Events;

namespace FanOut.Local.Streams;

/// <summary>The stream of a table.</summary>
/// <param name="client">Calls the service.</param>
/// <param name="sourceArn">The stream.</param>
internal sealed class TableShards(AmazonDynamoDBStreamsClient client, string sourceArn) : IStreamService
{
    /// <inheritdoc/>
    public string SourceArn => sourceArn;

    /// <inheritdoc/>
    public int MostRecords => 1_000;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StreamShard>> ListShardsAsync(CancellationToken cancellationToken)
    {
        List<StreamShard> shards = [];
        string? after = null;
        do
        {
            DescribeStreamResponse page = await client.DescribeStreamAsync(
                new DescribeStreamRequest { StreamArn = sourceArn, ExclusiveStartShardId = after }, cancellationToken).ConfigureAwait(false);
            shards.AddRange((page.StreamDescription?.Shards ?? []).Select(static s => new StreamShard(
                s.ShardId!, s.ParentShardId is { } parent ? [parent] : [], s.SequenceNumberRange?.StartingSequenceNumber, s.SequenceNumberRange?.EndingSequenceNumber)));
            after = page.StreamDescription?.LastEvaluatedShardId;
        }
        while (after is not null);
        return shards;
    }

    /// <inheritdoc/>
    public async Task<string> GetIteratorAsync(string shardId, ShardPosition position, CancellationToken cancellationToken)
    {
        ShardPosition known = position.Time is null ? position : ShardPosition.TrimHorizon;
        GetShardIteratorResponse response = await client.GetShardIteratorAsync(
            new GetShardIteratorRequest { StreamARN = sourceArn, ShardId = shardId, ShardIteratorType = known.Type, SequenceNumber = known.SequenceNumber },
            cancellationToken).ConfigureAwait(false);
        return response.ShardIterator!;
    }

    /// <inheritdoc/>
    public async Task<StreamPage> GetRecordsAsync(string shardId, string iterator, int limit, CancellationToken cancellationToken)
    {
        GetRecordsResponse<TableChange> response = await client.GetRecordsAsync(
            new GetRecordsRequest { ShardIterator = iterator, Limit = limit }, cancellationToken).ConfigureAwait(false);
        List<TableChange> changes = response.Records ?? [];
        return new StreamPage([.. changes.Select(c => new EventRecord
        {
            Whole = TableEvent.Of(c.Json, sourceArn),
            Key = c.Keys,
            SequenceNumber = c.SequenceNumber,
            ShardId = shardId,
            Time = c.ApproximateCreationDateTime ?? default,
        })], response.NextShardIterator)
        {
            Bytes = changes.Sum(static c => (long)c.Json.Length),
        };
    }
}
