using FanOut.Tests.Cmdlets.Hosting;

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
}
