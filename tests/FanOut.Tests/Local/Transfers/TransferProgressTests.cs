using System.Management.Automation;
using FanOut.Local.Transfers;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.Local.Transfers;

/// <summary>The progress bar of what is sent: rate and time left.</summary>
public sealed class TransferProgressTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void The_rate_is_that_of_the_last_half_minute_and_tells_the_time_that_is_left()
    {
        var progress = new TransferProgress(1, "Sending", _time);
        _time.Advance(TimeSpan.FromSeconds(10));
        ProgressRecord slow = progress.Show(100, 10_000)!;
        for (int i = 1; i <= 6; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            progress.Show(100 + (i * 1_000), 10_000);
        }

        _time.Advance(TimeSpan.FromSeconds(10));
        ProgressRecord quick = progress.Show(7_100, 10_000, "archive")!;

        Assert.Equal(("10 a second, 100 of ~10,000 records", 1, 990), (slow.StatusDescription, slow.PercentComplete, slow.SecondsRemaining));
        Assert.Equal(("100 a second, 7,100 of ~10,000 records; archive", 71, 29), (quick.StatusDescription, quick.PercentComplete, quick.SecondsRemaining));
    }

    [Fact]
    public void What_earlier_runs_have_done_is_not_this_one_s_speed()
    {
        var progress = new TransferProgress(1, "Sending", _time, before: 5_000);
        _time.Advance(TimeSpan.FromSeconds(2));

        ProgressRecord shown = progress.Show(5_200, 10_000)!;

        Assert.Equal(("100 a second, 5,200 of ~10,000 records", 52, 48), (shown.StatusDescription, shown.PercentComplete, shown.SecondsRemaining));
    }

    [Fact]
    public void It_is_not_shown_more_often_than_eyes_can_read_and_knows_no_percentage_without_a_total()
    {
        var progress = new TransferProgress(1, "Sending", _time);
        ProgressRecord first = progress.Show(0, null)!;
        _time.Advance(TimeSpan.FromMilliseconds(199));

        Assert.Null(progress.Show(10, null));
        Assert.Equal(("0 records", -1, -1), (first.StatusDescription, first.PercentComplete, first.SecondsRemaining));
        Assert.Equal(ProgressRecordType.Completed, progress.End().RecordType);
    }
}
