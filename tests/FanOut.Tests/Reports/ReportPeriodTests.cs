using FanOut.Reports;

namespace FanOut.Tests.Reports;

/// <summary>How a period is cut into steps.</summary>
public sealed class ReportPeriodTests
{
    private static readonly DateTimeOffset End = new(2026, 11, 28, 9, 37, 12, TimeSpan.Zero);

    [Theory]
    [InlineData("00:05:00", "00:01:00", 5, "09:38")]
    [InlineData("00:48:00", "00:01:00", 48, "09:38")]
    [InlineData("01:00:00", "00:05:00", 12, "09:40")]
    [InlineData("06:00:00", "00:10:00", 36, "09:40")]
    [InlineData("12:00:00", "00:15:00", 48, "09:45")]
    [InlineData("1.00:00:00", "00:30:00", 48, "10:00")]
    [InlineData("1.00:00:01", "01:00:00", 25, "10:00")]
    [InlineData("7.00:00:00", "06:00:00", 28, "12:00")]
    [InlineData("15.00:00:00", "12:00:00", 30, "12:00")]
    [InlineData("63.00:00:00", "2.00:00:00", 32, "00:00")]
    [InlineData("455.00:00:00", "10.00:00:00", 46, "00:00")]
    public void Steps_are_round_and_no_more_than_48(string length, string step, int count, string end)
    {
        ReportPeriod period = ReportPeriod.Of(End - TimeSpan.Parse(length, null), End, End);

        Assert.Equal((step, count, end), (period.Step.ToString(), period.Count, period.End.ToString("HH:mm", null)));
        Assert.InRange(period.End - End, TimeSpan.Zero, period.Step);
        Assert.Equal(0, period.Start.UtcTicks % period.Step.Ticks);
    }

    [Theory]
    [InlineData("1.00:00:00", "1.00:00:00", "09:37:12", "23:37:12")]
    [InlineData("00:05:00", "00:05:00", "09:37:12", "00:04:12")]
    [InlineData("1.00:00:00", "2.00:00:00", "10:00:00", "1.00:00:00")]
    public void It_says_that_it_ends_no_later_than_now(string length, string before, string until, string elapsed)
    {
        DateTimeOffset from = End - TimeSpan.Parse(before, null);
        ReportPeriod period = ReportPeriod.Of(from, from + TimeSpan.Parse(length, null), End);

        Assert.Equal((until, elapsed), (period.Until.ToString("HH:mm:ss", null), period.Elapsed.ToString()));
        Assert.InRange(period.Until, DateTimeOffset.MinValue, End);
    }

    [Theory]
    [InlineData(1, "00:05:00")]
    [InlineData(16, "00:05:00")]
    [InlineData(64, "01:00:00")]
    public void Of_what_is_long_ago_steps_are_as_long_as_what_CloudWatch_keeps(int days, string step) =>
        Assert.Equal(step, ReportPeriod.Of(End.AddHours(-1), End, End.AddDays(days)).Step.ToString());

    [Fact]
    public void Of_another_offset_it_is_the_same_period() => Assert.Equal(
        ReportPeriod.Of(End.AddDays(-1), End, End), ReportPeriod.Of(End.AddDays(-1).ToOffset(TimeSpan.FromHours(2)), End.ToOffset(TimeSpan.FromHours(2)), End));
}
