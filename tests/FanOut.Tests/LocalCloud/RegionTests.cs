using System.Text.Json;

namespace FanOut.Tests.LocalCloud;

/// <summary>One cloud is all partitions and regions at once.</summary>
public sealed class RegionTests : CloudTests
{
    [Theory]
    [InlineData("eu-central-1", "aws")]
    [InlineData("cn-north-1", "aws-cn")]
    [InlineData("us-gov-west-1", "aws-us-gov")]
    [InlineData("eusc-de-east-1", "aws-eusc")]
    [InlineData("us-isof-south-1", "aws-iso-f")]
    public async Task Each_region_has_resources_of_its_own_with_its_partitions_ARNs(string region, string partition)
    {
        using AwsHttp there = new(Cloud) { Region = region };
        await there.KinesisAsync("CreateStream", """{"StreamName":"s","ShardCount":1}""");
        await there.FirehoseAsync("CreateDeliveryStream", """{"DeliveryStreamName":"s"}""");
        await there.SqsAsync("CreateQueue", """{"QueueName":"s"}""");
        await there.QueryAsync("sns", ("Action", "CreateTopic"), ("Name", "s"));
        await there.DynamoAsync(
            "CreateTable",
            """{"TableName":"s","AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],"KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"StreamSpecification":{"StreamEnabled":true,"StreamViewType":"KEYS_ONLY"}}""");

        JsonElement stream = (await there.KinesisAsync("DescribeStreamSummary", """{"StreamName":"s"}""")).Json.GetProperty("StreamDescriptionSummary");
        JsonElement delivery = (await there.FirehoseAsync("DescribeDeliveryStream", """{"DeliveryStreamName":"s"}""")).Json.GetProperty("DeliveryStreamDescription");
        JsonElement table = (await there.DynamoAsync("DescribeTable", """{"TableName":"s"}""")).Json.GetProperty("Table");
        string url = (await there.SqsAsync("GetQueueUrl", """{"QueueName":"s"}""")).Json.GetProperty("QueueUrl").GetString()!;
        JsonElement queue = (await there.SqsAsync("GetQueueAttributes", $$"""{"QueueUrl":"{{url}}","AttributeNames":["QueueArn"]}""")).Json.GetProperty("Attributes");
        Answer topics = await there.QueryAsync("sns", ("Action", "ListTopics"));
        Answer caller = await there.QueryAsync("sts", ("Action", "GetCallerIdentity"));

        Assert.Equal(
            [
                $"arn:{partition}:kinesis:{region}:123456789012:stream/s", $"arn:{partition}:firehose:{region}:123456789012:deliverystream/s",
                $"arn:{partition}:dynamodb:{region}:123456789012:table/s", $"arn:{partition}:sqs:{region}:123456789012:s",
                $"arn:{partition}:sns:{region}:123456789012:s", $"arn:{partition}:iam::123456789012:root",
            ],
            [
                Text(stream, "StreamARN"), Text(delivery, "DeliveryStreamARN"), Text(table, "TableArn"), Text(queue, "QueueArn"),
                topics.Xml("TopicArn")!, caller.Xml("Arn")!,
            ]);
        Assert.Equal("ResourceNotFoundException", (await Aws.KinesisAsync("DescribeStreamSummary", """{"StreamName":"s"}""")).Error);
        Assert.Equal("ResourceNotFoundException", (await Aws.DynamoAsync("DescribeTable", """{"TableName":"s"}""")).Error);
        Assert.Equal("QueueDoesNotExist", (await Aws.SqsAsync("GetQueueUrl", """{"QueueName":"s"}""")).Error);
        Assert.Null((await Aws.QueryAsync("sns", ("Action", "ListTopics"))).Xml("TopicArn"));
    }

    private static string Text(JsonElement parent, string name) => parent.GetProperty(name).GetString()!;
}
