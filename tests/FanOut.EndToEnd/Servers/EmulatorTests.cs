using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace FanOut.EndToEnd.Servers;

/// <summary>The emulators themselves: started, told apart, and ended.</summary>
public sealed class EmulatorTests(KinesaliteServer kinesalite)
{
    [Fact]
    public async Task Kinesalite_keeps_streams_in_the_account_and_region_of_the_tests()
    {
        using ServiceApi api = new((await kinesalite.StartAsync()).Endpoint);
        JsonObject name = new() { ["StreamName"] = "emulator-tests" };
        await api.JsonAsync("kinesis", "Kinesis_20131202.CreateStream", new() { ["StreamName"] = "emulator-tests", ["ShardCount"] = 1 });

        JsonNode stream = await api.JsonAsync("kinesis", "Kinesis_20131202.DescribeStreamSummary", name);

        Assert.Equal(
            "arn:aws:kinesis:us-east-1:123456789012:stream/emulator-tests",
            (string?)stream["StreamDescriptionSummary"]!["StreamARN"]);
    }

    [Fact]
    public async Task Moto_checks_signatures_after_the_allowed_calls_and_forgets_everything_at_a_reset()
    {
        await using MotoServer own = new();
        using ServiceApi api = new((await own.StartAsync()).Endpoint);
        await own.ResetAuthAsync(1);

        XElement created = await api.QueryAsync("sns", "2010-03-31", "CreateTopic", ("Name", "emulator-tests"));
        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(
            () => api.QueryAsync("sns", "2010-03-31", "ListTopics"));
        await own.ResetAsync();
        await own.ResetAuthAsync(1);
        XElement topics = await api.QueryAsync("sns", "2010-03-31", "ListTopics");

        Assert.Contains("arn:aws:sns:us-east-1:123456789012:emulator-tests", created.Value, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.DoesNotContain("emulator-tests", topics.Value, StringComparison.Ordinal);
    }
}
