using FanOut.Engine.Events;

namespace FanOut.Tests.Events;

public sealed class SourceArnTests
{
    [Theory]
    [InlineData("arn:aws:kinesis:us-east-1:1:stream/in/consumer/fan-out:1634000000", "arn:aws:kinesis:us-east-1:1:stream/in")]
    [InlineData("arn:aws:kinesis:us-east-1:1:stream/in", "arn:aws:kinesis:us-east-1:1:stream/in")]
    [InlineData("arn:aws:sns:us-east-1:1:topic", "arn:aws:sns:us-east-1:1:topic")]
    [InlineData(
        "arn:aws:dynamodb:us-east-1:1:table/T/stream/2015-05-11T21:21:33.291",
        "arn:aws:dynamodb:us-east-1:1:table/T/stream/2015-05-11T21:21:33.291")]
    [InlineData("", "")]
    public void The_consumer_of_enhanced_fan_out_is_no_part_of_the_source(string sourceArn, string expected) =>
        Assert.Equal(expected, SourceArn.WithoutConsumer(sourceArn));

    [Theory]
    [InlineData(SourceKind.Kinesis, "arn:aws:kinesis:us-east-1:1:stream/in", true)]
    [InlineData(SourceKind.DynamoDb, "arn:aws-cn:dynamodb:cn-north-1:1:table/T/stream/2015-05-11T21:21:33.291", true)]
    [InlineData(SourceKind.Sns, "arn:aws:sns:us-east-1:1:topic", true)]
    [InlineData(SourceKind.Kinesis, "arn:aws:dynamodb:us-east-1:1:table/T", false)]
    [InlineData(SourceKind.Kinesis, "arn:aws:kinesis:us-east-1:1:", false)]
    [InlineData(SourceKind.Kinesis, "arn:aws:kinesis", false)]
    [InlineData(SourceKind.Kinesis, "kinesis", false)]
    [InlineData(SourceKind.Sns, "", false)]
    public void An_ARN_is_of_the_kind_whose_service_it_names(SourceKind kind, string arn, bool isOf) => Assert.Equal(isOf, SourceArn.IsOf(kind, arn));
}
