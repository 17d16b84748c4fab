namespace FanOut.Reports.Charts;

/// <summary>The scale of a chart: from 0 to a round number that no value exceeds.</summary>
/// <param name="Top">That number.</param>
internal sealed record Scale(double Top)
{
    private static readonly double[] Rounds = [1, 2, 4, 5, 10];

    // In milliseconds: what people count time in.
    private static readonly double[] Times =
        [.. new[] { 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400 }.Select(static s => s * 1000)];

    /// <summary>The scale for counts.</summary>
    /// <param name="peak">The greatest of them.</param>
    public static Scale OfCounts(double peak)
    {
        if (peak <= 2)
        {
            return new Scale(2);
        }

        double unit = Math.Pow(10, Math.Floor(Math.Log10(peak)));
        return new Scale(Rounds.First(r => r * unit >= peak) * unit);
    }

    /// <summary>The scale for durations.</summary>
    /// <param name="peak">The greatest of them, in milliseconds.</param>
    public static Scale OfTimes(double peak)
    {
        double round = Array.Find(Times, t => t >= peak);
        return new Scale(round > 0 ? round : Math.Ceiling(peak / Times[^1]) * Times[^1]);
    }
}
