using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using FanOut.LocalCloud.Streams;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Kinesis;

/// <summary>A data stream.</summary>
public sealed class KinesisStream
{
    private readonly TimeProvider _time;
    private readonly object _gate = new();
    private IReadOnlyList<KinesisShard> _shards;

    internal KinesisStream(string arn, int shards, int maxRecordSizeInKiB, TimeProvider time)
    {
        (Arn, MaxRecordSizeInKiB, _time, Created) = (arn, maxRecordSizeInKiB, time, time.GetUtcNow());
        UInt128 width = UInt128.MaxValue / (UInt128)shards;
        _shards =
        [
            .. Enumerable.Range(0, shards).Select(index => new KinesisShard(
                arn, index, (width * (UInt128)index) + (UInt128)index, index == shards - 1 ? UInt128.MaxValue : (width * (UInt128)(index + 1)) + (UInt128)index)),
        ];
        Source = new EventStream(arn, [.. _shards.Select(shard => shard.Source)]);
    }

    /// <summary>The stream's ARN.</summary>
    public string Arn { get; }

    /// <summary>The stream's name.</summary>
    public string Name => DestinationName.Short(Arn);

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>Its policy, which lets other accounts in; null, the default, for none. It is only described, not enforced.</summary>
    public string? Policy { get; set; }

    /// <summary>The largest size of a record's data and key together, in KiB.</summary>
    public int MaxRecordSizeInKiB { get; }

    /// <summary>The shards, closed ones too. The first ones hold equal parts of the hash keys.</summary>
    public IReadOnlyList<KinesisShard> Shards => _shards;

    /// <summary>The stream as event source mappings read it: the shards with which it was made.</summary>
    public EventStream Source { get; }

    /// <summary>Puts a record directly, without a call over the API; it is not in <see cref="KinesisService.Received"/>.</summary>
    /// <param name="partitionKey">1 to 256 characters; its MD5 chooses the shard.</param>
    /// <param name="data">The bytes.</param>
    /// <param name="explicitHashKey">A decimal number that chooses the shard instead; null, the default, for none.</param>
    public KinesisRecord Put(string partitionKey, ReadOnlyMemory<byte> data, string? explicitHashKey = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(partitionKey);
        return Append(partitionKey, data, explicitHashKey, _time.GetUtcNow()).Record;
    }

    /// <summary>Splits a shard into two.</summary>
    /// <param name="shardId">An open shard.</param>
    /// <param name="newStartingHashKey">The smallest hash key of the second one; null, the default, for the middle.</param>
    /// <returns>The new shards.</returns>
    /// <exception cref="ServiceException">There is no such open shard, or the hash key is none of it.</exception>
    public IReadOnlyList<KinesisShard> Split(string shardId, UInt128? newStartingHashKey = null)
    {
        lock (_gate)
        {
            KinesisShard parent = Open(shardId);
            UInt128 middle = newStartingHashKey ?? (parent.StartingHashKey + ((parent.EndingHashKey - parent.StartingHashKey) / 2) + 1);
            if (middle <= parent.StartingHashKey || middle > parent.EndingHashKey)
            {
                throw new ServiceException("InvalidArgumentException", $"NewStartingHashKey {middle} used in SplitShard() on shard {shardId} in stream {Name} is not both greater than one plus the shard's StartingHashKey {parent.StartingHashKey} and less than the shard's EndingHashKey {parent.EndingHashKey}.");
            }

            parent.Close();
            KinesisShard[] children =
            [
                new(Arn, _shards.Count, parent.StartingHashKey, middle - 1, parent),
                new(Arn, _shards.Count + 1, middle, parent.EndingHashKey, parent),
            ];
            _shards = [.. _shards, .. children];
            return children;
        }
    }

    /// <summary>Merges two neighbouring shards.</summary>
    /// <returns>The new shard.</returns>
    /// <exception cref="ServiceException">There are no such open shards, or they are no neighbours.</exception>
    public KinesisShard Merge(string shardId, string adjacentShardId)
    {
        lock (_gate)
        {
            (KinesisShard one, KinesisShard other) = (Open(shardId), Open(adjacentShardId));
            (KinesisShard low, KinesisShard high) = one.StartingHashKey < other.StartingHashKey ? (one, other) : (other, one);
            if (one == other || low.EndingHashKey + 1 != high.StartingHashKey)
            {
                throw new ServiceException("InvalidArgumentException", $"Shards {shardId} and {adjacentShardId} in stream {Name} are not adjacent.");
            }

            low.Close();
            high.Close();
            KinesisShard child = new(Arn, _shards.Count, low.StartingHashKey, high.EndingHashKey, one, other);
            _shards = [.. _shards, child];
            return child;
        }
    }

    /// <summary>The shard that a record with this key goes to.</summary>
    public KinesisShard ShardFor(string partitionKey, string? explicitHashKey = null)
    {
        UInt128 hash = explicitHashKey is null
            ? BinaryPrimitives.ReadUInt128BigEndian(Checksum.Md5(Encoding.UTF8.GetBytes(partitionKey)))
            : UInt128.Parse(explicitHashKey, NumberStyles.None, CultureInfo.InvariantCulture);
        return _shards.First(shard => !shard.IsClosed && shard.StartingHashKey <= hash && hash <= shard.EndingHashKey);
    }

    internal (KinesisShard Shard, KinesisRecord Record) Append(string partitionKey, ReadOnlyMemory<byte> data, string? explicitHashKey, DateTimeOffset now)
    {
        // So that none comes to a shard that is being closed.
        lock (_gate)
        {
            KinesisShard shard = ShardFor(partitionKey, explicitHashKey);
            return (shard, shard.Append(partitionKey, data, now));
        }
    }

    private KinesisShard Open(string shardId) =>
        _shards.FirstOrDefault(shard => shard.Id == shardId) is not { } found
            ? throw new ServiceException("ResourceNotFoundException", $"Could not find shard {shardId} in stream {Name} under account {ArnText.Part(Arn, 4)}.")
            : !found.IsClosed ? found
            : throw new ServiceException("InvalidArgumentException", $"Shard {shardId} in stream {Name} under account {ArnText.Part(Arn, 4)} has already been merged or split, and thus is not eligible for merging or splitting.");
}
