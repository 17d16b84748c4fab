using System.Text;
using FanOut.Aws;
using FanOut.Aws.CloudWatch;
using FanOut.Engine.Logging;
using FanOut.Engine.Metrics;
using FanOut.LocalCloud;
using FanOut.Tests.Targets;

namespace FanOut.Tests.Metrics;

/// <summary>Metrics of many targets, whose body is compressed. Moto cannot be asked: it unpacks such a body twice, and fails.</summary>
public class CloudWatchPublisherTests
{
    [Fact]
    public async Task The_metrics_of_many_targets_all_arrive_with_the_header_that_says_how_they_are_compressed()
    {
        await using Cloud cloud = Cloud.Start();
        using var output = new MemoryStream();
        using var client = new AmazonCloudWatchClient(TestTargets.Own, new AwsClientConfig(AmazonCloudWatchClient.Service, "us-east-1", cloud.Endpoint));
        MetricDatum[] data = [.. Enumerable.Range(0, 1_100).Select(static i => new MetricDatum("Delivered", [new("Destination", $"d{i}")], "Count", 1, i, i, i))];

        await new CloudWatchPublisher(client, new JsonLog(output, LogLevel.Info, TimeProvider.System), TimeProvider.System).PublishAsync(data, TestContext.Current.CancellationToken);

        Assert.Equal("", Encoding.UTF8.GetString(output.ToArray()));
        Assert.Equal(data.Select(static d => d.Sum), cloud.CloudWatch.Received.Select(static d => d.Sum));
        Assert.Equal(2, cloud.Calls.Count);
        Assert.All(cloud.Calls, static c => Assert.Contains(c.Headers, static h => h is { Key: "Content-Encoding", Value: "gzip" }));
    }
}
