using System.Text;
using System.Text.Json;
using CsCheck;
using FanOut.Aws;
using FanOut.Aws.CloudWatch;
using FanOut.Engine;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Logging;
using FanOut.Engine.Mappings;
using FanOut.Engine.Metrics;
using FanOut.LocalCloud;
using FanOut.Tests.Batching;
using FanOut.Tests.Targets;

namespace FanOut.Tests.Metrics;

public class DimensionValueTests
{
    [Theory]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:orders", "arn:aws:sqs:eu-west-1:123456789012:orders")]
    [InlineData("host#Größe", "host#Gr%C3%B6%C3%9Fe")]
    [InlineData("a\tb\n", "a%09b%0A")]
    [InlineData("\u007f", "%7F")]
    [InlineData(":topic", "%3Atopic")]
    [InlineData("a:b", "a:b")]
    [InlineData("", "-")]
    [InlineData("   ", "-")]
    [InlineData("😀", "%F0%9F%98%80")]
    public void What_CloudWatch_does_not_take_is_encoded(string value, string expected) => Assert.Equal(expected, DimensionValue.Of(value));

    [Fact]
    public void Long_values_that_differ_only_at_their_ends_stay_apart()
    {
        string[] values = [.. new[] { "a", "b" }.Select(static end => DimensionValue.Of(new string('x', 2_000) + end))];

        Assert.NotEqual(values[0], values[1]);
        Assert.All(values, static v => Assert.Equal(1_024, v.Length));
        Assert.Equal(new string('y', 1_024), DimensionValue.Of(new string('y', 1_024)));
    }

    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html
    [Fact]
    public void Whatever_the_value_CloudWatch_takes_it() =>
        Gen.String.Sample(static value =>
        {
            string taken = DimensionValue.Of(value);
            Assert.InRange(taken.Length, 1, 1_024);
            Assert.All(taken, static c => Assert.InRange(c, ' ', '~'));
            Assert.False(string.IsNullOrWhiteSpace(taken));
        });

    [Fact]
    public async Task A_destination_that_is_not_ASCII_does_not_cost_the_metrics_of_the_batch()
    {
        await using Cloud cloud = Cloud.Start();
        using var output = new MemoryStream();
        var log = new JsonLog(output, LogLevel.Info, TimeProvider.System);
        using var client = new AmazonCloudWatchClient(TestTargets.Own, new AwsClientConfig(AmazonCloudWatchClient.Service, "us-east-1", cloud.Endpoint));

        await new CloudWatchPublisher(client, log, TimeProvider.System).PublishAsync(Data(), TestContext.Current.CancellationToken);
        Assert.Equal("", Encoding.UTF8.GetString(output.ToArray()));
        Assert.Contains(cloud.CloudWatch.Received, static d => d.Name == "Delivered" && d.Dimensions["Destination"] == "localhost:9200#gr%C3%B6%C3%9Fen");

        await new EmfPublisher(log, TimeProvider.System).PublishAsync(Data(), TestContext.Current.CancellationToken);
        string[] lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(lines, static l => JsonDocument.Parse(l).RootElement.TryGetProperty("Destination", out JsonElement d) && d.GetString() == "localhost:9200#gr%C3%B6%C3%9Fen");
    }

    private static IReadOnlyList<MetricDatum> Data()
    {
        Mapping mapping = TestTargets.Mapping(TargetType.Es, "localhost:9200#größen");
        var group = new RecordGroup(TestPayloads.Source, SourceKind.Kinesis, []);
        return MeasureBatch.Of(new DispatchResult([new GroupResult(group, [Outcome.WithoutBatch(mapping, 0, null, new(FailureClass.Configuration, "c", "r"))], [], null)]), "f");
    }
}
