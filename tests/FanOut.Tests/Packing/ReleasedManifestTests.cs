using FanOut.Packing;

namespace FanOut.Tests.Packing;

public sealed class ReleasedManifestTests
{
    private const string Manifest = """
        @{
            ModuleVersion = '1.2.0'
            PrivateData   = @{
                PSData = @{
                    ReleaseNotes = 'https://example.com/CHANGELOG.md'
                }
            }
        }
        """;

    private const string Changelog = """
        # Changelog

        ## Unreleased

        - Not yet.

        ## 1.2.0 - 2026-12-01

        - It's new:
          'quoted' and $notExpanded.

        ## 1.2.0-preview1

        - Before.

        ## 1.1.0

        - Old.
        """;

    [Theory]
    [InlineData("1.2.0", null, "- It's new:\n  'quoted' and $notExpanded.")]
    [InlineData("1.2.0", "preview1", "- Before.")]
    [InlineData("1.2.0", "", "- It's new:\n  'quoted' and $notExpanded.")]
    [InlineData("1.1.0", null, "- Old.")]
    [InlineData("1.3.0", null, "- Not yet.")]
    public void It_has_the_notes_of_its_version_or_of_what_is_not_released_yet(string version, string? prerelease, string notes)
    {
        string manifest = Manifest.Replace("1.2.0", version, StringComparison.Ordinal)
            .Replace("PSData = @{\n", prerelease is null ? "PSData = @{\n" : $"PSData = @{{\n            Prerelease = '{prerelease}'\n", StringComparison.Ordinal);
        using PowerShellSession session = new(import: false);

        string released = ReleasedManifest.Of(manifest, Changelog);

        Assert.Equal($"{notes}\n\nAll versions: https://example.com/CHANGELOG.md", $"{session.Run($"param($text) ({released}).PrivateData.PSData.ReleaseNotes").ThrowIfFailed().Only()}");
        Assert.Equal(version, $"{session.Run($"({released}).ModuleVersion").Only()}");
    }

    [Theory]
    [InlineData("ReleaseNotes", "Notes", "FanOut.psd1 has no ReleaseNotes")]
    [InlineData("1.2.0", "1.4.0", "CHANGELOG.md has neither a section '## 1.4.0' nor '## Unreleased'.")]
    public void What_is_not_as_expected_is_told(string from, string to, string expected) => Assert.Contains(
        expected,
        Assert.Throws<PackingException>(() => ReleasedManifest.Of(Manifest.Replace(from, to, StringComparison.Ordinal), Changelog.Replace("## Unreleased", "## Later", StringComparison.Ordinal))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Notes_cannot_end_the_text_of_the_manifest() =>
        Assert.Throws<PackingException>(static () => ReleasedManifest.Of(Manifest, "## 1.2.0\n\n- A line:\n'@ and more\n"));
}
