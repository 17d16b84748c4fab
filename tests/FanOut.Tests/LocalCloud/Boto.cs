using System.Diagnostics;
using FanOut.LocalCloud;

namespace FanOut.Tests.LocalCloud;

/// <summary>AWS's own client for Python, to see that it understands the stand-in; tests that need it are skipped where it is not.</summary>
internal static class Boto
{
    private const string Prelude = """
        import boto3, json, os, time
        def client(name): return boto3.client(
            name, region_name="us-east-1", endpoint_url=os.environ["ENDPOINT"], aws_access_key_id="a", aws_secret_access_key="b")

        """;

    /// <summary>Runs a script that can make clients of the cloud by <c>client("lambda")</c>.</summary>
    /// <returns>The lines that it printed.</returns>
    public static async Task<string[]> RunAsync(Cloud cloud, string script)
    {
        ProcessStartInfo start = new("python3", ["-c", Prelude + script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ENDPOINT"] = cloud.Endpoint.ToString();
        using Process python = StartOrSkip(start);
        Task<string> output = python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string errors = await python.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await python.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.SkipWhen(errors.Contains("No module named 'boto3'", StringComparison.Ordinal), "Needs boto3.");
        Assert.True(errors.Length == 0, errors);
        return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static Process StartOrSkip(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("Needs python3 on the PATH.");
            throw;
        }
    }
}
