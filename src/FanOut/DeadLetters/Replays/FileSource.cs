using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using FanOut.Aws.S3;
using FanOut.Errors;
using FanOut.Local.Events;
using FanOut.Local.Replays;
using FanOut.Local.Streams;

namespace FanOut.DeadLetters.Replays;

/// <summary>The files in which Lambda has put the batches that it gave up: each has the whole event.</summary>
/// <param name="letters">The bucket and the prefix.</param>
/// <param name="sourceArn">The source whose records are wanted; files of others are left out.</param>
/// <param name="random">Picks the sample.</param>
internal sealed class FileSource(BucketLetters letters, string sourceArn, Random random) : IReplaySource
{
    private const int PageRecords = 500, Sampled = 8;
    private const long LargeBytes = 1024 * 1024, KeptBytes = LargeBytes;

    // An event of Lambda has 6 MB, and somewhat more as a text in JSON.
    private const long MostBytes = 64 * 1024 * 1024;

    // Lambda's clock, and those that gave records their times.
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(1);

    private readonly ReadLetter _read = new(letters.Name, letters.Region);
    private readonly ListGivenUp _list = new(letters.Objects);

    // A file of 6 MB takes ten times as much while it is taken apart: one of such at a time, whatever the number of shards.
    private readonly SemaphoreSlim _large = new(1);
    private readonly Dictionary<string, GivenUpShard> _shards = new(StringComparer.Ordinal);
    private readonly List<GivenUpFile> _sample = [];
    private readonly SortedDictionary<string, int> _others = new(StringComparer.Ordinal);
    private IReadOnlyList<StreamShard>? _ordered;
    private int _files;
    private int _skipped;

    /// <inheritdoc/>
    /// <remarks>With a parallelization factor Lambda may give up later records of a shard before earlier ones of other keys.</remarks>
    public bool IsInOrderOfTime => false;

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            List<string> warnings = [];
            if (_skipped > 0)
            {
                warnings.Add($"{_skipped} of the objects in {letters.Name} are by their names no files in which Lambda puts what it gives up, and were not read: those are called …/SHARD/2026/11/25/2026-11-25T16.00.00-….");
            }

            lock (_others)
            {
                if (_others.Count > 0)
                {
                    warnings.Add($"{_others.Values.Sum()} of the files in {letters.Name} are of other sources, and were left out: {string.Join(", ", _others.Keys)}.");
                }
            }

            if (_files == 0)
            {
                warnings.Add($"No files of what Lambda gave up were found in {letters.Name}: is the prefix right?");
            }

