using Amazon.Runtime;
using FanOut.Aws;
using FanOut.Aws.CloudWatch;
using FanOut.Aws.CloudWatchLogs;
using FanOut.Aws.DynamoDBStreams;
using FanOut.Aws.Ec2;
using FanOut.Aws.ElastiCache;
using FanOut.Aws.EventBridge;
using FanOut.Aws.Firehose;
using FanOut.Aws.IdentityManagement;
using FanOut.Aws.Iot;
using FanOut.Aws.Kinesis;
using FanOut.Aws.Lambda;
using FanOut.Aws.OpenSearchService;
using FanOut.Aws.S3;
using FanOut.Aws.SecretsManager;
using FanOut.Aws.Sns;
using FanOut.Aws.Sqs;
using FanOut.Aws.StepFunctions;

namespace FanOut.Tests.Aws;

/// <summary>All hosts as botocore 1.43.11 makes them by the services' endpoint-rule-set-1.json: <c>Fixtures/endpoints.csv</c>; without a host: an error.</summary>
public sealed class ServiceHostTests
{
    private static readonly Dictionary<string, AwsService> Services = new()
    {
        ["cloudwatch"] = AmazonCloudWatchClient.Service,
        ["dynamodbstreams"] = AmazonDynamoDBStreamsClient.Service,
        ["ec2"] = AmazonEC2Client.Service,
        ["elasticache"] = AmazonElastiCacheClient.Service,
        ["events"] = AmazonEventBridgeClient.Service,
        ["firehose"] = AmazonKinesisFirehoseClient.Service,
        ["iam"] = AmazonIdentityManagementServiceClient.Service,
        ["iot"] = AmazonIoTClient.Service,
        ["iot-data"] = AmazonIotDataClient.Service,
        ["kinesis"] = AmazonKinesisClient.Service,
        ["lambda"] = AmazonLambdaClient.Service,
        ["logs"] = AmazonCloudWatchLogsClient.Service,
        ["opensearch"] = AmazonOpenSearchServiceClient.Service,
        ["s3"] = AmazonS3Client.Service,
        ["secretsmanager"] = AmazonSecretsManagerClient.Service,
        ["sns"] = AmazonSimpleNotificationServiceClient.Service,
        ["sqs"] = AmazonSQSClient.Service,
        ["stepfunctions"] = AmazonStepFunctionsClient.Service,
    };

    public static TheoryData<string> All => [.. Services.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void A_host_is_the_one_of_the_SDKs(string service)
    {
        string[][] rows = [.. File.ReadLines(Path.Join(Checkout.Root, "tests", "FanOut.Tests", "Aws", "Fixtures", "endpoints.csv")).Skip(1)
            .Select(static l => l.Split(',')).Where(r => r[0] == service)];

        Assert.Equal(60, rows.Length);
        Assert.Equal(rows.Select(static r => string.Join(' ', r)), rows.Select(r => string.Join(' ', r[..4].Append(HostOf(service, r[1], r[2] == "true", r[3] == "true")))));
    }

    [Fact]
    public void A_service_without_such_an_endpoint_is_named()
    {
        AmazonClientException error = Assert.Throws<AmazonClientException>(() => Config(AmazonS3Client.Service, "cn-north-1", fips: true).DetermineEndpoint());

        Assert.Equal("S3 has no endpoint in cn-north-1 for AWS_USE_FIPS_ENDPOINT. Unset it, or set the endpoint by AWS_ENDPOINT_URL_S3 instead.", error.Message);
    }

    [Fact]
    public void An_endpoint_that_was_set_contradicts_and_that_of_a_destination_does_not()
    {
        AwsClientConfig set = Config(AmazonKinesisClient.Service, "us-east-1", fips: true);
        set.ServiceURL = "http://localhost:4566/";
        var destination = new AwsClientConfig(AmazonKinesisClient.Service, "us-east-1", new Uri("http://localhost:4566")) { UseFIPSEndpoint = true };

        Assert.StartsWith("The endpoint http://localhost:4566/ was set for Kinesis, and AWS_USE_FIPS_ENDPOINT too", Assert.Throws<AmazonClientException>(set.DetermineEndpoint).Message, StringComparison.Ordinal);
        Assert.Equal("http://localhost:4566/", destination.DetermineEndpoint().AbsoluteUri);
    }

    private static string HostOf(string service, string region, bool fips, bool dualStack)
    {
        try
        {
            return Config(Services[service], region, fips, dualStack).DetermineEndpoint().Host;
        }
        catch (AmazonClientException)
        {
            return "";
        }
    }

    private static AwsClientConfig Config(AwsService service, string region, bool fips, bool dualStack = false) =>
        new(service, region) { UseFIPSEndpoint = fips, UseDualstackEndpoint = dualStack };
}
