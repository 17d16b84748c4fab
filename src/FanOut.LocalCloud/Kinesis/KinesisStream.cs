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

    internal KinesisStream(string arn, int shards, int maxRecordSizeInKiB, TimeProvider time)
    {
        (Arn, MaxRecordSizeInKiB, _time, Created) = (arn, maxRecordSizeInKiB, time, time.GetUtcNow());
        UInt128 width = UInt128.MaxValue / (UInt128)shards;
        Shards =
        [
            .. Enumerable.Range(0, shards).Select(index => new KinesisShard(
                arn, index, (width * (UInt128)index) + (UInt128)index, index == shards - 1 ? UInt128.MaxValue : (width * (UInt128)(index + 1)) + (UInt128)index)),
        ];
        Source = new EventStream(arn, [.. Shards.Select(shard => shard.Source)]);
    }

    /// <summary>The stream's ARN.</summary>
    public string Arn { get; }

    /// <summary>The stream's name.</summary>
    public string Name => DestinationName.Short(Arn);

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>The largest size of a record's data and key together, in KiB.</summary>
    public int MaxRecordSizeInKiB { get; }

    /// <summary>The shards; each holds an equal part of the hash keys.</summary>
    public IReadOnlyList<KinesisShard> Shards { get; }

    /// <summary>The stream as event source mappings read it.</summary>
    public EventStream Source { get; }

    /// <summary>Puts a record directly, without a call over the API; it is not in <see cref="KinesisService.Received"/>.</summary>
    /// <param name="partitionKey">1 to 256 characters; its MD5 chooses the shard.</param>
    /// <param name="data">The bytes.</param>
    /// <param name="explicitHashKey">A decimal number that chooses the shard instead; null, the default, for none.</param>
    public KinesisRecord Put(string partitionKey, ReadOnlyMemory<byte> data, string? explicitHashKey = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(partitionKey);
        return ShardFor(partitionKey, explicitHashKey).Append(partitionKey, data, _time.GetUtcNow());
    }

    /// <summary>The shard that a record with this key goes to.</summary>
    public KinesisShard ShardFor(string partitionKey, string? explicitHashKey = null)
    {
        UInt128 hash = explicitHashKey is null
            ? BinaryPrimitives.ReadUInt128BigEndian(Checksum.Md5(Encoding.UTF8.GetBytes(partitionKey)))
            : UInt128.Parse(explicitHashKey, NumberStyles.None, CultureInfo.InvariantCulture);
        return Shards.First(shard => hash <= shard.EndingHashKey);
    }
}
