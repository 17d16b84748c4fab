using FanOut.Aws.Protocols;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;

namespace FanOut.Engine.DeadLetters;

/// <summary>One sending of envelopes to a destination: all of them count as failed until the destination says that it has them.</summary>
/// <remarks>Few asynchronous methods and no LINQ over structures on purpose: each of them is a kilobyte or more of the function's package.</remarks>
internal sealed class Posting(IDeadLetterDestination destination, Destination name, Envelopes envelopes, IReadOnlyList<Undelivered> undelivered, TimeProvider time, Random random)
{
    private readonly object _gate = new();
    private readonly bool[] _taken = new bool[undelivered.Count];
    private readonly Failure?[] _why = new Failure?[undelivered.Count];
    private readonly Stack<List<DeadLetter>> _divided = new();
    private int _next;
    private DeadLetter? _tooMuch;
    private volatile Failure? _ended;

    /// <summary>Sends them all, and says which were not taken.</summary>
    public async Task<Receipt> RunAsync(CancellationToken cancellationToken)
    {
        var loops = new Task[destination.AtATime];
        for (int i = 0; i < loops.Length; i++)
        {
            loops[i] = LoopAsync(cancellationToken);
        }

        await Task.WhenAll(loops).ConfigureAwait(false);
        _tooMuch?.Dispose();
        List<ItemFailure> failed = [];
        for (int i = 0; i < _taken.Length; i++)
        {
            if (!_taken[i])
            {
                failed.Add(new ItemFailure(i, _why[i] ?? _ended ?? DeadLetterFailure.OutOfTime(name, null)));
            }
        }

        return new Receipt(failed);
    }

    private async Task LoopAsync(CancellationToken cancellationToken)
    {
        List<DeadLetter> letters = [];
        for (int attempt = 0; ; attempt++)
        {
            if (letters.Count == 0)
            {
                (letters, attempt) = (Next(), 0);
            }

            if (letters.Count == 0 || _ended is not null || cancellationToken.IsCancellationRequested)
            {
                break;
            }

            try
            {
                if (attempt > 0)
                {
                    await Task.Delay(Backoff.Of(attempt - 1, Chance()), time, cancellationToken).ConfigureAwait(false);
                }

                // A destination that does not heed the token must not keep the function from answering in time.
                letters = Settle(letters, await destination.SendAsync(letters, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false));
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                letters = Settle(letters, DeadLetterFailure.Of(Classify.Of(e), e, name, destination.Action));
            }
        }

        letters.ForEach(static l => l.Dispose());
    }

    /// <summary>The envelopes of the next call; none: there are no more.</summary>
    private List<DeadLetter> Next()
    {
        lock (_gate)
        {
            if (_divided.TryPop(out List<DeadLetter>? part))
            {
                return part;
            }

            List<DeadLetter> letters = [];
            long bytes = 0;
            while (letters.Count < destination.MostLetters && (_tooMuch is not null || _next < undelivered.Count))
            {
                DeadLetter letter = _tooMuch ?? Write(_next++, destination.LetterBytes, null);
                _tooMuch = null;
                bytes += letter.Envelope.Length + destination.LetterOverhead;
                if (letters.Count > 0 && bytes > destination.CallBytes)
                {
                    _tooMuch = letter;
                    break;
                }

                letters.Add(letter);
            }

            return letters;
        }
    }

    private DeadLetter Write(int index, long most, string? omission)
    {
        var body = new RequestBody(1_024);
        return new DeadLetter(index, undelivered[index], body, envelopes.Write(body, undelivered[index], most, omission));
    }

    /// <summary>A whole call was refused: writes it down, and returns the envelopes to send again.</summary>
    private List<DeadLetter> Settle(List<DeadLetter> letters, Failure failure)
    {
        switch (failure.Class)
        {
            case FailureClass.PermanentTarget:
                _ended = failure;
                return letters;
            case FailureClass.PermanentItem when letters.Count > 1:
                // For the sake of one that is to be found.
                int half = letters.Count / 2;
                lock (_gate)
                {
                    _divided.Push(letters.GetRange(half, letters.Count - half));
                }

                return letters.GetRange(0, half);
            case FailureClass.PermanentItem:
                return Reject(letters[0], failure) is { } shorter ? [shorter] : [];
            default:
                letters.ForEach(l => _why[l.Index] = DeadLetterFailure.OutOfTime(name, failure));
                return letters;
        }
    }

    /// <summary>Writes down what the receipt says, and returns the envelopes to send again.</summary>
    private List<DeadLetter> Settle(List<DeadLetter> letters, Receipt receipt)
    {
        var failures = new Failure?[letters.Count];
        foreach ((int index, Failure failure) in receipt.Items)
        {
            // An answer that names what was not sent, or the same twice, cannot be trusted for any.
            if ((uint)index >= (uint)failures.Length || failures[index] is not null)
            {
                throw new UntrustworthyAnswerException($"The destination refused envelope {index} of {letters.Count}, which was not sent or was refused already.");
            }

            failures[index] = failure;
        }

        List<DeadLetter> again = [];
        for (int i = 0; i < failures.Length; i++)
        {
            DeadLetter letter = letters[i];
            if (failures[i] is not { } failure)
            {
                _taken[letter.Index] = true;
                letter.Dispose();
                continue;
            }

            failure = DeadLetterFailure.Of(failure, name, destination.Action);
            if (failure.Class == FailureClass.Refused)
            {
                _why[letter.Index] = DeadLetterFailure.OutOfTime(name, failure);
                again.Add(letter);
            }
            else if (Reject(letter, failure) is { } shorter)
            {
                again.Add(shorter);
            }
        }

        return again;
    }

    /// <summary>It was refused for good. Without its data it may be short enough: then that is returned; else it has failed.</summary>
    private DeadLetter? Reject(DeadLetter letter, Failure failure)
    {
        _why[letter.Index] = failure;
        letter.Dispose();
        if (!letter.HasData || !DeadLetterFailure.IsTooLong(failure))
        {
            return null;
        }

        lock (_gate)
        {
            return Write(letter.Index, long.MaxValue, $"The destination takes no message of that length: {failure.Code}.");
        }
    }

    private double Chance()
    {
        lock (random)
        {
            return random.NextDouble();
        }
    }
}
