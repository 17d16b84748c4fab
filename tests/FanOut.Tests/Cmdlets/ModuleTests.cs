namespace FanOut.Tests.Cmdlets;

/// <summary>The module as a whole: how it is imported, and what it exports.</summary>
public sealed class ModuleTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Import-Module '{0}' -Force")]
    [InlineData("Import-Module '{0}' -Force; Import-Module '{0}' -Force")]
    [InlineData("Remove-Module FanOut; Import-Module '{0}'")]
    [InlineData("function load {{ Import-Module '{0}' -Force -Global }}; load")]
    public void It_exports_its_cmdlets_however_often_it_is_imported(string again)
    {
        using PowerShellSession session = new();
        session.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, again, PowerShellSession.Manifest)).ThrowIfFailed();

        PowerShellResult result = session.Run("(Get-Command -Module FanOut).Name | Sort-Object; (Import-PowerShellDataFile '" + PowerShellSession.Manifest + "').CmdletsToExport.Count");

        result.ThrowIfFailed();
        Assert.Equal($"{result.Output.Count - 1}", $"{result.Output[^1]}");
        Assert.Contains(result.Output, o => $"{o}" == "Get-FanOutTarget");
    }

    [Fact]
    public async Task Importing_it_opens_no_connection_and_loads_no_SDK()
    {
        IReadOnlyList<string> output = await PwshProcess.RunAsync(
            $$"""
            $before = [AppDomain]::CurrentDomain.GetAssemblies().GetName().Name
            Import-Module '{{PowerShellSession.Manifest}}'
            [AppDomain]::CurrentDomain.GetAssemblies().GetName().Name | Where-Object { $_ -notin $before -and $_ -match '^(AWSSDK|StackExchange|FanOut\.Aws)' }
            'done'
            """,
            TestContext.Current.CancellationToken);

        Assert.Equal(["done"], output);
    }

    [Fact]
    public async Task It_works_in_other_runspaces_with_a_prefix_and_from_another_module()
    {
        IReadOnlyList<string> output = await PwshProcess.RunAsync(
            $$"""
            $ErrorActionPreference = 'Stop'
            1..2 | ForEach-Object -Parallel { Import-Module '{{PowerShellSession.Manifest}}'; (Get-Command Get-FanOutTarget).Source }
            New-Module other { Import-Module '{{PowerShellSession.Manifest}}'; function Test-Other { (Get-Command Get-FanOutTarget).Source } } | Import-Module
            Test-Other
            Import-Module '{{PowerShellSession.Manifest}}' -Prefix My -Force
            (Get-Command Get-MyFanOutTarget).Source
            [FanOut.FanOutTarget].FullName
            $null -eq ('Amazon.Runtime.AWSCredentials' -as [type])
            $Error.Count
            """,
            TestContext.Current.CancellationToken);

        Assert.Equal(["FanOut", "FanOut", "FanOut", "FanOut", "FanOut.FanOutTarget", "True", "0"], output);
    }

    [Fact]
    public void The_manifest_is_valid_and_names_what_people_need()
    {
        using PowerShellSession session = new(import: false);

        PowerShellResult result = session.Run($"Test-ModuleManifest '{PowerShellSession.Manifest}'");

        Assert.Equal("7.4", $"{result.Property("PowerShellVersion")}");
        Assert.Equal("Core", Assert.Single((IEnumerable<string>)result.Property("CompatiblePSEditions")!));
        Assert.Contains("Kinesis", $"{result.Property("Description")}", StringComparison.Ordinal);
        Assert.NotNull(result.Property("LicenseUri"));
    }

    [Fact]
    public void The_addresses_of_the_manifest_and_of_the_online_help_are_those_of_one_project()
    {
        using PowerShellSession session = new();
        PowerShellResult manifest = session.Run($"Test-ModuleManifest '{PowerShellSession.Manifest}'");
        string project = $"{manifest.Property("ProjectUri")}";
        string[] pages = [.. session.Run("(Get-Command -Module FanOut).HelpUri").ThrowIfFailed().Output.Select(static o => $"{o}")];

        Assert.StartsWith("https://", project, StringComparison.Ordinal);
        Assert.All([$"{manifest.Property("IconUri")}", $"{manifest.Property("ReleaseNotes")}", .. pages], a => Assert.StartsWith(project + "/", a, StringComparison.Ordinal));
        Assert.Equal(
            Directory.GetFiles(Path.Join(Checkout.Root, "docs", "cmdlets")).Select(static f => Path.GetFileName(f)!).Order(StringComparer.Ordinal),
            pages.Select(static p => p.Split("/docs/cmdlets/")[1]).Order(StringComparer.Ordinal));
        Assert.All(
            [$"{manifest.Property("IconUri")}", $"{manifest.Property("ReleaseNotes")}", .. pages],
            static a => Assert.True(File.Exists(Path.Join(Checkout.Root, a.Split("/main/")[1])), a));
    }
}
