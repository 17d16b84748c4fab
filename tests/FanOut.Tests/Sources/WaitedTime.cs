using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Sources;

/// <summary>A clock that moves when somebody waits on it, by as much as is waited; nobody really waits.</summary>
internal sealed class WaitedTime(FakeTimeProvider clock) : TimeProvider
{
    private readonly List<TimeSpan> _waits = [];

    /// <summary>The waits so far.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get { lock (_waits) { return [.. _waits]; } }
    }

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_waits)
        {
            _waits.Add(dueTime);
        }

        ITimer timer = clock.CreateTimer(callback, state, dueTime, period);
        ThreadPool.QueueUserWorkItem(_ => clock.Advance(dueTime));
        return timer;
    }
}
