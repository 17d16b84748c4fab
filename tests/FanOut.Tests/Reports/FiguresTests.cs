using System.Globalization;
using FanOut.Reports;
using FanOut.Reports.Pages;

namespace FanOut.Tests.Reports;

/// <summary>Numbers, times and money as a page shows them.</summary>
public sealed class FiguresTests
{
    [Theory]
    [InlineData(0, "0/min")]
    [InlineData(0.5, "< 1/h")]
    [InlineData(24, "1/h")]
    [InlineData(36, "1.5/h")]
    [InlineData(1440, "1/min")]
    [InlineData(1_440_000, "1,000/min")]
    public void Rates_of_a_day(double count, string expected) => Assert.Equal(expected, Figures.Rate(count, TimeSpan.FromDays(1)));

    [Theory]
    [InlineData("0", "$0")]
    [InlineData("0.0000001", "less than $0.001")]
    [InlineData("0.00423", "$0.0042")]
    [InlineData("0.0461", "$0.046")]
    [InlineData("0.128", "$0.13")]
    [InlineData("1234.5", "$1,234.50")]
    public void Money_to_the_digits_that_count(string dollars, string expected) => Assert.Equal(expected, Figures.Money(decimal.Parse(dollars, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("00:00:00.045", "45 ms")]
    [InlineData("00:00:01.25", "1.3 s")]
    [InlineData("00:03:04", "3 min 4 s")]
    [InlineData("02:00:10", "2 h")]
    [InlineData("1.03:59:00", "1 d 3 h")]
    public void Durations(string duration, string expected) => Assert.Equal(expected, Figures.Duration(TimeSpan.Parse(duration, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(999, "999")]
    [InlineData(1500, "1.5k")]
    [InlineData(103_898, "103.9k")]
    [InlineData(9_429_012, "9.43M")]
    [InlineData(2_000_000_000, "2G")]
    public void Large_counts_in_short(double count, string expected) => Assert.Equal(expected, Figures.Short(count));

    [Fact]
    public void They_are_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        string page = ReportPage.Of(ReportSample.Of(30));
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = ".", CurrencyDecimalSeparator = "," } };
            Assert.Equal(("1,234", "1.5k", "$0.046"), (Figures.Count(1234), Figures.Short(1500), Figures.Money(0.046m)));
            Assert.Equal(page, ReportPage.Of(ReportSample.Of(30)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
