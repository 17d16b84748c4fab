namespace FanOut.Views;

/// <summary>Values one after the other as a line of signs, the greatest as the tallest.</summary>
/// <param name="hasBlocks">Whether the screen can show Unicode's blocks.</param>
internal sealed class TrendLine(bool hasBlocks)
{
    /// <summary>How many signs a line has at most.</summary>
    public const int Width = 16;

    private const string Blocks = "·▁▂▃▄▅▆▇█", Ascii = ".:-=+*oO#";

    /// <summary>The line; the first sign means none, and each of the others as much of the greatest value as it is high.</summary>
    /// <param name="values">The values, none below zero. Where there are more than signs, neighbours are added up.</param>
    public string Of(IReadOnlyList<double> values)
    {
        int count = Math.Min(values.Count, Width);
        double[] sums = new double[count];
        for (int i = 0; i < values.Count; i++)
        {
            sums[i * count / values.Count] += values[i];
        }

        string signs = hasBlocks ? Blocks : Ascii;
        double greatest = sums.Length == 0 ? 0 : sums.Max();
        return string.Concat(sums.Select(v => signs[v <= 0 ? 0 : Math.Clamp((int)Math.Ceiling(v / greatest * (signs.Length - 1)), 1, signs.Length - 1)]));
    }
}
