using System.Globalization;
using System.Runtime.CompilerServices;
using FanOut.Aws.Protocols;
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
    private const int MostPlanned = 1000;

    // Lambda's clock, and those that gave records their times.
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(1);

    private readonly GivenUpFiles _files = new(letters, random);
    private readonly ListGivenUp _list = new(letters.Objects);
    private readonly ReadGivenUp _read = new(letters, sourceArn);

    /// <inheritdoc/>
    /// <remarks>With a parallelization factor Lambda may give up later records of a shard before earlier ones of other keys.</remarks>
    public bool IsInOrderOfTime => false;

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            string? skipped = _files.Skipped == 0 ? null
                : $"{_files.Skipped} of the objects in {letters.Name} are by their names no files in which Lambda puts what it gives up, and were not read: those are called …/SHARD/2026/11/25/2026-11-25T16.00.00-….";
            string? none = _files.Count > 0 ? null : $"No files of what Lambda gave up were found in {letters.Name}: is the prefix right?";
            return [.. new[] { skipped, _read.Warning, none }.OfType<string>()];
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StreamShard>> ListShardsAsync(CancellationToken cancellationToken) => _files.ListAsync(cancellationToken);

    /// <inheritdoc/>
    public double? ShareOf(IReadOnlyDictionary<string, ReplayedShard> shards) => _files.Shards.Sum(static s => s.Bytes) is not (> 0 and var all) ? null
        : (double)_files.Shards.Sum(s => shards.GetValueOrDefault(s.Id) is { IsDone: true } ? s.Bytes : s.BytesRead) / all;

    /// <inheritdoc/>
    public async IAsyncEnumerable<StreamPage> ReadAsync(string shardId, ReplayStart from, ReplayedShard done, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        GivenUpShard shard = _files[shardId];
        await foreach (IReadOnlyList<GivenUpFile> second in _list.BySecondAsync(shard.Folders, cancellationToken).ConfigureAwait(false))
        {
            ILookup<bool, GivenUpFile> files = second.ToLookup(f => IsWanted(f, from, done));
            foreach (GivenUpFile unwanted in files[false])
            {
                shard.Pass(unwanted);
            }

            await foreach (GivenUpEvent given in _read.InOrderAsync([.. files[true]], cancellationToken).ConfigureAwait(false))
            {
                int settled = given.File.Found.Key == done.Place?.File ? done.Place.Number : 0;
                foreach (IReadOnlyList<EventRecord> page in RecordPages.Of(SplitEvent.Of(given).Where(r => r.Place!.Number > settled && from.Includes(r))))
                {
                    yield return CopyOf(page);
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
        GivenUpFile[] looked = [.. _files.Sample.Where(f => ids.Contains(f.ShardId) && IsWanted(f, request.From, new ReplayedShard()))];
        List<EventRecord> some = [];
        foreach (GivenUpFile file in looked)
        {
            using GivenUpEvent? given = await _read.OfAsync(file, cancellationToken).ConfigureAwait(false);
            if (given is not null)
            {
                some.AddRange(SplitEvent.Of(given).Where(r => request.From.Includes(r) && request.To.Includes(r)).Select(static r => r with { Whole = r.Whole.ToArray() }));
            }
        }

        // By their bytes: a file of a batch of 500 and one of a single record tell the same of the others then.
        double share = looked.Length == 0 ? 0 : (double)ids.Sum(id => _files[id].Bytes) / looked.Sum(static f => f.Found.Size);
        return new ReplaySample([.. some.Take(MostPlanned)], ids.Length, some.Count * share, some.Sum(static r => (double)r.Bytes) * share)
        {
            Basis = string.Create(CultureInfo.InvariantCulture, $"{looked.Length:N0} of {_files.Count:N0} files"),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _read.Dispose();

    // A record is given up when it has come: what was given up before the beginning holds only records from before it.
    private static bool IsWanted(GivenUpFile file, ReplayStart from, ReplayedShard done) =>
        (from.Time is not { } time || string.CompareOrdinal(file.Moment, GivenUpFile.MomentOf(time - ClockDifference)) >= 0)
        && (done.Place is not { } place || (string.CompareOrdinal(file.Moment, place.Moment) >= 0 && !done.Beside.Contains(file.Found.Key)));

    // A page is still sent when the event has made room for the next one.
    private static StreamPage CopyOf(IReadOnlyList<EventRecord> records)
    {
        RequestBody memory = new(records.Sum(static r => r.Whole.Length));
        List<EventRecord> copies = new(records.Count);
        foreach (EventRecord record in records)
        {
            int start = memory.Length;
            memory.Write(record.Whole.Span);
            copies.Add(record with { Whole = memory.Slice(start) });
        }

        return new StreamPage(copies, "") { Memory = memory };
    }
}
