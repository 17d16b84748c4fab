using FanOut.Engine.Mappings;
using FanOut.Local.Replays;
using FanOut.Tests.Targets;

namespace FanOut.Tests.Local.Replays;

/// <summary>The estimate of a replay says when it is far from what was looked at.</summary>
public sealed class EstimateReplayTests
{
    [Theory]
    [InlineData(100, 1)]
    [InlineData(12_000, 2)]
    public async Task A_burst_counts_as_what_it_is_and_not_as_if_it_had_gone_on(int records, double factor)
    {
        var now = TimeProvider.System.GetUtcNow();
        var stream = new TimedStream(now, [.. Enumerable.Range(0, records / 100).Select(i => (now.AddHours(-1).AddSeconds(i / 10.0), 100))]);
        var request = new ReplayRequest(
            stream.SourceArn, [TestTargets.Mapping(TargetType.Sqs, "arn:aws:sqs:us-east-1:123456789012:audit", "audit") with { SourceArn = stream.SourceArn }],
            ReplayStart.Of("TrimHorizon")!, ReplayEnd.Of(now)!);
        var time = new QuickTime(50);

        ReplayEstimate estimate = await new EstimateReplay(new StreamSource(stream, time, new Random(1)), request, "us-east-1", time).RunAsync(TestContext.Current.CancellationToken);

        Assert.InRange(estimate.Records, (long)(records / factor), (long)(records * factor));
        Assert.Equal(factor > 1, estimate.IsRough);
    }

    /// <summary>As many in each minute but the quiet hour in the middle.</summary>
    [Fact]
    public async Task What_came_at_other_times_counts_too()
    {
        DateTimeOffset from = TimeProvider.System.GetUtcNow().AddHours(-6);
        var records = Enumerable.Range(0, 21_600).Where(static second => second / 3600 != 2).Select(second => (At: from.AddSeconds(second), Count: second < 7_200 ? 5 : 20)).ToArray();
        var stream = new TimedStream(from.AddHours(6), records);
        var request = new ReplayRequest(
            stream.SourceArn, [TestTargets.Mapping(TargetType.Sqs, "arn:aws:sqs:us-east-1:123456789012:audit", "audit") with { SourceArn = stream.SourceArn }],
            ReplayStart.Of(from)!, ReplayEnd.Of(from.AddHours(6))!);
        var time = new QuickTime(50);

        ReplayEstimate estimate = await new EstimateReplay(new StreamSource(stream, time, new Random(1)), request, "us-east-1", time).RunAsync(TestContext.Current.CancellationToken);

        int all = records.Sum(static r => r.Count);
        Assert.InRange(estimate.Records, all * 2 / 3, all * 3 / 2);
        Assert.InRange(stream.Reads, 2, 40);
        Assert.Contains("at some moments", estimate.Doubt, StringComparison.Ordinal);
    }
}
