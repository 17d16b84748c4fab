using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.LocalCloud.Lambda.EventSources;

/// <summary>A clock that tells each wait that begins on it, and moves only when a test says so.</summary>
internal sealed class SteppedTime() : FakeTimeProvider(Shards.Epoch)
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _waits.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits until somebody waits, moves to the wait's end and answers how long it was.</summary>
    public async Task<TimeSpan> StepAsync()
    {
        var wait = await _waits.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Advance(wait);
        return wait;
    }
}
