using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.SecurityToken;
using FanOut.Aws.EventBridge;
using FanOut.Aws.Firehose;
using FanOut.Aws.Iot;
using FanOut.Aws.Kinesis;
using FanOut.Aws.Lambda;
using FanOut.Aws.OpenSearch;
using FanOut.Aws.S3;
using FanOut.Aws.SecretsManager;
using FanOut.Aws.Sns;
using FanOut.Aws.Sqs;
using FanOut.Aws.StepFunctions;

namespace FanOut.Engine.Faults;

/// <summary>Whose error it is.</summary>
internal static class ServiceOf
{
    /// <summary>The service that an exception came from; one that is not in the table is <see cref="Service.Any"/>.</summary>
    public static Service Exception(AmazonServiceException exception) => exception switch
    {
        AmazonKinesisException => Service.Kinesis,
        AmazonKinesisFirehoseException => Service.Firehose,
        AmazonSQSException => Service.Sqs,
        AmazonSimpleNotificationServiceException => Service.Sns,
        AmazonIotDataException => Service.Iot,
        AmazonLambdaException => Service.Lambda,
        AmazonEventBridgeException => Service.Events,
        AmazonStepFunctionsException => Service.States,
        AmazonSecretsManagerException => Service.SecretsManager,
        OpenSearchException => Service.OpenSearch,
        AmazonS3Exception => Service.S3,
        AmazonSecurityTokenServiceException => Service.Sts,
        AmazonDynamoDBException => Service.DynamoDb,
        _ => Service.Any,
    };
}
