using FanOut.Errors;
using FanOut.Operations;

namespace FanOut.Tests.Operations;

public sealed class MetricRangeTests
{
    private static readonly DateTime Now = new(2026, 11, 28, 10, 7, 30, DateTimeKind.Utc);

    [Theory]
    [InlineData("00:15:00", "00:01:00", "09:52", 16)]
    [InlineData("00:59:00", "00:01:00", "09:08", 60)]
    [InlineData("03:00:00", "00:05:00", "07:05", 37)]
    [InlineData("12:00:00", "00:15:00", "22:00", 49)]
    [InlineData("2.00:00:00", "01:00:00", "10:00", 49)]
    [InlineData("14.00:00:00", "06:00:00", "06:00", 57)]
    [InlineData("400.00:00:00", "1.00:00:00", "00:00", 401)]
    public void Without_a_period_one_is_taken_that_makes_some_dozen_and_they_begin_at_its_multiples(string last, string period, string start, int count)
    {
        MetricRange range = MetricRange.Of(Now - TimeSpan.Parse(last, null), Now, null, Now);

        Assert.Equal((TimeSpan.Parse(period, null), start, count), (range.Period, $"{range.Start:HH:mm}", range.Count));
        Assert.Equal((Now, DateTimeKind.Utc), (range.End, range.Start.Kind));
        Assert.True(range.Start <= Now - TimeSpan.Parse(last, null));
        Assert.Equal(count - 1, range.IndexOf(Now.AddTicks(-1)));
    }

    [Theory]
    [InlineData(1, "00:00:30", "whole minutes")]
    [InlineData(1, "00:00:00", "whole minutes")]
    [InlineData(1, "-00:01:00", "whole minutes")]
    [InlineData(16, "00:01:00", "5 minutes or more")]
    [InlineData(64, "00:05:00", "1 hour or more")]
    [InlineData(2, "00:01:00", "2,880 periods")]
    public void A_period_of_which_CloudWatch_has_no_values_or_too_many_is_an_error(int days, string period, string problem)
    {
        FanOutException error = Assert.Throws<FanOutException>(() => MetricRange.Of(Now.AddDays(-days), Now, TimeSpan.Parse(period, null), Now));

        Assert.Equal("InvalidParameter", error.ErrorId);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }
}
