namespace FanOut.Tests.Progress.Play;

/// <summary>A clock for which nobody waits: who waits for a while makes it go there at once. Deadlines come when it gets there.</summary>
internal sealed class EagerTime : TimeProvider
{
    private static readonly TimeSpan LongestMoment = TimeSpan.FromMilliseconds(100);

    private readonly object _gate = new();
    private readonly List<Deadline> _deadlines = [];
    private DateTimeOffset _now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var deadline = new Deadline(this, callback, state);
        deadline.Change(dueTime, period);

        // Task.Delay is a wait; all others that have timers give up when they ring.
        if (dueTime >= TimeSpan.Zero && state?.GetType().Name.StartsWith("DelayPromise", StringComparison.Ordinal) == true)
        {
            // Not at once: who waits is not ready to be woken before it has the timer.
            ThreadPool.QueueUserWorkItem(_ => AdvanceTo(deadline.Due, deadline));
        }

        return deadline;
    }

    public void Advance(TimeSpan by) => AdvanceTo(GetUtcNow() + by);

    public void AdvanceTo(DateTimeOffset then) => AdvanceTo(then, null);

    // From deadline to deadline: what one of them ends, the others' waits among it, does not take the clock any further.
    private void AdvanceTo(DateTimeOffset then, Deadline? waiting)
    {
        while (true)
        {
            Deadline? next;
            lock (_gate)
            {
                if (waiting is not null && !_deadlines.Contains(waiting))
                {
                    return;
                }

                next = _deadlines.Where(d => d.Due <= then).MinBy(static d => d.Due);
                DateTimeOffset now = next?.Due ?? then;
                _now = now > _now ? now : _now;
                if (next is null)
                {
                    return;
                }

                _deadlines.Remove(next);
            }

            next.Ring();
            if (waiting is not null && next.IsCancellation)
            {
                // Whom it cancels may be between making its timer and heeding the token.
                SpinWait.SpinUntil(() => !IsPending(waiting), LongestMoment);
            }
        }
    }

    private bool IsPending(Deadline deadline)
    {
        lock (_gate)
        {
            return _deadlines.Contains(deadline);
        }
    }

    private sealed class Deadline(EagerTime time, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; private set; } = DateTimeOffset.MaxValue;

        public bool IsCancellation => state is CancellationTokenSource;

        public void Ring() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._deadlines.Remove(this);
                if (dueTime >= TimeSpan.Zero)
                {
                    Due = time._now + dueTime;
                    time._deadlines.Add(this);
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
