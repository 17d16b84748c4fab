using System.Collections.Concurrent;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;

namespace FanOut.Engine.Progress;

/// <summary>Notes on progress in the table of mappings.</summary>
/// <remarks>
/// A note holds, record by record, what each mapping has of a batch of which something comes again. However Lambda cuts it anew (from the first failed record on,
/// in halves, with other records), each batch finds all notes on its records by one query, and what they know is put together. A note ends
/// when none of its records comes again as far as is known, or each stands in a newer one. All writing is conditional on what was read, so that invocations
/// that run at the same time do not undo each other.
/// </remarks>
/// <param name="client">The client for the table's region.</param>
/// <param name="tableName">The table's name or ARN.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Marks each writing of a note.</param>
/// <param name="youngest">
/// How old a record at least is when it comes again: a batch that begins with a younger one is not looked up, which spares healthy streams the
/// call. What makes it so is that an invocation which has noted progress does not answer before all records that come again are so old. Zero:
/// every batch is looked up, no answer waits.
/// </param>
public sealed class ProgressTable(IAmazonDynamoDB client, string tableName, TimeProvider time, Random random, TimeSpan youngest = default) : IProgressStore
{
    /// <summary>What the hash keys of notes begin with.</summary>
    public const string KeyPrefix = NoteKeys.HashPrefix;

    private const string Read = "dynamodb:Query", Write = "dynamodb:PutItem", Delete = "dynamodb:DeleteItem";

    // What waits behind a batch that is blocked for longer is noted again when the rest is less.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(2), Rest = TimeSpan.FromDays(1);

    // Sending again is better than waiting longer for the note that would spare it.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    // A role of an older FanOut may not do everything: asking with each batch would only cost.
    private static readonly TimeSpan PauseAfterDenial = TimeSpan.FromMinutes(1);

    // What the clocks of the source and of the function may differ by. Both are AWS's, which are kept within milliseconds.
    private static readonly TimeSpan Skew = TimeSpan.FromMilliseconds(500);

    private readonly NoteTable _table = new(client, tableName, time, random);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _deniedUntil = new();

