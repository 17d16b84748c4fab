using System.Runtime.CompilerServices;

namespace FanOut.Sources;

/// <summary>Looks again and again until something is as it should be.</summary>
internal static class Poll
{
    /// <summary>The time between two looks: Lambda's changes take seconds to a minute, and its API allows some ten calls a second to all.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <summary>What was seen, look by look; the last one is as it should be.</summary>
    /// <param name="look">Looks.</param>
    /// <param name="isDone">Whether it is as it should be.</param>
    /// <param name="timeout">How long to look; at least one look is taken.</param>
    /// <param name="late">The error when it is not so in time.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
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

    /// <summary>The last of a sequence that is not empty.</summary>
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