            return warnings;
        }
    }

    /// <inheritdoc/>
    /// <remarks>They are listed once: what Lambda adds meanwhile to shards that had no file belongs to another replay.</remarks>
    public async Task<IReadOnlyList<StreamShard>> ListShardsAsync(CancellationToken cancellationToken)
    {
        if (_ordered is { } known)
        {
            return known;
        }

        _shards.Clear();
        (_files, _skipped) = (0, 0);
        string prefix = letters.Bucket.Prefix;
        await foreach (S3ObjectSummary found in letters.Objects.ListAsync(prefix.Length == 0 ? "" : prefix + "/", cancellationToken).ConfigureAwait(false))
        {
            if (GivenUpFile.Of(found) is { } file)
            {
                Add(file);
            }
            else
            {
                _skipped += found.Size > 0 ? 1 : 0;
            }
        }

        return _ordered = OrderShards.Of(_shards.Values);
    }

    /// <inheritdoc/>
    public double? ShareOf(IReadOnlyDictionary<string, ReplayedShard> shards)
    {
        // Not before all are listed: the list is another thread's.
        if (_ordered is null || _shards.Values.Sum(static s => s.Bytes) is not (> 0 and var all))
        {
            return null;
        }

        return (double)_shards.Values.Sum(s => shards.GetValueOrDefault(s.Id) is { IsDone: true } ? s.Bytes : s.BytesRead) / all;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StreamPage> ReadAsync(string shardId, ReplayStart from, ReplayedShard done, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        GivenUpShard shard = _shards[shardId];
        await foreach (IReadOnlyList<GivenUpFile> second in _list.BySecondAsync(shard.Folders, cancellationToken).ConfigureAwait(false))
        {
            List<GivenUpFile> wanted = [];
            foreach (GivenUpFile file in second)
            {
                if (IsWanted(file, from, done))
                {
                    wanted.Add(file);
                }
                else
                {
                    shard.Pass(file);
                }
            }

            await foreach (GivenUpEvent given in InOrderAsync(wanted, cancellationToken).ConfigureAwait(false))
            {
                int settled = given.File.Found.Key == done.Place?.File ? done.Place.Number : 0;
                foreach (EventRecord[] page in SplitEvent.Of(given).Where(r => r.Place!.Number > settled && from.Includes(r)).Chunk(PageRecords))
                {
                    yield return new StreamPage(page, "");
                }

                shard.Pass(given.File);
            }
        }

        yield return new StreamPage([], null) { IsLast = true };
    }

    /// <inheritdoc/>
    public async Task<ReplaySample> SampleAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<StreamShard> all = await ListShardsAsync(cancellationToken).ConfigureAwait(false);
        string[] ids = [.. all.Select(static s => s.Id).Where(id => request.ShardIds.Count == 0 || request.ShardIds.Contains(id))];
        GivenUpFile[] looked = [.. _sample.Where(f => ids.Contains(f.ShardId) && IsWanted(f, request.From, new ReplayedShard()))];
        List<EventRecord> some = [];
        foreach (GivenUpFile file in looked)
        {
            if (await EventOfAsync(file, cancellationToken).ConfigureAwait(false) is { } given)
            {
                some.AddRange(SplitEvent.Of(given).Where(r => request.From.Includes(r) && request.To.Includes(r)));
            }
        }

        // By their bytes: a file of a batch of 500 and one of a single record tell the same of the others then.
        double share = looked.Length == 0 ? 0 : (double)ids.Sum(id => _shards[id].Bytes) / looked.Sum(static f => f.Found.Size);
        return new ReplaySample([.. some.Take(2 * PageRecords)], ids.Length, some.Count * share, some.Sum(static r => (double)r.Bytes) * share)
        {
            Basis = string.Create(CultureInfo.InvariantCulture, $"{looked.Length:N0} of {_files:N0} files"),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _large.Dispose();

    private void Add(GivenUpFile file)
    {
        if (!_shards.TryGetValue(file.ShardId, out GivenUpShard? shard))
        {
            _shards[file.ShardId] = shard = new GivenUpShard(file.ShardId);
        }

        shard.Add(file);
        _files++;

        // Each file has the same chance, however many come.
#pragma warning disable CA5394 // It is no secret which files are looked at.
        int place = _files <= Sampled ? _files - 1 : random.Next(_files);
#pragma warning restore CA5394
        if (place == _sample.Count)
        {
            _sample.Add(file);
        }
        else if (place < Sampled)
        {
            _sample[place] = file;
        }
    }

    // A record is given up when it has come: what was given up before the beginning holds only records from before it.
    private static bool IsWanted(GivenUpFile file, ReplayStart from, ReplayedShard done) =>
        (from.Time is not { } time || string.CompareOrdinal(file.Moment, GivenUpFile.MomentOf(time - ClockDifference)) >= 0)
        && (done.Place is not { } place || (string.CompareOrdinal(file.Moment, place.Moment) >= 0 && !done.Beside.Contains(file.Found.Key)));

    // In what was given up within a second, names have no order, but the numbers of the records.
    private async IAsyncEnumerable<GivenUpEvent> InOrderAsync(List<GivenUpFile> files, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool areKept = files.Sum(static f => f.Found.Size) <= KeptBytes;
        List<GivenUpEvent> some = [];
        foreach (GivenUpFile file in files)
        {
            if (await EventOfAsync(file, cancellationToken).ConfigureAwait(false) is { } given)
            {
                some.Add(areKept || files.Count == 1 ? given : given with { Json = default });
            }
        }

        some.Sort(static (x, y) => SequenceNumbers.IsOne(x.Number) && SequenceNumbers.IsOne(y.Number) && SequenceNumbers.Compare(x.Number, y.Number) is not 0 and var order
            ? order
            : string.CompareOrdinal(x.File.Found.Key, y.File.Found.Key));
        foreach (GivenUpEvent given in some)
        {
            if ((given.Json.IsEmpty ? await EventOfAsync(given.File, cancellationToken).ConfigureAwait(false) : given) is { } whole)
            {
                yield return whole;
            }
        }
    }

    /// <summary>What a file holds; null: it is another source's, or gone.</summary>
    private async Task<GivenUpEvent?> EventOfAsync(GivenUpFile file, CancellationToken cancellationToken)
    {
        bool isLarge = file.Found.Size > LargeBytes;
        if (isLarge)
        {
            await _large.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            if (file.Found.Size > MostBytes)
            {
                throw FanOutError.FileWithoutEvent(letters.Name, file.Found.Key, $"It has {file.Found.Size} bytes: no event is so long.");
            }

            return await letters.Objects.GetAsync(file.Found, cancellationToken).ConfigureAwait(false) is ({ } _, { } data) ? EventOf(file, data) : null;
        }
        finally
        {
            if (isLarge)
            {
                _large.Release();
            }
        }
    }

    private GivenUpEvent? EventOf(GivenUpFile file, byte[] data)
    {
        (string Report, ReadOnlyMemory<byte>? Event) parts;
        try
        {
            parts = SplitReport.Of(data);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw FanOutError.FileWithoutEvent(letters.Name, file.Found.Key, e is JsonException ? "It is no JSON." : "It is no text.");
        }

        FanOutDeadLetter letter = _read.Of(new StoredLetter(parts.Report, null));
        ReadOnlyMemory<byte>? json = parts.Event ?? letter.Data;
        if (letter is { SourceArn: { } other } && other != sourceArn)
        {
            lock (_others)
            {
                _others[other] = _others.GetValueOrDefault(other) + 1;
            }

            return null;
        }

        return letter is { Problem: null, LetterType: "Event" or "Batch" } && json is { IsEmpty: false } whole ? new GivenUpEvent(file, letter.SequenceNumber ?? "", whole)
            : throw FanOutError.FileWithoutEvent(letters.Name, file.Found.Key, letter.Problem ?? letter.DataOmitted ?? "It holds no event of Lambda.");
    }
}
