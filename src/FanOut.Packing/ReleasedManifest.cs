using System.Text.RegularExpressions;

namespace FanOut.Packing;

/// <summary>The module's manifest as it is released: with the notes of its version instead of their address alone, so that the Gallery shows them.</summary>
internal static class ReleasedManifest
{
    /// <summary>Writes it.</summary>
    /// <param name="manifest">The text of FanOut.psd1.</param>
    /// <param name="changelog">The text of CHANGELOG.md.</param>
    /// <exception cref="PackingException">One of them is not as expected.</exception>
    public static string Of(string manifest, string changelog)
    {
        string text = manifest.ReplaceLineEndings("\n");
        string prerelease = Value(text, "Prerelease") is { Length: > 0 } suffix ? "-" + suffix : "";
        string version = Value(text, "ModuleVersion") + prerelease;
        string notes = ReleaseNotes.Of(changelog, version);
        if (notes.Contains("\n'@", StringComparison.Ordinal))
        {
            throw new PackingException($"The notes of {version} in CHANGELOG.md have a line that begins with '@, which would end the text in the manifest.");
        }

        Match place = Entry(text, "ReleaseNotes");
        return place.Success
            ? $"{text[..place.Index]}{place.Groups[1].Value}@'\n{notes}\n\nAll versions: {place.Groups[2].Value}\n'@{text[(place.Index + place.Length)..]}"
            : throw new PackingException("FanOut.psd1 has no ReleaseNotes = '…'.");
    }

    private static string? Value(string manifest, string name) => Entry(manifest, name) is { Success: true } entry ? entry.Groups[2].Value : null;

    private static Match Entry(string manifest, string name) => Regex.Match(manifest, $@"^(\s*{name}\s*=\s*)'([^']*)'", RegexOptions.Multiline);
}
