using System.Text;
using FanOut.Credentials;
using FanOut.Engine.Mappings;
using FanOut.Local.Replays;
using FanOut.Local.Streams;
using FanOut.LocalCloud.Kinesis;
using FanOut.Tests.LocalCloud;
using FanOut.Tests.Sources;
using FanOut.Tests.Targets;

namespace FanOut.Tests.Local.Replays;

/// <summary>The estimate of a replay says when it is far from what was looked at.</summary>
public sealed class EstimateReplayTests : CloudTests
{
    private readonly AwsSession _session;

    public EstimateReplayTests() => _session = SourceTests.Open(Cloud.Endpoint);

    [Theory]
    [InlineData(100, false)]
    [InlineData(12_000, true)]
    public async Task A_burst_that_was_not_read_to_its_end_is_a_rough_estimate(int records, bool isRough)
    {
        KinesisStream stream = Cloud.Kinesis.CreateStream("source");
        for (int i = 0; i < records; i++)
        {
            stream.Put($"{i}", Encoding.UTF8.GetBytes($"{i}"));
        }

        var later = new QuickTime(20, ahead: TimeSpan.FromHours(1));
        var request = new ReplayRequest(
            stream.Arn, [TestTargets.Mapping(TargetType.Sqs, "arn:aws:sqs:us-east-1:123456789012:audit", "audit") with { SourceArn = stream.Arn }],
            ReplayStart.Of("TrimHorizon")!, ReplayEnd.Of(later.GetUtcNow())!);

        ReplayEstimate estimate = await new EstimateReplay(new StreamSource(OpenStream.Of(_session, stream.Arn), later, new Random(1)), request, "us-east-1", later).RunAsync(Cancellation);

        Assert.Equal(isRough, estimate.IsRough);
        Assert.Equal(isRough, estimate.Records > records);
    }
}
