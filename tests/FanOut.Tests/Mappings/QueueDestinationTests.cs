using FanOut.Engine.Mappings;

namespace FanOut.Tests.Mappings;

public sealed class QueueDestinationTests
{
    [Theory]
    [InlineData("https://sqs.us-east-1.amazonaws.com/123456789012/q", "us-east-1")]
    [InlineData("https://sqs.cn-north-1.amazonaws.com.cn/123456789012/q", "cn-north-1")]
    [InlineData("https://sqs.us-iso-east-1.c2s.ic.gov/123456789012/q", "us-iso-east-1")]
    [InlineData("https://sqs.eusc-de-east-1.amazonaws.eu/123456789012/q", "eusc-de-east-1")]
    [InlineData("https://sqs-fips.us-west-2.amazonaws.com/123456789012/q", "us-west-2")]
    [InlineData("https://sqs.eu-west-1.api.aws/123456789012/q", "eu-west-1")]
    [InlineData("https://sqs.cn-north-1.api.amazonwebservices.com.cn/123456789012/q", "cn-north-1")]
    [InlineData("https://eu-west-1.queue.amazonaws.com/123456789012/q", "eu-west-1")]
    [InlineData("https://queue.amazonaws.com/123456789012/q", "us-east-1")]
    [InlineData("https://vpce-0a1-b2c.sqs.ap-southeast-2.vpce.amazonaws.com/123456789012/q", "ap-southeast-2")]
    [InlineData("https://vpce-0a1-b2c-us-east-1a.sqs.us-east-1.vpce.amazonaws.com/123456789012/q", "us-east-1")]
    [InlineData("https://sqs.new-region-1.amazonaws.new/123456789012/q", null)]
    [InlineData("http://sqs.us-east-1.localhost.localstack.cloud:4566/000000000000/q", null)]
    [InlineData("http://localhost:4566/queue/us-east-1/000000000000/q", null)]
    [InlineData("https://sqs.example.com/123456789012/q", null)]
    [InlineData("http://127.0.0.1:9324/000000000000/q", null)]
    public void A_queue_URL_is_sent_as_it_is_and_names_its_region(string text, string? region)
    {
        Assert.True(QueueDestination.TryParse(text, out QueueDestination? queue, out string? problem), problem);
        Assert.Equal((text, text, "q", false, region), (queue.Text, queue.Url, queue.Name, queue.IsFifo, queue.Region));
    }

    [Theory]
    [InlineData("arn:aws:sqs:us-east-1:123456789012:q.fifo", "https://sqs.us-east-1.amazonaws.com/123456789012/q.fifo")]
    [InlineData("arn:aws-cn:sqs:cn-north-1:123456789012:q.fifo", "https://sqs.cn-north-1.amazonaws.com.cn/123456789012/q.fifo")]
    [InlineData("arn:aws-iso-b:sqs:us-isob-east-1:123456789012:q.fifo", "https://sqs.us-isob-east-1.sc2s.sgov.gov/123456789012/q.fifo")]
    [InlineData("arn:aws-eusc:sqs:eusc-de-east-1:123456789012:q.fifo", "https://sqs.eusc-de-east-1.amazonaws.eu/123456789012/q.fifo")]
    public void The_URL_of_a_queue_given_by_ARN_ends_in_its_partitions_suffix(string text, string url)
    {
        Assert.True(QueueDestination.TryParse(text, out QueueDestination? queue, out string? problem), problem);
        Assert.Equal((url, "q.fifo", true, Arn.TryParse(text, out Arn? arn) ? arn.Region : ""), (queue.Url, queue.Name, queue.IsFifo, queue.Region));
    }

    [Theory]
    [InlineData("")]
    [InlineData("q")]
    [InlineData("ftp://sqs.us-east-1.amazonaws.com/123456789012/q")]
    [InlineData("https://sqs.us-east-1.amazonaws.com/q")]
    [InlineData("https://sqs.us-east-1.amazonaws.com/123456789012/")]
    [InlineData("https://sqs.us-east-1.amazonaws.com//q")]
    [InlineData("https://sqs.us-east-1.amazonaws.com/123456789012/q?x=y")]
    [InlineData("https://user:secret@sqs.us-east-1.amazonaws.com/123456789012/q")]
    [InlineData("https://sqs.us-east-1.amazonaws.com/123456789012/q%20q")]
    [InlineData("https://sqs.us-east-1.amazonaws.com/123456789012/.fifo")]
    [InlineData("arn:aws:sns:us-east-1:123456789012:q")]
    [InlineData("arn:aws:sqs::123456789012:q")]
    [InlineData("arn:aws:sqs:us-east-1:123456789012:a/b")]
    public void What_is_no_queue_is_refused_with_the_forms_that_are(string text)
    {
        Assert.False(QueueDestination.TryParse(text, out _, out string? problem));
        Assert.Contains("sqs takes a queue's URL", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_queue_ARN_of_an_unknown_partition_asks_for_the_URL()
    {
        Assert.False(QueueDestination.TryParse("arn:aws-moon:sqs:base-1:1:q", out _, out string? problem));
        Assert.Contains("give the queue's URL", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80, true)]
    [InlineData(81, false)]
    public void A_queue_name_has_up_to_80_characters(int length, bool allowed)
    {
        string text = "https://sqs.us-east-1.amazonaws.com/1/" + new string('q', length - 5) + ".fifo";
        Assert.Equal(allowed, QueueDestination.TryParse(text, out _, out _));
    }
}
