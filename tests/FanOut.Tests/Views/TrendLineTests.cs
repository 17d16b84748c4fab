using FanOut.Views;

namespace FanOut.Tests.Views;

public sealed class TrendLineTests
{
    [Theory]
    [InlineData("0 1 4 8", "·▁▄█", ".:+#")]
    [InlineData("0 0 0", "···", "...")]
    [InlineData("5 5", "██", "##")]
    [InlineData("0.01 1000000", "▁█", ":#")]
    [InlineData("", "", "")]
    public void The_greatest_value_is_the_tallest_and_only_none_has_the_first_sign(string values, string blocks, string ascii)
    {
        double[] given = [.. values.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static v => double.Parse(v, System.Globalization.CultureInfo.InvariantCulture))];

        Assert.Equal((blocks, ascii), (new TrendLine(true).Of(given), new TrendLine(false).Of(given)));
        Assert.All(new TrendLine(false).Of(given), static c => Assert.True(char.IsAscii(c)));
    }

    [Theory]
    [InlineData(17)]
    [InlineData(61)]
    [InlineData(1_440)]
    public void More_values_than_signs_are_added_up_and_none_is_lost(int count)
    {
        for (int i = 0; i < count; i++)
        {
            double[] values = new double[count];
            values[i] = 1;
            string line = new TrendLine(true).Of(values);
            Assert.Equal((TrendLine.Width, 1), (line.Length, line.Count(static c => c == '█')));
        }
    }
}
