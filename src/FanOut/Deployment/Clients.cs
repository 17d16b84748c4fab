using FanOut.Aws.CloudWatch;
using FanOut.Aws.CloudWatchLogs;
using FanOut.Aws.IdentityManagement;
using FanOut.Aws.Lambda;
using FanOut.Aws.Sns;
using FanOut.Credentials;

namespace FanOut.Deployment;

/// <summary>The clients that deploying needs.</summary>
internal static class Clients
{
    /// <summary>AWS Lambda.</summary>
    public static AmazonLambdaClient Lambda(this AwsSession session) =>
        session.Client(AmazonLambdaClient.Service, static (c, s) => new AmazonLambdaClient(c, s));

    /// <summary>IAM, which has one endpoint for all regions of a partition.</summary>
    public static AmazonIdentityManagementServiceClient Iam(this AwsSession session) =>
        session.Client(AmazonIdentityManagementServiceClient.Service, static (c, s) => new AmazonIdentityManagementServiceClient(c, s));

    /// <summary>SNS.</summary>
    public static AmazonSimpleNotificationServiceClient Sns(this AwsSession session) =>
        session.Client(AmazonSimpleNotificationServiceClient.Service, static (c, s) => new AmazonSimpleNotificationServiceClient(c, s));

    /// <summary>CloudWatch.</summary>
    public static AmazonCloudWatchClient CloudWatch(this AwsSession session) =>
        session.Client(AmazonCloudWatchClient.Service, static (c, s) => new AmazonCloudWatchClient(c, s));

    /// <summary>CloudWatch Logs.</summary>
    public static AmazonCloudWatchLogsClient Logs(this AwsSession session) =>
        session.Client(AmazonCloudWatchLogsClient.Service, static (c, s) => new AmazonCloudWatchLogsClient(c, s));
}
