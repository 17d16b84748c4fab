using FanOut.Local.Checks;
using FanOut.Operations;

namespace FanOut.Tests.Local.Checks;

/// <summary>What a record that went through a source says of a target that did not get it.</summary>
public sealed class SentRecordTests
{
    [Theory]
    [InlineData(null, "Warn", "did not know this target yet", "Wait a minute, and run the same command again.")]
    [InlineData("The table could not be read.", "Fail", "The table could not be read.", "Get-FanOutLog")]
    public void A_target_that_the_function_does_not_know_yet_has_no_fault(string? reason, string status, string words, string remedy)
    {
        var sent = new SentRecord("fanout", "us-east-1") { Mark = "fanout-test-1", Route = new SourceRoute(["t"], TimeSpan.FromSeconds(90)), News = new MarkedNews("request-1", null, reason, []) };

        FanOutTargetCheck check = sent.Of(new Candidate("t", "arn:aws:kinesis:us-east-1:123456789012:stream/orders", null) { Function = "fanout" });

        Assert.Equal(status, check.Status);
        Assert.Contains(words, check.Detail, StringComparison.Ordinal);
        Assert.StartsWith(remedy, check.Remedy, StringComparison.Ordinal);
    }
}
