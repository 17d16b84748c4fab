using System.Text.RegularExpressions;

namespace FanOut.Tests.Cmdlets.Guides;

/// <summary>A page of the documentation, as far as it can be run.</summary>
/// <param name="path">The page, from the checkout's root, such as <c>docs/faq.md</c>.</param>
internal sealed partial class Guide(string path)
{
    private readonly string _text = File.ReadAllText(Path.Join(Checkout.Root, path)).ReplaceLineEndings("\n");

    /// <summary>All pages: the README and those in docs, without the cmdlets' own, which are made of their help.</summary>
    public static IReadOnlyList<string> All { get; } =
        ["README.md", .. Directory.GetFiles(Path.Join(Checkout.Root, "docs"), "*.md").Select(static f => $"docs/{Path.GetFileName(f)}").Order(StringComparer.Ordinal)];

    /// <summary>The blocks of a language, in the page's order.</summary>
    public IReadOnlyList<string> Blocks(string language) => [.. Block().Matches(_text).Where(m => m.Groups[1].Value == language).Select(static m => m.Groups[2].Value)];

    /// <summary>The links to files and headings of this repository.</summary>
    public IReadOnlyList<string> Links => [.. Link().Matches(_text).Select(static m => m.Groups[1].Value).Where(static l => !l.Contains("://", StringComparison.Ordinal))];

    /// <summary>The headings, as links name them: lower case, blanks as hyphens, without punctuation.</summary>
    public IReadOnlyList<string> Anchors =>
        [.. Heading().Matches(Block().Replace(_text, "")).Select(static m => Punctuation().Replace(m.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex("^```([a-z]+)\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();
}
