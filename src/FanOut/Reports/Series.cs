namespace FanOut.Reports;

/// <summary>Values over a period, one for each of its steps.</summary>
/// <param name="Values">The values; null: there is none in that step, which is not the same as 0 where ages are measured.</param>
internal sealed record Series(IReadOnlyList<double?> Values)
{
    /// <summary>The sum of all values.</summary>
    public double Total => Values.Sum(static v => v ?? 0);

    /// <summary>The greatest value; null: there is none.</summary>
    public double? Peak => Values.Max();

    /// <summary>The last value; null: there is none.</summary>
    public double? Last => Values.LastOrDefault(static v => v is not null);

    /// <summary>The last step that counts something; null: none does.</summary>
    public int? LastCounted => Values.Select(static (v, i) => (v, i)).Where(static e => e.v > 0).Select(static e => (int?)e.i).LastOrDefault();

    /// <summary>Nothing in each of some steps.</summary>
    public static Series None(int count) => new(new double?[count]);

    /// <summary>The sums of several series, step by step.</summary>
    public static Series Sum(IEnumerable<Series> series, int count)
    {
        var sums = new double?[count];
        foreach (Series one in series)
        {
            for (int i = 0; i < count; i++)
            {
                sums[i] = one.Values[i] is { } value ? (sums[i] ?? 0) + value : sums[i];
            }
        }

        return new(sums);
    }

    /// <summary>Values made of two series, step by step; null where one of them has none.</summary>
    public static Series Of(Series one, Series other, Func<double, double, double?> make) =>
        new([.. one.Values.Zip(other.Values, (a, b) => a is { } first && b is { } second ? make(first, second) : null)]);
}
