using System.Management.Automation;
using FanOut.LocalCloud.Faults;

namespace FanOut.Tests.Cmdlets.Deployment;

/// <summary>Which version of FanOut a function runs, beside the module's.</summary>
public sealed class DeployedVersionTests : DeploymentTests
{
    private const string OfNoCode = "+++";

    [Theory]
    [InlineData("0.0.1", "Older", "^0.0.1, older than the module's .+: Publish-FanOutFunction updates it$")]
    [InlineData("999.0.0", "Newer", "^999.0.0, newer than the module's .+: Update-PSResource FanOut updates that$")]
    [InlineData("{own}", "Same", "^.+, (the module's|another build than the module's)$")]
    public void The_tag_that_publishing_leaves_tells(string version, string comparison, string shown)
    {
        PSObject function = Tagged(version.Replace("{own}", $"{FanOut.Deployment.ModuleVersion.Own}", StringComparison.Ordinal));

        Assert.Equal(comparison, function.Properties["VersionComparison"].Value);
        Assert.Matches(shown, $"{Run("[FanOut.Views.ViewText]::Version((Get-FanOutFunction))").Only()}");
        Assert.Matches($@"(?m)^Version +: {version.Replace("{own}", "", StringComparison.Ordinal)}", $"{Run("Get-FanOutFunction | Format-List | Out-String").Only()}");
    }

    [Theory]
    [InlineData("0.0.1", OfNoCode)]
    [InlineData("new", null)]
    public void A_tag_of_other_code_or_without_a_version_tells_nothing(string version, string? sha256)
    {
        PSObject function = Tagged(version, sha256);

        Assert.Null(function.Properties["Version"].Value);
        Assert.Null(function.Properties["VersionComparison"].Value);
    }

    [Fact]
    public void A_package_of_ones_own_leaves_no_tag()
    {
        Run("Publish-FanOutFunction").ThrowIfFailed();

        Assert.DoesNotContain("fanout:version", Deployed.Tags.Keys);
        Assert.Null(Run("Get-FanOutFunction").Property("Version"));
    }

    [Fact]
    public void Tags_that_may_not_be_read_are_told_by_Verbose_alone()
    {
        Tagged("0.0.1");
        Session.Cloud.Faults.Add(new Fault { Kind = FaultKind.Error, Operation = "ListTags", Code = "AccessDeniedException", Status = 403 });

        PowerShellResult result = Run("Get-FanOutFunction -Verbose");

        Assert.Null(result.ThrowIfFailed().Property("Version"));
        Assert.Contains("(lambda:ListTags)", result.AllText, StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_program_in_the_place_of_a_newer_one_is_warned_of()
    {
        Tagged("999.0.0");

        // Whether the module holds a package depends on what was built.
        PowerShellResult result = Run("Publish-FanOutFunction -PackagePath '' -WhatIf -ErrorAction Ignore");

        Assert.Contains(
            $"The function fresh runs FanOut 999.0.0, and this module is {FanOut.Deployment.ModuleVersion.Own}: an older program takes the place of a newer one.",
            result.AllText, StringComparison.Ordinal);
    }

    private PSObject Tagged(string version, string? sha256 = null)
    {
        string deployed = $"{Run("(Publish-FanOutFunction).CodeSha256").ThrowIfFailed().Only()}";

        // -Tag refuses the module's own tags.
        Session.Lambda.Find("fresh")!.Retag(tags => new Dictionary<string, string>(tags) { ["fanout:version"] = $"{version} {sha256 ?? deployed}" });
        return Run("Get-FanOutFunction").ThrowIfFailed().Only();
    }
}
