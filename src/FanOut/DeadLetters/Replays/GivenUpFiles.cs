using FanOut.Aws.S3;
using FanOut.Local.Streams;

namespace FanOut.DeadLetters.Replays;

/// <summary>The files in which Lambda has put what it gave up, as they were listed when the replay began: how many each shard has, and some of them to look at.</summary>
/// <param name="letters">The bucket and the prefix.</param>
/// <param name="random">Picks those that are looked at.</param>
internal sealed class GivenUpFiles(BucketLetters letters, Random random)
{
    private const int MostSampled = 8;

    private readonly Dictionary<string, GivenUpShard> _shards = new(StringComparer.Ordinal);
    private readonly List<GivenUpFile> _sample = [];
    private IReadOnlyList<StreamShard>? _ordered;

    /// <summary>How many files there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many objects are no such files by their names.</summary>
    public int Skipped { get; private set; }

    /// <summary>The shards; empty before all files are listed.</summary>
    public IEnumerable<GivenUpShard> Shards => _ordered is null ? [] : _shards.Values;

    /// <summary>Some of the files, of which each had the same chance.</summary>
    public IReadOnlyList<GivenUpFile> Sample => _sample;

    /// <summary>A shard.</summary>
    public GivenUpShard this[string shardId] => _shards[shardId];

    /// <summary>The shards, each with those whose files are to be sent before its own.</summary>
    /// <remarks>Files are listed once: what Lambda adds meanwhile to shards that had no file belongs to another replay.</remarks>
    public async Task<IReadOnlyList<StreamShard>> ListAsync(CancellationToken cancellationToken)
    {
        if (_ordered is { } known)
        {
            return known;
        }

        // An earlier try may have ended half way.
        _shards.Clear();
        _sample.Clear();
        (Count, Skipped) = (0, 0);
        string prefix = letters.Bucket.Prefix;
        await foreach (S3ObjectSummary found in letters.Objects.ListAsync(prefix.Length == 0 ? "" : prefix + "/", cancellationToken).ConfigureAwait(false))
        {
            if (GivenUpFile.Of(found) is { } file)
            {
                Add(file);
            }
            else
            {
                Skipped += found.Size > 0 ? 1 : 0;
            }
        }

        return _ordered = OrderShards.Of(_shards.Values);
    }

    private void Add(GivenUpFile file)
    {
        if (!_shards.TryGetValue(file.ShardId, out GivenUpShard? shard))
        {
            _shards[file.ShardId] = shard = new GivenUpShard(file.ShardId);
        }

        shard.Add(file);
        Count++;

        // Each file has the same chance, however many come.
#pragma warning disable CA5394 // It is no secret which files are looked at.
        int place = Count <= MostSampled ? Count - 1 : random.Next(Count);
#pragma warning restore CA5394
        if (place == _sample.Count)
        {
            _sample.Add(file);
        }
        else if (place < MostSampled)
        {
            _sample[place] = file;
        }
    }
}
