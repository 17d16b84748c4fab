namespace FanOut.Pester;

/// <summary>The quickstart as those run it who have a pwsh.</summary>
public sealed class QuickstartTests
{
    [Fact]
    public async Task It_runs_as_a_script()
    {
        (int exitCode, string output) = await Pwsh.RunAsync(["-File", Path.Join(Checkout.Root, "docs", "quickstart.ps1")], TestContext.Current.CancellationToken);

        Assert.True(exitCode == 0, output);
        Assert.Contains("Every record arrived exactly once at every target", output, StringComparison.Ordinal);
    }
}
