using FanOut.Errors;

namespace FanOut.Parameters;

/// <summary>Which setting somebody meant who wrote a name that none of them has.</summary>
/// <param name="names">The names that there are, also second ones, each with the setting's own.</param>
internal sealed class MeantSetting(IReadOnlyDictionary<string, string> names)
{
    private const int ShortestSlip = 4, ShortWord = 4, LongWord = 8, ShortestCut = 5;

    private readonly Dictionary<string, string> _others = OtherNames.Of([.. names.Keys]);

    /// <summary>The setting of which a name is a slip; null: it is rather a name of somebody's own.</summary>
    /// <param name="name">What was written.</param>
    /// <remarks>
    /// A list may have columns for other purposes, so that little is taken for a slip: a typing error (a letter of a word), a shorter form of a name's words (DedupId),
    /// the beginning of a word (Collaps), and what the table and AWS call the setting. What is numbered (View2) or the plural of one word (Keys) is none: these are common.
    /// Of 63,000 words of an English list a dozen are taken for a target's settings.
    /// </remarks>
    public string? SlipOf(string name) => _others.GetValueOrDefault(name)
        ?? (name.Length < ShortestSlip || IsOneOfSeveral(name) ? null : SettingOf(Short(name) ?? Typo(name)));

    /// <summary>The setting that a name is nearest to, where it is known that it is to be one of them; null: it is near to none.</summary>
    /// <param name="name">What was written.</param>
    public string? NearestTo(string name) => _others.GetValueOrDefault(name)
        ?? SettingOf(Nearest.Near(name, names.Keys) ?? Short(name) ?? Part(name));

    /// <summary>The setting whose name a name is the plural of, or has with a number; null: there is none.</summary>
    /// <param name="name">What was written.</param>
    public string? SingularOf(string name) => names.GetValueOrDefault(Singular(name));

    private string? SettingOf(string? name) => name is null ? null : names[name];

    private static string Singular(string name) => name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') is var bare && bare.Length < name.Length ? bare : name.TrimEnd('s', 'S');

    private bool IsOneOfSeveral(string name) => char.IsAsciiDigit(name[^1])
        || (names.Keys.FirstOrDefault(k => k.Equals(Singular(name), StringComparison.OrdinalIgnoreCase)) is { } one && Abbreviation.Words(one).Count == 1);

    private string? Typo(string name) => names.Keys.Where(k => IsTypo(name, k)).OrderBy(k => Nearest.Changes(name, k)).ThenBy(static k => k, StringComparer.Ordinal).FirstOrDefault();

    // Word by word, so that InternalId, DocumentNo and Documentation are something else than ExternalId, DocumentId and DocumentAction.
    private static bool IsTypo(string name, string known) => (Abbreviation.Words(name), Abbreviation.Words(known)) is var (written, words)
        && written.Count == words.Count
        && written.Zip(words).All(w => w.First == w.Second || IsNear(w.First, w.Second, words.Count > 1));

    // One letter makes another word of a short one (Tape) unless there are others beside it, and two of a long one (Transfer, Transport) unless they are only out of order.
    private static bool IsNear(string written, string word, bool isOneOfSeveral) => Nearest.Changes(written, word) switch
    {
        1 => word.Length > ShortWord || isOneOfSeveral || written.Length > word.Length || IsSame(written, word),
        2 => word.Length >= LongWord && IsSame(written, word),
        _ => false,
    };

    private static bool IsSame(string one, string other) => one.Order().SequenceEqual(other.Order());

    private string? Short(string name) => names.Keys
        .Select(k => (Name: k, Missing: Abbreviation.Missing(name, k)))
        .Where(static k => k.Missing <= 1)
        .Select(static k => (k.Name, Missing: k.Missing!.Value))
        .Concat(names.Keys.Where(k => IsCut(name, k)).Select(static k => (k, 0)))
        .OrderBy(static k => k.Item2).ThenBy(static k => k.Item1.Length).ThenBy(static k => k.Item1, StringComparer.Ordinal).Select(static k => k.Item1).FirstOrDefault();

    // A whole word, as Batch is, says too little of a name of several.
    private static bool IsCut(string name, string known) => known.StartsWith(name, StringComparison.OrdinalIgnoreCase)
        && (name.Length >= ShortestCut || name.Length * 2 >= known.Length)
        && Abbreviation.Words(known).Count == 1;

    private string? Part(string name) => Abbreviation.Words(name) is { Count: > 0 } words
        ? names.Keys.Where(k => Abbreviation.Words(k) is var whole && words.TrueForAll(whole.Contains)).OrderBy(static k => k.Length).ThenBy(static k => k, StringComparer.Ordinal).FirstOrDefault()
        : null;
}
