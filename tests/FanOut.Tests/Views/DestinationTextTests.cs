using System.Management.Automation;
using FanOut.Views;

namespace FanOut.Tests.Views;

/// <summary>Destinations as tables show them.</summary>
public sealed class DestinationTextTests
{
    [Theory]
    [InlineData("sqs", "arn:aws:sqs:us-east-1:123456789012:archive", "archive")]
    [InlineData("sqs", "https://sqs.us-east-1.amazonaws.com/123456789012/archive.fifo", "archive.fifo")]
    [InlineData("sqs", "https://sqs.eu-west-1.amazonaws.com/123456789012/archive", "archive in eu-west-1")]
    [InlineData("sqs", "https://sqs.us-east-1.amazonaws.com/210987654321/archive", "archive of 210987654321")]
    [InlineData("sqs", "http://localhost:4566/000000000000/archive", "archive of 000000000000")]
    [InlineData("sqs", "http://localhost:9324/queue/archive", "archive at localhost:9324")]
    [InlineData("sns", "arn:aws:sns:eu-west-1:210987654321:topic", "topic in eu-west-1 of 210987654321")]
    [InlineData("kinesis", "arn:aws:kinesis:us-east-1:123456789012:stream/copy", "copy")]
    [InlineData("kinesis", "copy", "copy")]
    [InlineData("firehose", "arn:aws:firehose:us-east-1:123456789012:deliverystream/archive", "archive")]
    [InlineData("lambda", "arn:aws:lambda:us-east-1:123456789012:function:audit:live", "audit:live")]
    [InlineData("lambda", "audit", "audit")]
    [InlineData("es", "https://search-orders-abc.us-east-1.es.amazonaws.com#orders", "orders at search-orders-abc.us-east-1.es.amazonaws.com")]
    [InlineData("es", "search-orders-abc.us-east-1.es.amazonaws.com#<logs-{now/d}>", "<logs-{now/d}> at search-orders-abc.us-east-1.es.amazonaws.com")]
    [InlineData("iot", "abc-ats.iot.us-east-1.amazonaws.com#shop/orders", "shop/orders at abc-ats.iot.us-east-1.amazonaws.com")]
    [InlineData("redis", "rediss://***@cache.example.com:6379/1", "rediss://***@cache.example.com:6379/1")]
    [InlineData("memcached", "cache.example.com:11211", "cache.example.com:11211")]
    [InlineData("kafka", "what#ever", "ever at what")]
    public void The_name_comes_first_and_the_place_only_if_it_is_another(string type, string destination, string expected) => Assert.Equal(expected, Text(type, destination));

    [Theory]
    [InlineData("sqs", "")]
    [InlineData("es", "endpoint#")]
    [InlineData("es", "#")]
    [InlineData("sqs", "https://")]
    [InlineData("sns", "arn:aws")]
    public void What_is_no_destination_is_shown_as_it_is(string type, string destination) => Assert.Equal(destination, Text(type, destination));

    private static string Text(string type, string destination) => DestinationText.Of(PSObject.AsPSObject(new FanOutTarget
    {
        SourceArn = "arn:aws:kinesis:us-east-1:123456789012:stream/orders",
        Id = "a",
        Type = type,
        Destination = destination,
        Region = "us-east-1",
        FunctionName = "fanout",
        TableName = "fanoutTargets",
    }));
}
