using FanOut.LocalCloud.CloudWatch;

namespace FanOut.Tests.LocalCloud.Logs;

/// <summary>Lines in CloudWatch's embedded metric format become metrics: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html</summary>
public sealed class EmbeddedMetricsTests : CloudTests
{
    [Fact]
    public void Each_metric_is_published_with_each_set_of_dimensions_at_the_lines_own_time()
    {
        Write("""
            {"_aws":{"Timestamp":1795521600250,"CloudWatchMetrics":[{"Namespace":"n","Dimensions":[["a","b"],["a"],[]],
            "Metrics":[{"Name":"time","Unit":"Milliseconds"},{"Name":"all"},{"Name":"absent"}]}]},"a":"x","b":"y","time":12.5,"all":[1,2,2],"other":"text"}
            """.ReplaceLineEndings(""));

        IReadOnlyList<PublishedMetric> published = Cloud.CloudWatch.Received.Snapshot();
        Assert.Equal(
            ["time 12.5 a=x,b=y Milliseconds", "all 5 a=x,b=y ", "time 12.5 a=x Milliseconds", "all 5 a=x ", "time 12.5  Milliseconds", "all 5  "],
            published.Select(static m => FormattableString.Invariant($"{m.Name} {m.Sum} {string.Join(',', m.Dimensions.Select(static d => $"{d.Key}={d.Value}"))} {m.Unit}")));
        Assert.All(published, static m => Assert.Equal(
            ("n", DateTimeOffset.FromUnixTimeMilliseconds(1795521600250), "us-east-1", "123456789012"), (m.Namespace, m.Time, m.Region, m.AccountId)));
        Assert.Equal(3, published[1].SampleCount);
    }

    [Theory]
    [InlineData("no JSON \"CloudWatchMetrics\"")]
    [InlineData("""{"message":"CloudWatchMetrics"}""")]
    [InlineData("""{"_aws":{"CloudWatchMetrics":[{"Namespace":"n","Dimensions":[[]],"Metrics":[{"Name":"m"}]}]},"m":1}""")]
    [InlineData("""{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"n","Dimensions":[["lacking"]],"Metrics":[{"Name":"m"}]}]},"m":1}""")]
    [InlineData("""{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"n","Dimensions":[[]],"Metrics":[{"Name":"m"}]}]},"m":"text"}""")]
    [InlineData("""{"_aws":{"Timestamp":1,"CloudWatchMetrics":[]},"m":1}""")]
    public void Any_other_line_stays_a_line(string line)
    {
        Write(line);

        Assert.Empty(Cloud.CloudWatch.Received);
        Assert.Equal([line], Cloud.Logs.Find("group")!.Lines);
    }

    private void Write(string line) => Cloud.Logs.Write(Cloud.Logs.CreateLogGroup("group").Arn, "stream", line);
}
