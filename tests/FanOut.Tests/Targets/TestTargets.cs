using Amazon.Runtime;
using FanOut.Aws;
using FanOut.Aws.EventBridge;
using FanOut.Aws.Firehose;
using FanOut.Aws.Http;
using FanOut.Aws.Iot;
using FanOut.Aws.Kinesis;
using FanOut.Aws.Lambda;
using FanOut.Aws.OpenSearch;
using FanOut.Aws.Sns;
using FanOut.Aws.Sqs;
using FanOut.Aws.StepFunctions;
using FanOut.Engine;
using FanOut.Engine.Credentials;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Tests.Batching;
using FanOut.Tests.Credentials;

namespace FanOut.Tests.Targets;

/// <summary>Mappings and targets with nothing behind them.</summary>
internal static class TestTargets
{
    public static BasicAWSCredentials Own { get; } = new("AKIATEST", "secret");

    public static Mapping Mapping(TargetType type, string? destination = null, string id = "m")
    {
        Assert.True(Destination.TryParse(type, destination ?? Default(type), out Destination? parsed, out string? problem), problem);
        return new Mapping { SourceArn = TestPayloads.Source, Id = id, Type = type, Destination = parsed, Active = true };
    }

    public static TargetFactory Factory(TimeProvider time) => new(Clients(time), time);

    public static AwsClients Clients(TimeProvider time) => new(Own, new AssumedRoles(new FakeSts(time), "f", time), "us-east-1");

    /// <summary>The same, with a server of the test behind them.</summary>
    public static AwsClients Clients(TimeProvider time, Uri endpoint) =>
        new(Own, new AssumedRoles(new FakeSts(time), "f", time), "us-east-1") { Amend = c => c.ServiceURL = endpoint.AbsoluteUri };

    /// <summary>The client of a target that is reached over HTTP, with a server of the test behind it.</summary>
    public static AwsClient Client(TargetType type, Uri endpoint)
    {
        AwsClientConfig Config(AwsService service) => new(service, "us-east-1", endpoint);
        return type switch
        {
            TargetType.Kinesis => new AmazonKinesisClient(Own, Config(AmazonKinesisClient.Service)),
            TargetType.Firehose => new AmazonKinesisFirehoseClient(Own, Config(AmazonKinesisFirehoseClient.Service)),
            TargetType.Sqs => new AmazonSQSClient(Own, Config(AmazonSQSClient.Service)),
            TargetType.Sns => new AmazonSimpleNotificationServiceClient(Own, Config(AmazonSimpleNotificationServiceClient.Service)),
            TargetType.Lambda => new AmazonLambdaClient(Own, Config(AmazonLambdaClient.Service)),
            TargetType.Events => new AmazonEventBridgeClient(Own, Config(AmazonEventBridgeClient.Service)),
            TargetType.States => new AmazonStepFunctionsClient(Own, Config(AmazonStepFunctionsClient.Service)),
            TargetType.Iot => new AmazonIotDataClient(Own, Config(AmazonIotDataClient.Service)),
            _ => new OpenSearchClient(Own, OpenSearchClient.Domain, Config(OpenSearchClient.Domain)),
        };
    }

    /// <summary>A target that is reached over HTTP, with a server of the test behind it.</summary>
    public static ITarget Target(Mapping mapping, Uri endpoint) => mapping.Type == TargetType.Http
        ? new HttpTarget(mapping, new HttpConnections(new HttpMessageInvoker(new PlainEndpoint(endpoint)), TimeProvider.System))
        : Target(mapping, Client(mapping.Type, endpoint));

    /// <summary>The target over that client.</summary>
    public static ITarget Target(Mapping mapping, AwsClient client) => client switch
    {
        AmazonKinesisClient kinesis => new KinesisTarget(mapping, kinesis),
        AmazonKinesisFirehoseClient firehose => new FirehoseTarget(mapping, firehose),
        AmazonSQSClient sqs => new SqsTarget(mapping, sqs),
        AmazonSimpleNotificationServiceClient sns => new SnsTarget(mapping, sns),
        AmazonLambdaClient lambda => new LambdaTarget(mapping, lambda),
        AmazonEventBridgeClient events => new EventsTarget(mapping, events),
        AmazonStepFunctionsClient states => new StatesTarget(mapping, states),
        AmazonIotDataClient iot => new IotTarget(mapping, iot),
        _ => new EsTarget(mapping, (OpenSearchClient)client),
    };

    private static string Default(TargetType type) => type switch
    {
        TargetType.Sns => "arn:aws:sns:us-east-1:123456789012:topic",
        TargetType.Sqs => "https://sqs.us-east-1.amazonaws.com/123456789012/queue",
        TargetType.Es => "http://localhost:9200#orders",
        TargetType.Kinesis => "out",
        TargetType.Firehose => "delivery",
        TargetType.Iot => "http://localhost:8080#topic",
        TargetType.Lambda => "function",
        TargetType.Events => "arn:aws:events:us-east-1:123456789012:event-bus/bus",
        TargetType.States => "arn:aws:states:us-east-1:123456789012:stateMachine:machine",
        TargetType.Http => "https://localhost/orders",
        _ => "localhost:1",
    };
}
