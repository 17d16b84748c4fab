using FanOut.Reports;
using FanOut.Reports.Charts;

namespace FanOut.Tests.Reports;

/// <summary>Series of values, the scales and the shapes that show them.</summary>
public sealed class SeriesTests
{
    [Fact]
    public void A_series_knows_its_sum_its_peak_and_its_last_values()
    {
        Series series = new([1, null, 5, 0, null]);

        Assert.Equal((6, 5, 0, 2), (series.Total, series.Peak, series.Last, series.LastCounted));
        Assert.Equal((0, null, null, null), (Series.None(2).Total, Series.None(2).Peak, Series.None(2).Last, Series.None(2).LastCounted));
    }

    [Fact]
    public void Sums_and_ratios_leave_out_what_is_not_known()
    {
        Series one = new([1, null, 4]), other = new([2, null, null]);

        Assert.Equal([3, null, 4], Series.Sum([one, other], 3).Values);
        Assert.Equal([0.5, null, null], Series.Of(one, other, static (a, b) => a / b).Values);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(10, 10)]
    [InlineData(11, 20)]
    [InlineData(410, 500)]
    [InlineData(1_000_001, 2_000_000)]
    public void Counts_have_a_round_number_on_top(double peak, double top) => Assert.Equal(top, Scale.OfCounts(peak).Top);

    [Theory]
    [InlineData(1, 100)]
    [InlineData(101, 200)]
    [InlineData(40_000, 60_000)]
    [InlineData(184_000, 300_000)]
    [InlineData(100_000_000, 172_800_000)]
    public void Durations_have_one_that_people_count_in(double peak, double top) => Assert.Equal(top, Scale.OfTimes(peak).Top);

    [Fact]
    public void Bars_stand_on_each_other_and_the_smallest_can_be_seen()
    {
        Assert.Equal("M0.12 100h.76v-50h-.76zM2.12 100h.76v-1h-.76z", ChartPaths.Bars([5, null, 0.001, 0], null, 10, 100));
        Assert.Equal("M0.12 50h.76v-50h-.76z", ChartPaths.Bars([5], [5], 10, 100));
    }

    [Fact]
    public void A_line_is_broken_where_nothing_is_known() => Assert.Equal("M0.5 50h0L1.5 0M3.5 100h0", ChartPaths.Line([5, 10, null, 0], 10, 100));

    [Fact]
    public void An_area_goes_from_edge_to_edge() => Assert.Equal("M0 20L0.5 10L1.5 20L2 20z", ChartPaths.Area([5, null], 10, 20));
}
