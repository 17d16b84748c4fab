using System.Xml.Linq;

namespace FanOut.Pester;

/// <summary>What one run of all tests with one version of Pester found.</summary>
/// <param name="ExitCode">0 when every test passed.</param>
/// <param name="Output">All that it wrote.</param>
/// <param name="Tests">Every test that Pester knows of.</param>
public sealed record PesterRun(int ExitCode, string Output, IReadOnlyList<PesterTest> Tests)
{
    /// <summary>Runs <c>tests/Pester.ps1</c>; skips the running test where there is no PowerShell.</summary>
    /// <param name="version">The version of Pester.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static async Task<PesterRun> StartAsync(string version, CancellationToken cancellationToken)
    {
        string results = Path.Join(Checkout.Root, "artifacts", "pester", $"{version}.xml");
        Directory.CreateDirectory(Path.GetDirectoryName(results)!);
        File.Delete(results);
        (int exitCode, string output) = await Pwsh.RunAsync(["-File", Path.Join(Checkout.Root, "tests", "Pester.ps1"), "-Version", version], cancellationToken);
        return new(exitCode, output, File.Exists(results) ? Read(XDocument.Load(results)) : []);
    }

    private static PesterTest[] Read(XDocument junit) =>
    [
        .. from test in junit.Descendants("testcase")
           let problem = test.Element("failure") ?? test.Element("error")
           select new PesterTest(
               Path.GetFileName(test.Attribute("classname")!.Value), test.Attribute("name")!.Value, problem is null ? null : $"{problem.Attribute("message")?.Value}\n{problem.Value}"),
    ];
}
