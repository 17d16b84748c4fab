using System.Text.RegularExpressions;

namespace FanOut.Packing;

/// <summary>What is new in a version, as CHANGELOG.md tells it.</summary>
internal static class ReleaseNotes
{
    private const string Unreleased = "Unreleased";

    /// <summary>The section of a version.</summary>
    /// <param name="changelog">The text of CHANGELOG.md: a heading <c>## 1.2.0</c> for each version, with whatever follows it on the line.</param>
    /// <param name="version">The version; where it has no section yet, that of what is not released.</param>
    /// <exception cref="PackingException">There is neither.</exception>
    public static string Of(string changelog, string version)
    {
        string[] sections = Regex.Split(changelog.ReplaceLineEndings("\n"), "^## ", RegexOptions.Multiline);
        string section = Find(sections, version) ?? Find(sections, Unreleased)
            ?? throw new PackingException($"CHANGELOG.md has neither a section '## {version}' nor '## {Unreleased}'.");
        return section[(section.IndexOf('\n', StringComparison.Ordinal) + 1)..].Trim();
    }

    private static string? Find(string[] sections, string title) =>
        sections.Skip(1).FirstOrDefault(s => s.Split('\n')[0].Split(' ')[0] == title && s.Contains('\n', StringComparison.Ordinal));
}
