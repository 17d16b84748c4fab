namespace FanOut.Quickstart;

/// <summary>A target, what it should have got, and how to look at what it has.</summary>
/// <param name="Source">Where its records come from, for people.</param>
/// <param name="Target">Type and destination, for people.</param>
/// <param name="Expected">The records that should arrive, as text.</param>
/// <param name="Look">Looks at what has arrived.</param>
internal sealed record TargetCheck(string Source, string Target, IReadOnlyList<string> Expected, Func<Task<Arrived>> Look);

/// <summary>What a target has got.</summary>
/// <param name="Records">The records, as text.</param>
/// <param name="Calls">In how many calls; <see langword="null"/>: the target does not tell.</param>
/// <param name="Sample">One payload as it arrived.</param>
internal sealed record Arrived(IReadOnlyList<string> Records, int? Calls, string Sample)
{
    /// <summary>Bytes of all records as they arrived.</summary>
    public long Bytes { get; } = Records.Sum(static r => (long)System.Text.Encoding.UTF8.GetByteCount(r));

    /// <summary>What is missing or double; empty: every record arrived exactly once.</summary>
    public IReadOnlyList<string> Differences(IReadOnlyList<string> expected)
    {
        var counts = new Dictionary<string, int>();
        foreach (string record in expected)
        {
            counts[record] = counts.GetValueOrDefault(record) - 1;
        }

        foreach (string record in Records)
        {
            counts[record] = counts.GetValueOrDefault(record) + 1;
        }

        return [.. counts.Where(static c => c.Value != 0).Select(static c => $"{(c.Value < 0 ? "missing" : "too often")}: {Report.Cut(c.Key, 80)}")];
    }
}
