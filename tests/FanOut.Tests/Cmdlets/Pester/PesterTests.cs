using System.Management.Automation.Language;
using FanOut.Tests.Cmdlets.Hosting;

namespace FanOut.Tests.Cmdlets.Pester;

/// <summary>tests/*.Tests.ps1, which are for Pester 5: they are run here without it, so that what they say is known to be true.</summary>
public sealed class PesterTests
{
    private static readonly string Folder = Path.Join(Checkout.Root, "tests");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.ps1").Select(static f => Path.GetFileName(f)!)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_script_parses(string file)
    {
        Parser.ParseFile(Path.Join(Folder, file), out _, out ParseError[] errors);

        Assert.Empty(errors);
    }

    [Fact]
    public void Each_cmdlet_has_a_file()
    {
        using PowerShellSession session = new(import: false);
        IEnumerable<string> cmdlets = session.Run($"(Import-PowerShellDataFile '{PowerShellSession.Manifest}').CmdletsToExport").ThrowIfFailed().Output.Select(static o => $"{o}.Tests.ps1");

        Assert.Equal([.. cmdlets.Append("FanOut.Module.Tests.ps1").Order(StringComparer.Ordinal)], Directory.GetFiles(Folder, "*.Tests.ps1").Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Each_test_holds_in_a_PowerShell_of_its_own()
    {
        string shim = Path.Join(Folder, "FanOut.Tests", "Cmdlets", "Pester", "PesterShim.ps1");

        (int exitCode, string output) = await PwshProcess.RunAsync(["-File", shim, Folder], TestContext.Current.CancellationToken);

        Assert.True(exitCode == 0, output);
        string[] lines = output.Split('\n');
        Assert.All(Files, file => Assert.True(file.Data == "Cloud.ps1" || lines.Any(l => l.StartsWith($"passed {file.Data} ", StringComparison.Ordinal)), $"{file.Data}: no test ran\n{output}"));
    }
}
