using System.Diagnostics.CodeAnalysis;

namespace FanOut.Testing;

/// <summary>What becomes of a test whose server is not installed on this machine.</summary>
public static class ServerMissing
{
    /// <summary>Set to <c>true</c> (as .ci/run does), an absent server fails the test instead of skipping it.</summary>
    public const string RequiredVariable = "FANOUT_REQUIRE_SERVERS";

    /// <summary>Ends the running test: skipped, or failed where servers are required.</summary>
    /// <param name="server">The server's name.</param>
    /// <param name="remedy">The command that installs it.</param>
    [DoesNotReturn]
    public static void EndTest(string server, string remedy)
    {
        string reason = $"{server} is not on this machine. To run this test: {remedy}";
        if (Environment.GetEnvironmentVariable(RequiredVariable) == "true")
        {
            Assert.Fail($"{reason} ({RequiredVariable} is true, so this is a failure.)");
        }

        Assert.Skip(reason);
    }
}
