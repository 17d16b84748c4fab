using System.Text;
using FanOut.Aws.CloudWatch;
using FanOut.Credentials;
using FanOut.Sources;
using FanOut.Tests.Aws;

namespace FanOut.Tests.Sources;

public sealed class IteratorAgesTests
{
    [Fact]
    public async Task The_greatest_age_of_the_last_minutes_is_told_for_the_function_and_for_each_alias()
    {
        await using Wire wire = new(
            """{"MetricDataResults":[{"Id":"q1","StatusCode":"Complete","Timestamps":[1,2,3],"Values":[10,2500,20]},{"Id":"q0","Timestamps":[],"Values":[]}]}""");
        using AwsSession session = Open(wire);

        IReadOnlyDictionary<string, TimeSpan> ages = await new IteratorAges(session, TimeProvider.System).ReadAsync("fanout", ["", "live", ""], TestContext.Current.CancellationToken);

        Assert.Equal([("live", TimeSpan.FromSeconds(2.5))], ages.Select(static a => (a.Key, a.Value)));
        string body = Encoding.UTF8.GetString(Assert.Single(wire.Arrived).Body.Span);
        Assert.Contains("""{"Name":"Resource","Value":"fanout:live"}""", body, StringComparison.Ordinal);
        Assert.Equal(2, body.Split("IteratorAge").Length - 1);
    }

    [Fact]
    public async Task Without_a_mapping_nothing_is_asked()
    {
        await using Wire wire = new(Array.Empty<string>());
        using AwsSession session = Open(wire);

        Assert.Empty(await new IteratorAges(session, TimeProvider.System).ReadAsync("fanout", [], TestContext.Current.CancellationToken));
        Assert.Empty(wire.Arrived);
    }

    private static AwsSession Open(Wire wire) => OpenSession.Of(
        new SessionRequest { AccessKey = "AKIATEST", SecretKey = "secret", Region = "us-east-1", EndpointUrl = new Uri(wire.Config(AmazonCloudWatchClient.Service).ServiceURL) },
        new CallLog(),
        TimeProvider.System);
}
