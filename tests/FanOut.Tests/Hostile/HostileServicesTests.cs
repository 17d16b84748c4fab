using System.Text;
using Amazon.DynamoDBv2;
using Amazon.SecurityToken;
using FanOut.Aws;
using FanOut.Aws.CloudWatch;
using FanOut.Aws.S3;
using FanOut.Aws.Sns;
using FanOut.Aws.Sqs;
using FanOut.Engine.Credentials;
using FanOut.Engine.Logging;
using FanOut.Engine.Mappings;
using FanOut.Engine.Metrics;
using FanOut.Tests.Targets;

namespace FanOut.Tests.Hostile;

/// <summary>The services beside the targets: the table, STS, dead letters and metrics are bounded as well.</summary>
public sealed class HostileServicesTests
{
    private const long MostTaken = 24 * 1024 * 1024;

    public static TheoryData<string> Answers => [.. HttpAnswers.All.Keys];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task The_table_is_unavailable_for_a_short_reason(string answer)
    {
        await using HostileHost host = Start(answer);
        using var dynamo = new AmazonDynamoDBClient(TestTargets.Own, new AmazonDynamoDBConfig
        {
            ServiceURL = host.Endpoint.AbsoluteUri,
            AuthenticationRegion = "us-east-1",
            HttpClientFactory = SharedHttpClientFactory.Instance,
            MaxErrorRetry = 0,
        });

        MappingsUnavailableException e = await Assert.ThrowsAsync<MappingsUnavailableException>(
            () => new DynamoMappingSource(dynamo, "table").ReadAsync("arn:aws:kinesis:us-east-1:1:stream/in", TestContext.Current.CancellationToken));

        Assert.InRange(e.Message.Length, 1, 2_500);
        Assert.InRange(host.Sent, 0, MostTaken);
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_role_cannot_be_assumed_for_a_short_reason(string answer)
    {
        await using HostileHost host = Start(answer);
        using AmazonSecurityTokenServiceClient sts = AssumedRoles.CreateClient("us-east-1", TestTargets.Own);
        var config = (AmazonSecurityTokenServiceConfig)sts.Config;
        (config.ServiceURL, config.MaxErrorRetry) = (host.Endpoint.AbsoluteUri, 0);

        AssumeRoleException e = await Assert.ThrowsAsync<AssumeRoleException>(
            () => new AssumedRoles(sts, "fanout", TimeProvider.System).For("arn:aws:iam::210987654321:role/writer", null).GetCredentialsAsync());

        Assert.InRange(e.Message.Length, 1, 2_500);
        Assert.InRange(host.Sent, 0, MostTaken);
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Metrics_are_given_up_with_a_short_line(string answer)
    {
        await using HostileHost host = Start(answer);
        using var client = new AmazonCloudWatchClient(TestTargets.Own, new AwsClientConfig(AmazonCloudWatchClient.Service, "us-east-1", host.Endpoint));
        using var lines = new MemoryStream();

        await new CloudWatchPublisher(client, new JsonLog(lines, LogLevel.Info, TimeProvider.System), TimeProvider.System)
            .PublishAsync([new MetricDatum("Records", [], "Count", 1, 1, 1, 1)], TestContext.Current.CancellationToken);

        Assert.InRange(lines.Length, 0, 3_000);
        Assert.InRange(host.Sent, 0, MostTaken);
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_dead_letter_is_refused_for_a_short_reason(string answer)
    {
        await using HostileHost host = Start(answer);
        foreach (AwsClient client in (AwsClient[])[
            new AmazonS3Client(TestTargets.Own, new AwsClientConfig(AmazonS3Client.Service, "us-east-1", host.Endpoint)),
            new AmazonSQSClient(TestTargets.Own, new AwsClientConfig(AmazonSQSClient.Service, "us-east-1", host.Endpoint)),
            new AmazonSimpleNotificationServiceClient(TestTargets.Own, new AwsClientConfig(AmazonSimpleNotificationServiceClient.Service, "us-east-1", host.Endpoint))])
        {
            using (client)
            {
                Exception? e = await Record.ExceptionAsync(() => CallAsync(client));
                Assert.NotNull(e);
                Assert.InRange(FanOut.Engine.Delivery.Classify.Of(e).Reason.Length, 1, 2_500);
            }
        }

        Assert.InRange(host.Sent, 0, 3 * MostTaken);
    }

    private static async Task CallAsync(AwsClient client)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        switch (client)
        {
            case AmazonS3Client s3:
                using (var body = new FanOut.Aws.Protocols.RequestBody(16))
                {
                    body.Write("{}\n"u8);
                    PutObjectResponse response = await s3.PutObjectAsync(new PutObjectRequest { BucketName = "bucket", Key = "key", Body = body }, cancellation);
                    Assert.Null(response.ETag);
                    throw new InvalidDataException("No object was stored.");
                }

            case AmazonSQSClient sqs:
                await sqs.SendMessageBatchAsync(new() { QueueUrl = "https://sqs.us-east-1.amazonaws.com/1/q", Entries = new SendMessageBatchRequestEntry[] { new(Encoding.UTF8.GetBytes("{}")) } }, cancellation);
                break;
            case AmazonSimpleNotificationServiceClient sns:
                await sns.PublishBatchAsync(new() { TopicArn = "arn:aws:sns:us-east-1:1:t", PublishBatchRequestEntries = new PublishBatchRequestEntry[] { new(Encoding.UTF8.GetBytes("{}")) } }, cancellation);
                break;
        }
    }

    private static HostileHost Start(string answer) => HostileHost.Start(async a =>
    {
        await HttpAnswers.ReceiveAsync(a);
        await HttpAnswers.All[answer](a);
    });
}
