using System.Runtime.CompilerServices;

namespace FanOut.Sources;

/// <summary>Reads a state again and again until it is the wanted one.</summary>
internal static class Poll
{
    /// <summary>The time between two reads. Lambda's changes take seconds to a minute, and its API allows all callers together some ten calls a second.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <summary>The states that were read, one after the other; the last one is the wanted state.</summary>
    /// <param name="look">Reads the state.</param>
    /// <param name="isDone">Whether a state is the wanted one.</param>
    /// <param name="timeout">How long to read; it is read at least once.</param>
    /// <param name="late">Makes the error when the time is over.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public static async IAsyncEnumerable<T> UntilAsync<T>(
        Func<CancellationToken, Task<T>> look,
        Func<T, bool> isDone,
        TimeSpan timeout,
        Func<T, Exception> late,
        TimeProvider time,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        long started = time.GetTimestamp();
        while (true)
        {
            T seen = await look(cancellationToken).ConfigureAwait(false);
            yield return seen;
            if (isDone(seen))
            {
                yield break;
            }

            TimeSpan left = timeout - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                throw late(seen);
            }

            await Task.Delay(left < Pace ? left : Pace, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The last element of a sequence that is not empty.</summary>
    public static async Task<T> LastAsync<T>(IAsyncEnumerable<T> looks, CancellationToken cancellationToken)
    {
        T? last = default;
        await foreach (T seen in looks.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            last = seen;
        }

        return last!;
    }
}
