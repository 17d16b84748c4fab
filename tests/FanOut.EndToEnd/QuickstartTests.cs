namespace FanOut.EndToEnd;

/// <summary>The quickstart as a person runs it.</summary>
public sealed class QuickstartTests
{
    [Fact]
    public async Task Every_record_arrives_everywhere_and_the_table_says_so()
    {
        (int exitCode, string output) = await RunAsync();

        Assert.True(exitCode == 0, output);
        Assert.Contains("Every record arrived exactly once at every target", output, StringComparison.Ordinal);
        Assert.Contains("The function is removed", output, StringComparison.Ordinal);
        Assert.True(System.Text.RegularExpressions.Regex.IsMatch(output, @"\d+ +audit .* Oversize"), output);
        foreach (string target in new[] { "sns", "sqs", "es", "kinesis", "firehose", "iot", "lambda", "events", "states", "audit" })
        {
            Assert.True(System.Text.RegularExpressions.Regex.IsMatch(output, $@"kinesis +{target} +200/200"), output);
        }
    }

    [Fact]
    public async Task Real_caches_hold_the_last_value_of_each_key()
    {
        await using Servers.RedisServer redis = await Servers.RedisServer.StartAsync();
        await using Servers.MemcachedServer memcached = await Servers.MemcachedServer.StartAsync();

        (int exitCode, string output) = await RunAsync("--redis", $"127.0.0.1:{redis.Port}", "--memcached", $"127.0.0.1:{memcached.Port}");

        Assert.True(exitCode == 0, output);
        Assert.Matches(@"kinesis +redis +(\d+)/\1 ", output);
        Assert.Matches(@"kinesis +memcached +(\d+)/\1 ", output);
    }

    [Fact]
    public void Getting_started_shows_the_lines_that_run()
    {
        string script = Between("docs/quickstart.ps1", "# region: what getting-started.md shows\n", "# endregion"), shown = Between("docs/getting-started.md", "address of its stand-ins.\n\n```powershell\n", "```\n");

        Assert.Equal(Lines(script), Lines(shown));
        Assert.InRange(Lines(shown).Length, 15, 40);
        Assert.Equal(
            Lines(Between("docs/quickstart.ps1", "# region: how getting-started.md mends it\n", "# endregion")),
            Lines(Between("docs/getting-started.md", "each arrives once:\n\n```powershell\n", "```\n")));
    }

    [Fact]
    public async Task A_broken_line_is_named_and_nothing_is_started()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "{\"id\":1}\n{broken\n", TestContext.Current.CancellationToken);

        (int exitCode, string output) = await RunAsync("--input", file);

        Assert.Equal(2, exitCode);
        Assert.Contains("line 2 is not JSON", output, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Theory]
    [InlineData("--help", 0, "--redis HOST:PORT")]
    [InlineData("--colour", 2, "There is no argument")]
    [InlineData("--redis 127.0.0.1:1", 2, "No Redis answers at 127.0.0.1:1: Connection refused.")]
    public async Task Arguments_are_told_and_checked_before_anything_starts(string arguments, int expected, string message)
    {
        (int exitCode, string output) = await RunAsync(arguments.Split(' '));

        Assert.Equal(expected, exitCode);
        Assert.Contains(message, output, StringComparison.Ordinal);
        Assert.DoesNotContain("Putting", output, StringComparison.Ordinal);
    }

    private static string Between(string file, string start, string end)
    {
        string text = File.ReadAllText(Path.Join(Checkout.Root, file));
        int from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        ProgramRun run = await ProgramRun.OfAsync("dotnet", [Checkout.Built("FanOut.Quickstart", "FanOut.Quickstart.dll"), .. arguments], TestContext.Current.CancellationToken);
        return (run.ExitCode, run.Text);
    }
}
