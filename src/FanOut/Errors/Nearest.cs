namespace FanOut.Errors;

/// <summary>What somebody may have meant who wrote a name that does not exist.</summary>
internal static class Nearest
{
    /// <summary>The known name that takes the fewest changes of single characters, or swaps of two; upper and lower case are the same.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="known">The names that exist; at least one.</param>
    public static string To(string name, IEnumerable<string> known) => known.MinBy(k => Changes(name, k))!;

    /// <summary>The known name that takes the fewest changes of single characters, or swaps of two; null: all take so many that none of them can have been meant.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="known">The names that exist.</param>
    public static string? Near(string name, IEnumerable<string> known) =>
        known.Select(k => (Name: k, Distance: Changes(name, k))).Where(k => k.Distance <= 1 + (name.Length / 5) && k.Distance < Math.Max(name.Length, k.Name.Length))
            .OrderBy(static k => k.Distance).ThenBy(static k => k.Name, StringComparer.Ordinal).Select(static k => k.Name).FirstOrDefault();

    /// <summary>How many changes of single characters, or swaps of two, make one name of another; upper and lower case are the same.</summary>
    /// <param name="one">The one.</param>
    /// <param name="other">The other.</param>
    public static int Changes(string one, string other) => Distance(one.ToUpperInvariant(), other.ToUpperInvariant());

    // How many characters are to be put in, left out, replaced, or swapped with their neighbour:
    // https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance#Optimal_string_alignment_distance
    private static int Distance(string one, string other)
    {
        int[,] changes = new int[one.Length + 1, other.Length + 1];
        for (int i = 0; i <= one.Length; i++)
        {
            for (int j = 0; j <= other.Length; j++)
            {
                changes[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(Math.Min(changes[i - 1, j], changes[i, j - 1]) + 1, changes[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    changes[i, j] = Math.Min(changes[i, j], changes[i - 2, j - 2] + 1);
                }
            }
        }

        return changes[one.Length, other.Length];
    }
}
