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
    private IReadOnlyList<StreamShard>? _ordered;

    /// <summary>How many files there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many objects are no such files by their names.</summary>
    public int Skipped { get; private set; }

    /// <summary>Shards; empty before all files are listed.</summary>
    /// <param name="only">Only these; empty: all.</param>
    public IEnumerable<GivenUpShard> Shards(IReadOnlyCollection<string> only) => _ordered is null ? [] : _shards.Values.Where(s => only.Count == 0 || only.Contains(s.Id));

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

    /// <summary>Some of the files of some shards, of which each had the same chance.</summary>
    /// <param name="shardIds">The shards.</param>
    public IReadOnlyList<GivenUpFile> SampleOf(IEnumerable<string> shardIds)
    {
        // By the number of a file among all: a shard with more files gives more of its sample.
        List<(GivenUpShard Shard, Queue<GivenUpFile> Sample, int Left)> shards = [.. shardIds.Select(id => (_shards[id], Shuffled(_shards[id].Sample), _shards[id].Files))];
        List<GivenUpFile> sample = [];
        for (int left = shards.Sum(static s => s.Left); left > 0 && sample.Count < MostSampled; left--)
        {
#pragma warning disable CA5394 // It is no secret which files are looked at.
            int number = random.Next(left), at = 0;
#pragma warning restore CA5394
            while (number >= shards[at].Left)
            {
                number -= shards[at++].Left;
            }

            sample.Add(shards[at].Sample.Dequeue());
            shards[at] = shards[at] with { Left = shards[at].Left - 1 };
        }

        return sample;
    }

    private Queue<GivenUpFile> Shuffled(IEnumerable<GivenUpFile> files)
    {
        GivenUpFile[] all = [.. files];
#pragma warning disable CA5394 // It is no secret which files are looked at.
        random.Shuffle(all);
#pragma warning restore CA5394
        return new Queue<GivenUpFile>(all);
    }

    private void Add(GivenUpFile file)
    {
        if (!_shards.TryGetValue(file.ShardId, out GivenUpShard? shard))
        {
            _shards[file.ShardId] = shard = new GivenUpShard(file.ShardId);
        }

        shard.Add(file, random);
        Count++;
    }
}
