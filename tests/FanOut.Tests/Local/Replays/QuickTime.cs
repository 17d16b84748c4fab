namespace FanOut.Tests.Local.Replays;

/// <summary>A clock that runs faster than the system's: what waits for minutes waits for seconds.</summary>
/// <param name="factor">How many times faster.</param>
/// <param name="ahead">How far it is ahead of the system's.</param>
internal sealed class QuickTime(double factor, TimeSpan ahead = default) : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow() + ahead;
    private readonly long _started = System.GetTimestamp();

    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() => _started + (long)((System.GetTimestamp() - _started) * factor);

    public override DateTimeOffset GetUtcNow() => _start + GetElapsedTime(_started);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Quick(dueTime), Quick(period));

    private TimeSpan Quick(TimeSpan span) => span <= TimeSpan.Zero || span == Timeout.InfiniteTimeSpan ? span : span / factor;
}
