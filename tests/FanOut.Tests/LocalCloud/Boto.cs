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
        if (ProgramRun.Find("python3") is not { } python)
        {
            ServerMissing.EndTest("python3", "apt-get install python3");
            return [];
        }

        ProgramRun run = await ProgramRun.OfAsync(
            python, ["-c", Prelude + script], TestContext.Current.CancellationToken, environment: new Dictionary<string, string> { ["ENDPOINT"] = cloud.Endpoint.ToString() });
        if (run.Errors.Contains("No module named 'boto3'", StringComparison.Ordinal))
        {
            ServerMissing.EndTest("boto3", "python3 -m pip install boto3");
        }

        Assert.True(run.Errors.Length == 0, run.Errors);
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
