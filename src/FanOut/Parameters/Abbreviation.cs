using System.Text;

namespace FanOut.Parameters;

/// <summary>Compares names by their words: DocId stands for DocumentId, batch_sz for BatchSize.</summary>
internal static class Abbreviation
{
    private const int ShortestPiece = 2, ShortestUnmarkedPiece = 3;

    /// <summary>How many of a name's words a shorter form leaves out; null: it is no shorter form of it.</summary>
    /// <param name="form">What may be a shorter form. Its words begin with capitals, or stand between other signs than letters and digits; without either it is taken apart.</param>
    /// <param name="name">The whole name, each of its words with a capital.</param>
    public static int? Missing(string form, string name)
    {
        List<string> whole = Words(name), words = Words(form);
        return words.Count > 1 ? InOrder(words, whole) : IsRun(words.FirstOrDefault(""), whole) ? 0 : null;
    }

    /// <summary>The words of a name, in capitals.</summary>
    public static List<string> Words(string name)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        char before = ' ';
        foreach (char c in name)
        {
            if (word.Length > 0 && (!char.IsLetterOrDigit(c) || (char.IsUpper(c) && !char.IsUpper(before))))
            {
                words.Add(word.ToString());
                word.Clear();
            }

            if (char.IsLetterOrDigit(c))
            {
                word.Append(char.ToUpperInvariant(c));
            }

            before = c;
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words;
    }

    // Each word for one of the whole name, in its order. MsgAttributes is short for MessageAttribute, but MaxItems is something else than MaxItemBytes,
    // and StartTime something else than StartingPositionTimestamp.
    private static int? InOrder(List<string> form, List<string> whole)
    {
        int next = 0;
        foreach (string word in form)
        {
            while (next < whole.Count && !(Stands(word, whole[next]) || (form.Count == whole.Count && word == whole[next] + 'S')))
            {
                next++;
            }

            if (next++ == whole.Count)
            {
                return null;
            }
        }

        return whole.Count == form.Count || form.Exists(whole.Contains) ? whole.Count - form.Count : null;
    }

    private static bool Stands(string word, string whole) => word.Length >= ShortestPiece
        && (whole.StartsWith(word, StringComparison.Ordinal) || Skeleton(whole).StartsWith(word, StringComparison.Ordinal));

    // dedupid: a beginning of each word, one behind the other. Beginnings are longer here, as many a word is made of two syllables that ours begin with.
    private static bool IsRun(string form, List<string> whole, int at = 0) => at == whole.Count
        ? form.Length == 0 && at > 1
        : Enumerable.Range(1, Math.Min(form.Length, whole[at].Length))
            .Any(n => (n >= ShortestUnmarkedPiece || n == whole[at].Length) && whole[at].StartsWith(form[..n], StringComparison.Ordinal) && IsRun(form[n..], whole, at + 1));

    // Sz of size, Msg of message, Src of source: the first letter, and the consonants behind it once each.
    private static string Skeleton(string word)
    {
        var kept = new StringBuilder().Append(word[0]);
        foreach (char c in word.Skip(1).Where(static c => !"AEIOU".Contains(c, StringComparison.Ordinal)))
        {
            if (c != kept[^1])
            {
                kept.Append(c);
            }
        }

        return kept.ToString();
    }
}
