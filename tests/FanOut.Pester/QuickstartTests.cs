namespace FanOut.Pester;

/// <summary>The quickstart as those run it who have a pwsh.</summary>
public sealed class QuickstartTests
{
    private static string Script { get; } = Path.Join(Checkout.Root, "docs", "quickstart.ps1");

    /// <summary>Somebody who works with a real account tries it in that very session.</summary>
    [Fact]
    public async Task It_runs_as_a_script_and_leaves_the_session_as_it_was()
    {
        const string Session = """
            $PSDefaultParameterValues['*-FanOut*:ProfileName'] = 'production'
            $PSDefaultParameterValues['*-FanOut*:TableName'] = 'theirs'
            $PSStyle.OutputRendering = 'Ansi'
            ./docs/quickstart.ps1
            "exit code $LASTEXITCODE"
            "defaults $($PSDefaultParameterValues.Keys | Sort-Object)"
            "rendering $($PSStyle.OutputRendering), modules $(Get-Module FanOut), errors $($Error.Count), preference $ErrorActionPreference"
            """;

        (int exitCode, string output) = await Pwsh.RunAsync(["-NoProfile", "-Command", Session], TestContext.Current.CancellationToken);

        Assert.True(exitCode == 0, output);
        Assert.Contains("Every record arrived exactly once at every target", output, StringComparison.Ordinal);
        Assert.Equal(
            ["exit code 0", "defaults *-FanOut*:ProfileName *-FanOut*:TableName", "rendering Ansi, modules , errors 0, preference Continue"],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^3..]);
    }

    [Theory]
    [InlineData("--help", 0, "-Redis HOST:PORT")]
    [InlineData("-Help", 0, "host:port of a Redis")]
    [InlineData("--colour", 2, "There is no argument '--colour'")]
    [InlineData("-Redis 127.0.0.1:1", 2, "No Redis answers at 127.0.0.1:1: Connection refused. Start it, or leave -Redis out.")]
    [InlineData("-Memcached 127.0.0.1", 2, "-Memcached takes host:port")]
    public async Task What_cannot_be_used_is_told_before_anything_starts(string arguments, int expected, string message)
    {
        (int exitCode, string output) = await Pwsh.RunAsync(["-NoProfile", "-File", Script, .. arguments.Split(' ')], TestContext.Current.CancellationToken);

        Assert.Equal(expected, exitCode);
        Assert.Contains(message, output, StringComparison.Ordinal);
        Assert.DoesNotContain("ctor", output, StringComparison.Ordinal);
    }

    /// <summary>As ./docs/quickstart.ps1 is meant to be typed in other shells than pwsh.</summary>
    [Fact]
    public void Files_that_name_their_interpreter_are_executable()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such bit.");
            return;
        }

        string[] scripts = [.. new[] { "", "docs", "tests", ".ci" }
            .SelectMany(static f => Directory.GetFiles(Path.Join(Checkout.Root, f)))
            .Where(static f => File.ReadLines(f).FirstOrDefault()?.StartsWith("#!", StringComparison.Ordinal) == true)];

        Assert.Contains(Script, scripts);
        foreach (string script in scripts)
        {
            Assert.True(File.GetUnixFileMode(script).HasFlag(UnixFileMode.UserExecute), script);
        }
    }
}
