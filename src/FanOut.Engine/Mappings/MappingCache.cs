using System.Collections.Concurrent;

namespace FanOut.Engine.Mappings;

/// <summary>Keeps the mappings of each source for a while, and the last good copy when they cannot be read again.</summary>
/// <remarks>
/// Callers that ask for the same source at the same time share one read. In the last quarter of a copy's time one is asked for while the old one
/// still serves, so that batches which follow each other never wait for the table. When it fails, they get the last good copy with
/// <see cref="MappingSet.Stale"/> set, as long as that is not older than <see cref="KeepOnError"/>; after that, or without a copy, the error.
/// A table that does not answer for <see cref="Patience"/> has failed, too.
/// </remarks>
/// <param name="source">Where the mappings come from.</param>
/// <param name="refreshAfter">How long a copy is good (FANOUT_REFRESH_SECONDS). Zero: every call reads.</param>
/// <param name="time">The clock.</param>
public sealed class MappingCache(IMappingSource source, TimeSpan refreshAfter, TimeProvider time) : IMappingSource
{
    /// <summary>How long a copy is good unless the environment says otherwise, as in the original: 60 seconds.</summary>
    public static readonly TimeSpan DefaultRefresh = TimeSpan.FromSeconds(60);

    // After an error the table is asked again only after this pause: a failing table must not delay every invocation, but be used soon when it works again.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // Where there is a copy that may be taken: the records, too, need time, and a function may have as little as three seconds.
    private static readonly TimeSpan PatienceWithCopy = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Copy> _copies = new(StringComparer.Ordinal);

    /// <summary>How old the last good copy may be when the table cannot be read.</summary>
    /// <value>Default: one hour.</value>
    public TimeSpan KeepOnError { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a read may take when there is no copy that may be taken instead; where there is one, 2 seconds.</summary>
    /// <remarks>
    /// Callers share the read, so none of their tokens can end it. One that had no end of its own would keep the process from its records for as long as
    /// it lives, when the answer is lost on the way.
    /// </remarks>
    /// <value>5 seconds.</value>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public string Table => source.Table;

    private IMappingSource Source => source;

    private TimeSpan RefreshAfter => refreshAfter;

    private TimeProvider Clock => time;

    private DateTimeOffset Now => time.GetUtcNow();

    // Early enough that batches which come in a row never wait for the table, and that no copy is used for longer than it is good.
    private TimeSpan RefreshBesideAfter => refreshAfter * 3 / 4;

    private TimeSpan PauseAfterError => refreshAfter < LongestPause ? refreshAfter : LongestPause;

    /// <inheritdoc/>
    public Task<MappingSet> ReadAsync(string sourceArn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sourceArn);

        // Callers share the read, so the token of one of them must not cancel it.
        return _copies.GetOrAdd(sourceArn, arn => new Copy(this, arn)).ReadAsync().WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Callers that ask while a read of this kind waits its turn share it. When it fails, the last good copy says so by <see cref="MappingSet.Stale"/>.</remarks>
    public Task<MappingSet> ReadNowAsync(string sourceArn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sourceArn);
        return _copies.GetOrAdd(sourceArn, arn => new Copy(this, arn)).ReadNowAsync().WaitAsync(cancellationToken);
    }

    /// <summary>Makes the next call read the table, unless the copy is only seconds old.</summary>
    /// <param name="sourceArn">The source's ARN, without a consumer.</param>
    public void Invalidate(string sourceArn)
    {
        ArgumentNullException.ThrowIfNull(sourceArn);
        if (_copies.TryGetValue(sourceArn, out Copy? copy))
        {
            copy.Invalidate();
        }
    }

    private sealed class Copy(MappingCache cache, string sourceArn)
    {
        private readonly object _gate = new();
        private Task<MappingSet>? _reading;
        private Task<MappingSet>? _readingNext;
        private MappingSet? _last;
        private DateTimeOffset _readAt;
        private DateTimeOffset _triedAt;
        private DateTimeOffset _triedBesideAt;

        public Task<MappingSet> ReadAsync()
        {
            lock (_gate)
            {
                bool isReading = _reading is { IsCompleted: false };
                if (_last is not null && IsWithin(_triedAt, _last.Stale is null ? cache.RefreshAfter : cache.PauseAfterError))
                {
                    if (!isReading && _last.Stale is null && !IsWithin(_triedAt, cache.RefreshBesideAfter) && !IsWithin(_triedBesideAt, cache.PauseAfterError))
                    {
                        _triedBesideAt = cache.Now;
                        _reading = RefreshAsync(isBeside: true);
                    }

                    return Task.FromResult(_last);
                }

                return isReading ? _reading! : _reading = RefreshAsync();
            }
        }

        public Task<MappingSet> ReadNowAsync()
        {
            lock (_gate)
            {
                if (_reading is not { IsCompleted: false })
                {
                    return _reading = RefreshAsync();
                }

                // One that is under way may have read the row before it was changed.
                return _readingNext ??= AfterAsync(_reading);
            }
        }

        private async Task<MappingSet> AfterAsync(Task reading)
        {
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Task<MappingSet> next;
            lock (_gate)
            {
                _readingNext = null;
                next = _reading = RefreshAsync();
            }

            return await next.ConfigureAwait(false);
        }

        public void Invalidate()
        {
            lock (_gate)
            {
                if (!IsWithin(_triedAt, cache.PauseAfterError))
                {
                    _triedAt = DateTimeOffset.MinValue;
                }
            }
        }

        private async Task<MappingSet> RefreshAsync(bool isBeside = false)
        {
            try
            {
                MappingSet set = await ReadSourceAsync(_last is not null && IsWithin(_readAt, cache.KeepOnError) ? PatienceWithCopy : Patience).ConfigureAwait(false);
                lock (_gate)
                {
                    _readAt = _triedAt = cache.Now;
                    return _last = set;
                }
            }
            catch (Exception error)
            {
                lock (_gate)
                {
                    if (_last is null || !IsWithin(_readAt, cache.KeepOnError))
                    {
                        throw;
                    }

                    if (isBeside && IsWithin(_triedAt, cache.RefreshAfter))
                    {
                        // The copy is as good as it was, and there is time to ask again.
                        return _last;
                    }

                    _triedAt = cache.Now;
                    return _last = _last with { Stale = error };
                }
            }
        }

        private async Task<MappingSet> ReadSourceAsync(TimeSpan patience)
        {
            using var end = new CancellationTokenSource(patience, cache.Clock);
            try
            {
                return await cache.Source.ReadAsync(sourceArn, end.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException e) when (end.IsCancellationRequested)
            {
                throw new MappingsUnavailableException(cache.Table, sourceArn, new TimeoutException($"It has not answered for {patience.TotalSeconds:0} s.", e));
            }
        }

        // After the clock was set back, a copy seems to come from the future: it is read again.
        private bool IsWithin(DateTimeOffset since, TimeSpan span) =>
            cache.Now - since is var age && age >= TimeSpan.Zero && age < span;
    }
}
