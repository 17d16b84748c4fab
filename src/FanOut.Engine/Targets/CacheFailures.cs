namespace FanOut.Engine.Targets;

/// <summary>What Memcached and Redis have in common about the failures of one call.</summary>
internal static class CacheFailures
{
    /// <summary>Leaves out retryable failures whose key was written by a later entry that the cache took.</summary>
    /// <remarks>
    /// Such an entry, sent again, would replace a newer value by an old one. The cache already holds what it would hold
    /// if every entry had been taken. Permanent failures stay, as their records need a dead letter.
    /// </remarks>
    /// <param name="failures">The failures, in any order.</param>
    /// <param name="entries">The entries that were sent.</param>
    /// <returns>The failures to report, ordered by index.</returns>
    public static IReadOnlyList<CacheFailure> WithoutSuperseded(List<CacheFailure> failures, ReadOnlySpan<CacheEntry> entries)
    {
        if (failures.Count == 0)
        {
            return [];
        }

        failures.Sort((one, other) => one.Index.CompareTo(other.Index));
        List<CacheFailure> reported = new(failures.Count);
        HashSet<ReadOnlyMemory<byte>> taken = new(KeyComparer.Instance);
        int next = failures.Count - 1;
        for (int index = entries.Length - 1; next >= 0; index--)
        {
            if (failures[next].Index != index)
            {
                taken.Add(entries[index].Key);
                continue;
            }
            if (!failures[next].Retryable || !taken.Contains(entries[index].Key))
            {
                reported.Add(failures[next]);
            }

            next--;
        }
        reported.Reverse();
        return reported;
    }
}
