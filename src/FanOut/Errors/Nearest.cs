namespace FanOut.Errors;

/// <summary>What somebody may have meant who wrote a name that does not exist.</summary>
internal static class Nearest
{
    /// <summary>The known name that takes the fewest changes of single characters; upper and lower case are the same.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="known">The names that exist; at least one.</param>
    public static string To(string name, IEnumerable<string> known) => known.MinBy(k => Distance(name.ToUpperInvariant(), k.ToUpperInvariant()))!;

    /// <summary>The known name that takes the fewest changes of single characters; null: all take so many that none of them can have been meant.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="known">The names that exist.</param>
    public static string? Near(string name, IEnumerable<string> known) =>
        known.Select(k => (Name: k, Distance: Distance(name.ToUpperInvariant(), k.ToUpperInvariant()))).Where(k => k.Distance <= 1 + (name.Length / 5) && k.Distance < Math.Max(name.Length, k.Name.Length))
            .OrderBy(static k => k.Distance).ThenBy(static k => k.Name, StringComparer.Ordinal).Select(static k => k.Name).FirstOrDefault();

    // The distance of Levenshtein: https://en.wikipedia.org/wiki/Levenshtein_distance
    private static int Distance(string one, string other)
    {
        int[] previous = [.. Enumerable.Range(0, other.Length + 1)];
        for (int i = 0; i < one.Length; i++)
        {
            int[] row = new int[other.Length + 1];
            row[0] = i + 1;
            for (int j = 0; j < other.Length; j++)
            {
                row[j + 1] = Math.Min(Math.Min(row[j], previous[j + 1]) + 1, previous[j] + (one[i] == other[j] ? 0 : 1));
            }

            previous = row;
        }

        return previous[^1];
    }
}