    /// <inheritdoc/>
    public async Task<BatchProgress> ReadAsync(RecordGroup group, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (!MayDo(Read) || AgeOf(group, 0) < youngest)
        {
            return BatchProgress.None;
        }

        using var patience = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            (List<Note> notes, bool areAll) = await _table.ReadAsync(new NoteKeys(group), time.GetUtcNow() + Rest, either.Token).ConfigureAwait(false);
            string? problem = areAll ? null : $"There are more notes on progress in table {tableName} than are read, so what was delivered may be sent again.";
            return notes.Count == 0 && areAll ? BatchProgress.None : BatchProgress.Of(notes, RecordDigests.Of(group), problem);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return BatchProgress.Unknown(Describe("could not be read in", Read, e));
        }
    }

    /// <inheritdoc/>
    public async Task<string?> WriteAsync(RecordGroup group, int first, IReadOnlyList<Outcome> outcomes, BatchProgress before, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(before);
        if (!MayDo(Read))
        {
            // Nobody would find it.
            return null;
        }

        var keys = new NoteKeys(group);
        ulong[] records = RecordDigests.Of(group);
        bool isWhole = true;
        IReadOnlyList<Note> notes = first == records.Length || !MayDo(Write) ? [] : new TakeNotes(keys, records, Settled(outcomes, before)).From(first, time.GetUtcNow() + Lifetime, out isWhole);

        // What is settled for all, and what stands in the new notes, needs the old ones no more.
        HashSet<ulong> handled = isWhole && (notes.Count > 0 || first == records.Length) ? [.. records] : [.. records.Take(first), .. notes.SelectMany(static n => n.Records)];
        handled.Remove(RecordDigests.None);
        string? problem = await NoteAsync(keys, notes, handled, before, cancellationToken).ConfigureAwait(false);
        if (problem is not null)
        {
            return problem;
        }

        problem = await EndAsync(keys, notes, handled, before, cancellationToken).ConfigureAwait(false)
            ?? (isWhole ? null : $"Progress is more than table {tableName} has room for, so what was delivered may be sent again in part. Smaller batches need less.");
        if (notes.Count > 0)
        {
            await AgeAsync(group, first, cancellationToken).ConfigureAwait(false);
        }

        return problem;
    }

    // New notes first: what they replace must not be gone before they stand.
    private async Task<string?> NoteAsync(NoteKeys keys, IReadOnlyList<Note> notes, HashSet<ulong> handled, BatchProgress before, CancellationToken cancellationToken)
    {
        try
        {
            foreach (Note note in notes)
            {
                Note? known = before.Notes.FirstOrDefault(n => n.Key == note.Key);
                await _table.PutAsync(keys, note, known, handled, cancellationToken).ConfigureAwait(false);
            }

            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Describe("could not be noted in", Write, e);
        }
    }

    private async Task<string?> EndAsync(NoteKeys keys, IReadOnlyList<Note> notes, HashSet<ulong> handled, BatchProgress before, CancellationToken cancellationToken)
    {
        string permission = Write;
        DateTimeOffset now = time.GetUtcNow();
        try
        {
            foreach (Note old in before.Notes.Where(o => notes.All(n => n.Key != o.Key)))
            {
                if (old.IsAbout(handled))
                {
                    Note? next = old.Without(handled, now + Lifetime);
                    permission = next is null ? Delete : Write;
                    if (MayDo(permission))
                    {
                        await _table.ReplaceAsync(keys, old, next, cancellationToken).ConfigureAwait(false);
                    }
                }
                else if (notes.Count > 0 && keys.Shard is not null && old.Open.HasAnySet() && old.Expires < now + Rest)
                {
                    // It waits behind this batch. Not for DynamoDB: its streams end sooner than its notes, and the shard may be another.
                    permission = Write;
                    await _table.ReplaceAsync(keys, old, old.Until(now + Lifetime), cancellationToken).ConfigureAwait(false);
                }
            }

            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Describe("could not be brought to its end in", permission, e);
        }
    }

    /// <summary>Waits until all records that come again are so old that the next invocation looks the note up, whichever of them its batch begins with.</summary>
    private async Task AgeAsync(RecordGroup group, int first, CancellationToken cancellationToken)
    {
        if (youngest == TimeSpan.Zero)
        {
            return;
        }

        TimeSpan age = TimeSpan.MaxValue;
        for (int i = first; i < group.Records.Count; i++)
        {
            TimeSpan other = AgeOf(group, i);
            age = other < age ? other : age;
        }

        TimeSpan missing = age == TimeSpan.MaxValue ? TimeSpan.Zero : youngest + Skew - age;
        if (missing > TimeSpan.Zero)
        {
            // Without time for it the batch may be sent again: that is no reason not to answer.
            await Task.Delay(missing, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private TimeSpan AgeOf(RecordGroup group, int record) =>
        youngest > TimeSpan.Zero && EventFacts.Of(group.Records[record]).ArrivalTime is { } arrival ? time.GetUtcNow() - arrival : TimeSpan.MaxValue;

    // Of mappings that are not active now, too: they may be again before the batch is through.
    private static Dictionary<string, SettledRecords> Settled(IReadOnlyList<Outcome> outcomes, BatchProgress before)
    {
        var settled = new Dictionary<string, SettledRecords>(before.Settled, StringComparer.Ordinal);
        foreach (Outcome outcome in outcomes)
        {
            settled[MappingNames.Of(outcome.Mapping)] = outcome.Settled();
        }

        return settled;
    }

    private bool MayDo(string permission) => !_deniedUntil.TryGetValue(permission, out DateTimeOffset until) || time.GetUtcNow() >= until;

    private string Describe(string what, string permission, Exception e)
    {
        string advice = "";
        if (e is AmazonServiceException { ErrorCode: "AccessDeniedException" })
        {
            _deniedUntil[permission] = time.GetUtcNow() + PauseAfterDenial;
            advice = $" Allow the function's role {permission} on the table (Publish-FanOutFunction does), or set FANOUT_PROGRESS to false.";
        }

        string effect = permission == Delete ? "so what was delivered is not sent again if the stream is replayed" : "so what was delivered may be sent again";
        return $"Progress {what} table {tableName}, {effect}. {e.Message}{advice}";
    }
}
