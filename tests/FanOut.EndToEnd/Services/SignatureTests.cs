using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Amazon.Runtime;
using FanOut.Aws;
using FanOut.Aws.CloudWatch;
using FanOut.Aws.ElastiCache;
using FanOut.Aws.EventBridge;
using FanOut.Aws.Firehose;
using FanOut.Aws.Iot;
using FanOut.Aws.Kinesis;
using FanOut.Aws.Lambda;
using FanOut.Aws.OpenSearchService;
using FanOut.Aws.Protocols;
using FanOut.Aws.S3;
using FanOut.Aws.Sns;
using FanOut.Aws.Sqs;
using FanOut.Aws.StepFunctions;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

/// <summary>Every client against an emulator that computes the signature itself.</summary>
public sealed class SignatureTests
{
    private const string AllowAll = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""";
    private const string Refused = "403 SignatureDoesNotMatch";

    // Nothing in a path or a query needs encoding: moto computes the signature over what it decoded, so a topic "a/b", rightly sent as
    // "a%2Fb", is refused there. For those see RestSignatureTests.
    private static readonly Dictionary<string, Func<AWSCredentials, Uri, Task>> Calls = new()
    {
        ["cloudwatch"] = (credentials, endpoint) => With(
            new AmazonCloudWatchClient(credentials, Emulated.Config(AmazonCloudWatchClient.Service, endpoint)),
            client => client.PutMetricDataAsync(new()
            {
                Namespace = "N",
                Timestamp = DateTimeOffset.UnixEpoch,
                MetricData = [new("M é", [], "Count", 1, 1, 1, 1)],
            })),
        ["events"] = (credentials, endpoint) => With(
            new AmazonEventBridgeClient(credentials, Emulated.Config(AmazonEventBridgeClient.Service, endpoint)),
            client => client.PutEventsAsync(new()
            {
                EventBusName = "default", Resource = "arn:aws:sns:us-east-1:123456789012:t", Entries = new PutEventsRequestEntry[] { new("s"u8.ToArray(), "é"u8.ToArray(), "{}"u8.ToArray()) },
            })),
        ["states"] = (credentials, endpoint) => With(
            new AmazonStepFunctionsClient(credentials, Emulated.Config(AmazonStepFunctionsClient.Service, endpoint)),
            client => client.ListStateMachinesAsync(new())),
        ["firehose"] = (credentials, endpoint) => With(
            new AmazonKinesisFirehoseClient(credentials, Emulated.Config(AmazonKinesisFirehoseClient.Service, endpoint)),
            client => client.PutRecordBatchAsync(new() { DeliveryStreamName = "signed", Records = new[] { new Blob("x"u8.ToArray(), false) } })),
        ["iot"] = (credentials, endpoint) => With(
            new AmazonIotDataClient(credentials, Emulated.Config(AmazonIotDataClient.Service, endpoint)),
            client => client.PublishAsync(new() { Topic = "signed", Payload = "x"u8.ToArray() })),
        ["kinesis"] = (credentials, endpoint) => With(
            new AmazonKinesisClient(credentials, Emulated.Config(AmazonKinesisClient.Service, endpoint)),
            client => client.PutRecordsAsync(new()
            {
                StreamName = "signed",
                Records = PutRecordsEntries.Of(new PutRecordsRequestEntry(new Blob("x"u8.ToArray(), false), "é"u8.ToArray(), default)),
            })),
        ["lambda"] = (credentials, endpoint) => With(
            new AmazonLambdaClient(credentials, Emulated.Config(AmazonLambdaClient.Service, endpoint)),
            client => LambdaFunction.InvokeAsync(client, "signed", "{}"u8.ToArray())),
        ["lambda, GET"] = (credentials, endpoint) => With(
            new AmazonLambdaClient(credentials, Emulated.Config(AmazonLambdaClient.Service, endpoint)),
            client => client.GetFunctionConfigurationAsync(new() { FunctionName = "signed" })),
        ["lambda, GET with a query"] = (credentials, endpoint) => With(
            new AmazonLambdaClient(credentials, Emulated.Config(AmazonLambdaClient.Service, endpoint)),
            client => client.ListFunctionsAsync(new() { FunctionVersion = "ALL", MaxItems = 50, Marker = "m" })),
        ["lambda, PUT"] = (credentials, endpoint) => With(
            new AmazonLambdaClient(credentials, Emulated.Config(AmazonLambdaClient.Service, endpoint)),
            client => client.UpdateFunctionConfigurationAsync(new() { FunctionName = "signed", Description = "é" })),
        ["lambda, DELETE"] = (credentials, endpoint) => With(
            new AmazonLambdaClient(credentials, Emulated.Config(AmazonLambdaClient.Service, endpoint)),
            client => client.DeleteEventSourceMappingAsync(new() { UUID = "00000000-0000-0000-0000-000000000000" })),
        ["elasticache"] = (credentials, endpoint) => With(
            new AmazonElastiCacheClient(credentials, Emulated.Config(AmazonElastiCacheClient.Service, endpoint)),
            client => client.DescribeCacheClustersAsync(new())),
        ["es"] = (credentials, endpoint) => With(
            new AmazonOpenSearchServiceClient(credentials, Emulated.Config(AmazonOpenSearchServiceClient.Service, endpoint)),
            client => client.ListDomainNamesAsync(new() { EngineType = "OpenSearch" })),
        ["iot, control plane"] = (credentials, endpoint) => With(
            new AmazonIoTClient(credentials, Emulated.Config(AmazonIoTClient.Service, endpoint)),
            client => client.DescribeEndpointAsync(new())),
        ["s3"] = (credentials, endpoint) => With(
            new AmazonS3Client(credentials, Emulated.Config(AmazonS3Client.Service, endpoint)),
            async client =>
            {
                using RequestBody body = new(1);
                body.Write("x"u8);
                await client.PutObjectAsync(new() { BucketName = "signed", Key = "a/b", Body = body });
            }),
        ["sns"] = (credentials, endpoint) => With(
            new AmazonSimpleNotificationServiceClient(credentials, Emulated.Config(AmazonSimpleNotificationServiceClient.Service, endpoint)),
            client => client.PublishBatchAsync(new()
            {
                TopicArn = $"arn:aws:sns:{Emulated.Region}:{Emulated.Account}:signed",
                PublishBatchRequestEntries = new PublishBatchRequestEntry[] { new("é &="u8.ToArray()) },
            })),
        ["sqs"] = (credentials, endpoint) => With(
            new AmazonSQSClient(credentials, Emulated.Config(AmazonSQSClient.Service, endpoint)),
            client => client.SendMessageBatchAsync(new()
            {
                QueueUrl = new Uri(endpoint, $"{Emulated.Account}/signed").AbsoluteUri,
                Entries = new SendMessageBatchRequestEntry[] { new("é"u8.ToArray()) },
            })),
    };

    [Fact]
    public async Task Each_client_is_accepted_with_the_right_secret_and_refused_with_a_wrong_one()
    {
        // An instance of its own: authorisation holds for the whole server.
        await using MotoServer moto = new();
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        (string key, string secret) = await PrepareAsync(endpoint);
        await moto.ResetAuthAsync(0);

        Dictionary<string, string> right = [], wrong = [];
        foreach ((string name, Func<AWSCredentials, Uri, Task> call) in Calls)
        {
            right[name] = await OutcomeAsync(call(new BasicAWSCredentials(key, secret), endpoint));
            wrong[name] = await OutcomeAsync(call(new BasicAWSCredentials(key, new string('x', secret.Length)), endpoint));
        }

        // Not compared as a whole: a failure would show the first few only.
        Assert.All(right, outcome => Assert.Equal("accepted", outcome.Value));
        Assert.All(wrong, outcome => Assert.Equal(Refused, outcome.Value));
    }

    private static async Task<string> OutcomeAsync(Task call)
    {
        try
        {
            await call;
            return "accepted";
        }
        catch (AmazonServiceException refusal) when (refusal.StatusCode == HttpStatusCode.Forbidden)
        {
            // moto words this refusal in XML also where the protocol is JSON; the client then gives the body as its message.
            return $"{refusal.ErrorCode} {refusal.Message}".Contains("SignatureDoesNotMatch", StringComparison.Ordinal) ? Refused : refusal.Message;
        }
    }

    private static async Task With<T>(T client, Func<T, Task> call)
        where T : AwsClient
    {
        using (client)
        {
            await call(client);
        }
    }

    private static async Task<(string Key, string Secret)> PrepareAsync(Uri endpoint)
    {
        using ServiceApi api = new(endpoint);
        using Queue queue = await Queue.CreateAsync(endpoint, "signed");
        await queue.SubscribeTopicAsync("signed");
        await LambdaFunction.CreateAsync(api, "signed");
        await api.JsonAsync("kinesis", "Kinesis_20131202.CreateStream", new() { ["StreamName"] = "signed", ["ShardCount"] = 1 });
        await api.RestAsync(HttpMethod.Put, "s3", "/signed");
        await api.JsonAsync("firehose", "Firehose_20150804.CreateDeliveryStream", new()
        {
            ["DeliveryStreamName"] = "signed",
            ["ExtendedS3DestinationConfiguration"] = new JsonObject
            {
                ["RoleARN"] = $"arn:aws:iam::{Emulated.Account}:role/firehose",
                ["BucketARN"] = "arn:aws:s3:::signed",
            },
        });

        await api.QueryAsync("iam", "2010-05-08", "CreateUser", ("UserName", "signer"));
        await api.QueryAsync(
            "iam", "2010-05-08", "PutUserPolicy", ("UserName", "signer"), ("PolicyName", "all"), ("PolicyDocument", AllowAll));
        XElement created = await api.QueryAsync("iam", "2010-05-08", "CreateAccessKey", ("UserName", "signer"));
        return (Text("AccessKeyId"), Text("SecretAccessKey"));

        string Text(string name) => created.Descendants().Single(element => element.Name.LocalName == name).Value;
    }
}
