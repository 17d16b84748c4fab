using FanOut.Deployment;

namespace FanOut.Tests.Deployment;

public sealed class ModuleVersionTests
{
    [Theory]
    [InlineData("1.0.0", "1.0.1")]
    [InlineData("1.9.0", "1.10.0")]
    [InlineData("1.0.0-preview1", "1.0.0")]
    [InlineData("1.0.0-preview1", "1.0.0-preview2")]
    [InlineData("1.0.0", "1.0.1-preview1")]
    public void Versions_have_an_order(string older, string newer)
    {
        ModuleVersion one = ModuleVersion.TryParse(older)!, other = ModuleVersion.TryParse(newer)!;

        Assert.True(one.CompareTo(other) < 0);
        Assert.True(other.CompareTo(one) > 0);
        Assert.Equal(0, one.CompareTo(ModuleVersion.TryParse(older)));
        Assert.Equal((older, newer), ($"{one}", $"{other}"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("new")]
    [InlineData("-preview1")]
    public void What_is_no_version_is_not_read(string? text) => Assert.Null(ModuleVersion.TryParse(text));

    [Fact]
    public void The_modules_own_is_that_of_its_manifest()
    {
        using PowerShellSession session = new(import: false);

        string manifest = $"{session.Run($"$m = Import-PowerShellDataFile '{PowerShellSession.Manifest}'; @($m.ModuleVersion, $m.PrivateData.PSData['Prerelease']).Where({{ $_ }}) -join '-'").ThrowIfFailed().Only()}";

        Assert.Equal(manifest, $"{ModuleVersion.Own}");
    }
}
