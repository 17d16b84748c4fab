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
    /// <remarks>As the sample does, by their bytes: what is not read yet is taken to be like what was.</remarks>
    public long? TotalOf(ReplayRequest request, IReadOnlyDictionary<string, ReplayedShard> shards)
    {
        GivenUpShard[] all = [.. _files.Shards(request.ShardIds)];
        long read = all.Sum(static s => s.BytesRead), ahead = all.Sum(s => shards.GetValueOrDefault(s.Id) is { IsDone: true } ? 0 : s.BytesAhead);
        return read == 0 ? null : all.Sum(static s => s.HandedOut) + (long)Math.Round((double)ahead / read * all.Sum(static s => s.Records));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StreamPage> ReadAsync(string shardId, ReplayRequest request, ReplayedShard done, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        GivenUpShard shard = _files[shardId];
        await foreach (IReadOnlyList<GivenUpFile> second in _list.BySecondAsync(shard.Folders, cancellationToken).ConfigureAwait(false))
        {
            ILookup<bool, GivenUpFile> files = second.ToLookup(f => IsWanted(f, request.From, done));
            foreach (GivenUpFile unwanted in files[false])
            {
                shard.Leave(unwanted);
            }

            await foreach (GivenUpEvent given in _read.InOrderAsync([.. files[true]], cancellationToken).ConfigureAwait(false))
            {
                EventRecord[] wanted = RecordsIn(given, request);
                int settled = given.File.Found.Key == done.Place?.File ? done.Place.Number : 0;
                EventRecord[] open = settled == 0 ? wanted : [.. wanted.Where(r => r.Place!.Number > settled)];
                shard.Read(given.File, wanted.Length, open.Length);
                foreach (IReadOnlyList<EventRecord> page in RecordPages.Of(open))
                {
                    yield return CopyOf(page);
                }
            }
        }

        yield return new StreamPage([], null) { IsLast = true };
    }

    /// <inheritdoc/>
    public async Task<ReplaySample> SampleAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        await ListShardsAsync(cancellationToken).ConfigureAwait(false);
        GivenUpShard[] shards = [.. _files.Shards(request.ShardIds)];
        IReadOnlyList<GivenUpFile> sample = _files.SampleOf(shards.Select(static s => s.Id));
        List<EventRecord> some = [];
        foreach (GivenUpFile file in sample.Where(f => IsWanted(f, request.From, new ReplayedShard())))
        {
            using GivenUpEvent? given = await _read.OfAsync(file, cancellationToken).ConfigureAwait(false);
            if (given is not null)
            {
                some.AddRange(RecordsIn(given, request).Select(static r => r with { Whole = r.Whole.ToArray() }));
            }
        }

        // By their bytes: a file of a batch of 500 and one of a single record tell the same of the others then. Those that are not wanted tell that others are not.
        double share = sample.Count == 0 ? 0 : (double)shards.Sum(static s => s.Bytes) / Math.Max(1, sample.Sum(static f => f.Found.Size));
        return new ReplaySample([.. some.Take(MostPlanned)], shards.Length, Math.Round(some.Count * share), some.Sum(static r => (double)r.Bytes) * share)
        {
            Basis = string.Create(CultureInfo.InvariantCulture, $"{sample.Count:N0} of {shards.Sum(static s => s.Files):N0} files"),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _read.Dispose();

    private static EventRecord[] RecordsIn(GivenUpEvent given, ReplayRequest request) => [.. SplitEvent.Of(given).Where(r => request.From.Includes(r) && request.To.Includes(r))];

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
