using System.Diagnostics;

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
        foreach (string target in new[] { "sns", "sqs", "es", "kinesis", "firehose", "iot", "lambda" })
        {
            Assert.Matches($@"kinesis +{target} +200/200", output);
        }
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

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        // The same configuration as this test's own build.
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        string program = Path.Join(Servers.Repository.Root, "artifacts", "bin", "FanOut.Quickstart", configuration, "FanOut.Quickstart.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}
