using FanOut.Engine.Mappings;

namespace FanOut.Tests.Mappings;

public sealed class IotDestinationTests
{
    [Theory]
    [InlineData("abc.iot.us-east-1.amazonaws.com#a/b", "https://abc.iot.us-east-1.amazonaws.com/", "a/b", "us-east-1")]
    [InlineData("abc-ats.iot.cn-north-1.amazonaws.com.cn#t", "https://abc-ats.iot.cn-north-1.amazonaws.com.cn/", "t", "cn-north-1")]
    [InlineData("abc-ats.iot.eu-west-1.api.aws#t", "https://abc-ats.iot.eu-west-1.api.aws/", "t", "eu-west-1")]
    [InlineData("vpce-1-2.data.iot.us-west-2.vpce.amazonaws.com#t", "https://vpce-1-2.data.iot.us-west-2.vpce.amazonaws.com/", "t", "us-west-2")]
    [InlineData("iot.example.com#$aws/rules/r/a", "https://iot.example.com/", "$aws/rules/r/a", null)]
    [InlineData("http://127.0.0.1:8080#tøpic with blanks", "http://127.0.0.1:8080/", "tøpic with blanks", null)]
    public void Endpoint_and_topic_are_told_apart(string text, string endpoint, string topic, string? region)
    {
        Assert.True(IotDestination.TryParse(text, out IotDestination? iot, out string? problem), problem);
        Assert.Equal((endpoint, topic, region), (iot.Endpoint.AbsoluteUri, iot.Topic, iot.Region));
    }

    [Theory]
    [InlineData("h", "no '#'")]
    [InlineData("h#", "no topic")]
    [InlineData("h#.", "another place in the URL")]
    [InlineData("h#..", "another place in the URL")]
    [InlineData("h#a/+/b", "wildcard")]
    [InlineData("h#a/#", "wildcard")]
    [InlineData("h#a\0", "null character")]
    [InlineData("h#devices/<data.x", "its topic has '<data.x' with no '>' behind it")]
    [InlineData("h#devices/<data.x/<data.y>", "its topic has '<data.x/' with no '>' behind it")]
    [InlineData("h#$SYS/x", "reserved")]
    [InlineData("h#1/2/3/4/5/6/7/8/9", "7 slashes")]
    [InlineData("https://user:secret@h#t", "signed with AWS credentials")]
    public void What_is_no_topic_is_refused_with_the_form_that_is(string text, string reason)
    {
        Assert.False(IotDestination.TryParse(text, out _, out string? problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
        Assert.Contains("iot takes endpoint#topic", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(256, "", true)]
    [InlineData(257, "", false)]
    [InlineData(254, "ö", true)]
    [InlineData(255, "ö", false)]
    public void A_topic_has_up_to_256_bytes(int length, string more, bool allowed) =>
        Assert.Equal(allowed, IotDestination.TryParse("h#" + new string('t', length) + more, out _, out _));

    [Theory]
    [InlineData("...", true)]
    [InlineData("../.", true)]
    [InlineData("a/b/c/d/e/f/g/h", true)]
    [InlineData("a/b/c/d/e/f/g/h/", false)]
    [InlineData("$aws/rules/r/a/b/c/d/e/f/g/h", true)]
    [InlineData("$aws/rules/r/a/b/c/d/e/f/g/h/i", false)]
    public void A_topic_has_up_to_7_slashes_behind_the_rule_of_basic_ingest(string topic, bool allowed) =>
        Assert.Equal(allowed, IotDestination.TryParse("h#" + topic, out _, out _));
}
