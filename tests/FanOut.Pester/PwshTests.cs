namespace FanOut.Pester;

/// <summary>The pinned PowerShell.</summary>
public sealed class PwshTests
{
    [Fact]
    public async Task It_is_of_the_version_that_other_tests_host()
    {
        (int exitCode, string version) = await Pwsh.RunAsync(["-Command", "\"$($PSVersionTable.PSVersion)\""], TestContext.Current.CancellationToken);

        Assert.Equal(0, exitCode);
        Assert.Contains(
            $"<PackageVersion Include=\"Microsoft.PowerShell.SDK\" Version=\"[{version.Trim()}]\" />",
            await File.ReadAllTextAsync(Path.Join(Checkout.Root, "Directory.Packages.props"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }
}
