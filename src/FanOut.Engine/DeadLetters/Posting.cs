using FanOut.Aws.Protocols;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;

namespace FanOut.Engine.DeadLetters;

/// <summary>One sending of envelopes to a place: all of them count as failed until the place says that it has them.</summary>
internal sealed class Posting(IPlace place, Destination name, Envelopes envelopes, IReadOnlyList<Undelivered> undelivered, TimeProvider time, Random random)
{
    private readonly object _gate = new();
    private readonly bool[] _taken = new bool[undelivered.Count];
    private readonly Failure?[] _why = new Failure?[undelivered.Count];
    private int _next;
    private Letter? _tooMuch;
    private volatile Failure? _ended;

    /// <summary>Sends them all, and says which were not taken.</summary>
    public async Task<Receipt> RunAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Enumerable.Range(0, place.AtATime).Select(_ => LoopAsync(cancellationToken))).ConfigureAwait(false);
        _tooMuch?.Dispose();
        List<ItemFailure> failed = [];
        for (int i = 0; i < _taken.Length; i++)
        {
            if (!_taken[i])
            {
                failed.Add(new ItemFailure(i, _why[i] ?? _ended ?? Refusal.OutOfTime(name, null)));
            }
        }

        return new Receipt(failed);
    }

    private async Task LoopAsync(CancellationToken cancellationToken)
    {
        while (_ended is null && !cancellationToken.IsCancellationRequested && Next() is { Count: > 0 } letters)
        {
            try
            {
                await SendAsync(letters, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                letters.ForEach(static l => l.Dispose());
            }
        }
    }

    /// <summary>The envelopes of the next call; none: there are no more.</summary>
    private List<Letter> Next()
    {
        lock (_gate)
        {
            List<Letter> letters = [];
            long bytes = 0;
            while (letters.Count < place.MostLetters && (_tooMuch is not null || _next < undelivered.Count))
            {
                Letter letter = _tooMuch ?? Write(_next++, place.LetterBytes, null);
                _tooMuch = null;
                bytes += letter.Envelope.Length + place.LetterOverhead;
                if (letters.Count > 0 && bytes > place.CallBytes)
                {
                    _tooMuch = letter;
                    break;
                }

                letters.Add(letter);
            }

            return letters;
        }
    }

    private Letter Write(int index, long most, string? omission)
    {
        var body = new RequestBody(1_024);
        return new Letter(index, undelivered[index], body, envelopes.Write(body, undelivered[index], most, omission));
    }

    private async Task SendAsync(List<Letter> letters, CancellationToken cancellationToken)
    {
        for (int attempt = 0; letters.Count > 0 && _ended is null && !cancellationToken.IsCancellationRequested; attempt++)
        {
            try
            {
                // A place that does not heed the token must not keep the function from answering in time.
                Receipt receipt = await place.SendAsync(letters, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
                letters = await SettleAsync(letters, receipt, cancellationToken).ConfigureAwait(false);
                if (letters.Count == 0)
                {
                    return;
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Failure refusal = Refusal.Of(Classify.Of(e), e, name, place.Action);
                switch (refusal.Class)
                {
                    case FailureClass.PermanentTarget:
                        _ended = refusal;
                        return;
                    case FailureClass.PermanentItem when letters.Count > 1:
                        // For the sake of one that is to be found.
                        int half = letters.Count / 2;
                        await SendAsync(letters[..half], cancellationToken).ConfigureAwait(false);
                        await SendAsync(letters[half..], cancellationToken).ConfigureAwait(false);
                        return;
                    case FailureClass.PermanentItem:
                        await RejectAsync(letters[0], refusal, cancellationToken).ConfigureAwait(false);
                        return;
                }

                letters.ForEach(l => _why[l.Index] = Refusal.OutOfTime(name, refusal));
            }

            if (!await WaitAsync(attempt, cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    /// <summary>Writes down what the receipt says, and returns the envelopes to send again.</summary>
    private async Task<List<Letter>> SettleAsync(List<Letter> letters, Receipt receipt, CancellationToken cancellationToken)
    {
        Dictionary<int, Failure> failures = [];
        foreach ((int index, Failure failure) in receipt.Items)
        {
            // An answer that names what was not sent, or the same twice, cannot be trusted for any.
            if ((uint)index >= (uint)letters.Count || !failures.TryAdd(index, failure))
            {
                throw new UntrustworthyAnswerException($"The place refused envelope {index} of {letters.Count}, which was not sent or was refused already.");
            }
        }

        List<Letter> again = [];
        for (int i = 0; i < letters.Count; i++)
        {
            if (!failures.TryGetValue(i, out Failure? failure))
            {
                _taken[letters[i].Index] = true;
            }
            else if (failure.Class == FailureClass.Refused)
            {
                _why[letters[i].Index] = Refusal.OutOfTime(name, Refusal.Of(failure, name, place.Action));
                again.Add(letters[i]);
            }
            else
            {
                await RejectAsync(letters[i], Refusal.Of(failure, name, place.Action), cancellationToken).ConfigureAwait(false);
            }
        }

        return again;
    }

    /// <summary>It was refused for good: without its data it may be short enough, else it has failed.</summary>
    private async Task RejectAsync(Letter letter, Failure failure, CancellationToken cancellationToken)
    {
        _why[letter.Index] = failure;
        if (letter.HasData && Refusal.IsTooLong(failure))
        {
            Letter shorter;
            lock (_gate)
            {
                shorter = Write(letter.Index, long.MaxValue, $"The place takes no message of that length: {failure.Code}.");
            }

            using (shorter)
            {
                await SendAsync([shorter], cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> WaitAsync(int attempt, CancellationToken cancellationToken)
    {
        double chance;
        lock (random)
        {
            chance = random.NextDouble();
        }

        try
        {
            await Task.Delay(Backoff.Of(attempt, chance), time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
