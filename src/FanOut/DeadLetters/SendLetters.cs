using System.Globalization;
using System.Text.Json;
using Amazon.Runtime;
using FanOut.Engine;
using FanOut.Engine.Batching;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Local;
using FanOut.Local.Events;
using FanOut.Local.Streams;
using FanOut.Local.Transfers;

namespace FanOut.DeadLetters;

/// <summary>Sends letters again through the function's own engine, and says what became of each.</summary>
/// <param name="engine">The engine.</param>
/// <param name="streams">Opens a stream whose records must be read again, because the letter does not hold them.</param>
/// <param name="time">The clock.</param>
/// <param name="random">The jitter of back-off.</param>
internal sealed class SendLetters(LocalEngine engine, Func<string, IStreamService> streams, TimeProvider time, Random random)
{
    // A target that hangs must not keep the other letters waiting for ever. Most functions have less.
    private static readonly TimeSpan BatchTime = TimeSpan.FromMinutes(1);

    /// <summary>Sends letters of one source to the same mappings: records of one target together, in their order, and what Lambda gave up one by one.</summary>
    /// <param name="letters">The letters, in the order in which they are sent.</param>
    /// <param name="target">Where they go.</param>
    /// <param name="cancellationToken">What is not sent by then has failed.</param>
    public async Task<IReadOnlyList<LetterOutcome>> OfAsync(IReadOnlyList<FanOutDeadLetter> letters, LetterTarget target, CancellationToken cancellationToken)
    {
        FanOutDeadLetter[] together = [.. letters.Where(static l => l.Content?.Record is not null)];
        List<LetterOutcome> outcomes = [];
        if (together.Length > 0)
        {
            outcomes.AddRange(await TogetherAsync(together, target, cancellationToken).ConfigureAwait(false));
        }

        foreach (FanOutDeadLetter letter in letters.Where(static l => l.Content?.Record is null))
        {
            outcomes.Add(await AloneAsync(letter, target, cancellationToken).ConfigureAwait(false));
        }

        return outcomes;
    }

    private async Task<IReadOnlyList<LetterOutcome>> TogetherAsync(FanOutDeadLetter[] letters, LetterTarget target, CancellationToken cancellationToken)
    {
        byte[] json = WriteEvent.Of(target.SourceArn, [.. letters.Select(static l => l.Content!.Record!)]);
        if (await SendAsync(json, target, cancellationToken).ConfigureAwait(false) is { } outcomes && outcomes.Length == letters.Length)
        {
            return [.. letters.Select((l, i) => new LetterOutcome(l, outcomes[i].State, outcomes[i].Failure, outcomes[i].Attempts))];
        }

        // One of them is no record of this source: it is found by sending each by itself.
        List<LetterOutcome> alone = [];
        foreach (FanOutDeadLetter letter in letters)
        {
            alone.Add(letters.Length == 1 ? NoRecord(letter) : (await TogetherAsync([letter], target, cancellationToken).ConfigureAwait(false))[0]);
        }

        return alone;
    }

    private async Task<LetterOutcome> AloneAsync(FanOutDeadLetter letter, LetterTarget target, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> json = letter.Content?.Event ?? default;
        if (json.IsEmpty)
        {
            (json, LetterOutcome? gone) = await ReadAgainAsync(letter, cancellationToken).ConfigureAwait(false);
            if (gone is not null)
            {
                return gone;
            }
        }

        if (await SendAsync(json, target, cancellationToken).ConfigureAwait(false) is not { Length: > 0 } outcomes)
        {
            return NoRecord(letter);
        }

        RecordOutcome worst = outcomes.MaxBy(static o => (int)o.State);
        RecordState state = worst.State == RecordState.Failed ? RecordState.Failed : outcomes.Any(static o => o.State == RecordState.Delivered) ? RecordState.Delivered : RecordState.Filtered;
        return new LetterOutcome(letter, state, worst.Failure, outcomes.Max(static o => o.Attempts)) { Records = outcomes.Length };
    }

    /// <summary>The worst of what became of each record at the targets; null: it is no event of records of one source.</summary>
    private async Task<RecordOutcome[]?> SendAsync(ReadOnlyMemory<byte> json, LetterTarget target, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(BatchTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        DispatchResult result;
        try
        {
            result = await engine.SendAsync(json, [.. target.Mappings.Select(Patience)], either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidEventException or JsonException)
        {
            return null;
        }

        using (result)
        {
            if (result.Groups.Count != 1)
            {
                return null;
            }

            IReadOnlyList<RecordOutcome>[] all = [.. ReadOutcomes.Of(result.Groups[0]).Values];
            return [.. Enumerable.Range(0, result.Groups[0].Group.Records.Count).Select(i => Worst([.. all.Select(a => a[i])]))];
        }
    }

    // One that one target has and another's filter leaves out is delivered.
    private static RecordOutcome Worst(RecordOutcome[] outcomes) =>
        outcomes.FirstOrDefault(static o => o.State == RecordState.Failed, outcomes.FirstOrDefault(static o => o.State == RecordState.Delivered, outcomes[0]));

    // In order, what follows a record that fails again waits with it, as with -OnFailure block. Otherwise a target that is out of reach is left alone at once.
    private static Mapping Patience(Mapping mapping) => mapping with { OnFailure = IsInOrder(mapping) ? OnFailure.Block : OnFailure.DeadLetter };

    /// <summary>Whether the target gets the records of a key one after the other.</summary>
    public static bool IsInOrder(Mapping mapping) =>
        !mapping.Parallel || mapping.Destination is CacheDestination or QueueDestination { IsFifo: true } or TopicDestination { IsFifo: true };

    private async Task<(ReadOnlyMemory<byte> Event, LetterOutcome? Gone)> ReadAgainAsync(FanOutDeadLetter letter, CancellationToken cancellationToken)
    {
        if (letter is not { ShardId: { } shard, SequenceNumber: { } first, SubSequenceNumber: null })
        {
            return (default, LetterOutcome.NotSent(letter, FailureClass.Undecodable, "DataOmitted", $"{FanOutError.Sentence(letter.DataOmitted ?? "The letter does not hold the record.")} It does not say either where the stream has the record."));
        }

        string reason;
        try
        {
            ShardRange range = await new ReadRange(streams(letter.SourceArn!), time, random).OfAsync(shard, first, letter.LastSequenceNumber ?? first, cancellationToken).ConfigureAwait(false);
            if (!range.IsTrimmed)
            {
                return (WriteEvent.Of(letter.SourceArn!, range.Records), null);
            }

            reason = string.Create(CultureInfo.InvariantCulture, $"The stream holds {range.Records.Count} of its {letter.Records ?? 1} records: the others are older than its retention.");
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException or FanOutException)
        {
            reason = $"The records could not be read from {letter.SourceArn} again: {e.Message}";
        }

        return (default, LetterOutcome.NotSent(letter, FailureClass.Undecodable, "Trimmed", reason));
    }

    private static LetterOutcome NoRecord(FanOutDeadLetter letter) =>
        LetterOutcome.NotSent(letter, FailureClass.Undecodable, "NoRecord", "What the letter holds is no record that Lambda would hand over.");
}
