using FanOut.Local.Transfers;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Local.Transfers;

/// <summary>-MaxRecordsPerSecond.</summary>
public sealed class RecordPaceTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Records_wait_for_those_before_them_and_time_in_which_none_went_is_not_made_up_for()
    {
        var pace = new RecordPace(10, _time);
        _time.Advance(TimeSpan.FromHours(1));
        await pace.WaitAsync(10, TestContext.Current.CancellationToken);

        Task next = pace.WaitAsync(5, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await next;

        Task last = pace.WaitAsync(1, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(last.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await last;
    }

    [Fact]
    public async Task Without_a_limit_nothing_waits_and_with_one_no_more_go_together_than_in_a_second()
    {
        var free = new RecordPace(null, _time);
        await free.WaitAsync(1_000_000, TestContext.Current.CancellationToken);
        await free.WaitAsync(1, TestContext.Current.CancellationToken);

        Assert.Equal((500, 10), (free.AtATime(500), new RecordPace(10, _time).AtATime(500)));
    }

    [Fact]
    public async Task The_wait_ends_with_its_token()
    {
        var pace = new RecordPace(1, _time);
        await pace.WaitAsync(100, TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();
        Task waiting = pace.WaitAsync(1, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
