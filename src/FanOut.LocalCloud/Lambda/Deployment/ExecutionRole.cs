using System.Text.RegularExpressions;
using FanOut.LocalCloud.Iam;
using FanOut.LocalCloud.Lambda.EventSources;
using FanOut.LocalCloud.Policies;

namespace FanOut.LocalCloud.Lambda.Deployment;

/// <summary>The checks that Lambda makes before it accepts a function's role (https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html).</summary>
internal sealed partial class ExecutionRole(IamService iam, AccessControl access)
{
    private static readonly string[] NetworkActions = ["ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface"];

    private static readonly string[] KinesisActions =
        ["kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:ListShards"];

    private static readonly string[] DynamoActions = ["dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream"];

    /// <summary>Checks the form of a role's ARN.</summary>
    /// <exception cref="ServiceException">ValidationException.</exception>
    public static string Checked(string roleArn) => Pattern().IsMatch(roleArn) ? roleArn : throw new ServiceException(
        "ValidationException",
        $"1 validation error detected: Value '{roleArn}' at 'role' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{{12}}:role/?[a-zA-Z_0-9+=,.@\\-_/]+");

    /// <summary>Refuses a role that Lambda cannot assume for the function.</summary>
    /// <exception cref="ServiceException">AccessDeniedException: it is in another account; InvalidParameterValueException: it cannot be assumed (yet).</exception>
    public void CheckTrust(string roleArn, string functionArn)
    {
        if (ArnText.Part(roleArn, 4) != ArnText.Part(functionArn, 4))
        {
            throw new ServiceException("AccessDeniedException", "Cross-account pass role is not allowed.", 403);
        }

        if (iam.Find(roleArn) is not { } role || role.Arn != roleArn || !role.IsAssumableByLambda(functionArn))
        {
            throw Invalid("The role defined for the function cannot be assumed by Lambda.");
        }
    }

    /// <summary>Refuses a role that cannot put the function into a VPC.</summary>
    /// <exception cref="ServiceException">InvalidParameterValueException.</exception>
    /// <param name="roleArn">The role.</param>
    /// <param name="functionArn">The function; the interfaces are in its region and account.</param>
    public void CheckNetwork(string roleArn, string functionArn)
    {
        // The describing actions have no resources; the others may be restricted to the account: "Resource": "arn:aws:ec2:us-west-2:123456789012:*/*"
        // (https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions).
        var interfaces = ArnText.Of("ec2", ArnText.Part(functionArn, 3), ArnText.Part(functionArn, 4), "network-interface/*");
        foreach (var action in NetworkActions)
        {
            if (!access.Allows(roleArn, action, action.Contains("Describe", StringComparison.Ordinal) ? "*" : interfaces))
            {
                throw Invalid($"The provided execution role does not have permissions to call {action[4..]} on EC2");
            }
        }
    }

    /// <summary>Refuses a role that cannot read an event source.</summary>
    /// <exception cref="ServiceException">InvalidParameterValueException.</exception>
    public void CheckSource(string? roleArn, string streamArn, string eventSourceArn)
    {
        var isDynamoDB = EventSourceArn.IsDynamoDBStream(streamArn);
        var allowed = (isDynamoDB ? DynamoActions : KinesisActions).Select(action => access.Allows(roleArn, action, streamArn)).ToArray();
        var allowedConsumer = eventSourceArn == streamArn || access.Allows(roleArn, "kinesis:SubscribeToShard", eventSourceArn);
        if (!allowedConsumer || allowed.Contains(false))
        {
            var actions = isDynamoDB ? "GetRecords, GetShardIterator, DescribeStream, and ListStreams" : "GetRecords, GetShardIterator, DescribeStream, ListShards, and ListStreams";
            throw Invalid($"Cannot access stream {eventSourceArn}. Please ensure the role can perform the {actions} Actions on your stream in IAM.");
        }
    }

    /// <summary>Refuses a role that cannot send to an on-failure destination.</summary>
    /// <exception cref="ServiceException">InvalidParameterValueException.</exception>
    public void CheckDestination(string? roleArn, string destinationArn)
    {
        if (!MaySend(roleArn, destinationArn))
        {
            throw Invalid($"The provided execution role does not have permissions to call {ArnText.Part(destinationArn, 2) switch { "sqs" => "SendMessage on SQS", "s3" => "PutObject on S3", _ => "Publish on SNS" }}");
        }
    }

    /// <summary>Whether a role may send to a queue or topic, or put into a bucket, which takes two permissions.</summary>
    public bool MaySend(string? roleArn, string destinationArn) => ArnText.Part(destinationArn, 2) switch
    {
        "sqs" => access.Allows(roleArn, "sqs:SendMessage", destinationArn),
        "sns" => access.Allows(roleArn, "sns:Publish", destinationArn),
        "s3" => access.Allows(roleArn, "s3:PutObject", $"{destinationArn}/aws/lambda/report") && access.Allows(roleArn, "s3:ListBucket", destinationArn),
        _ => true,
    };

    private static ServiceException Invalid(string message) => new("InvalidParameterValueException", message);

    [GeneratedRegex(@"^arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+$")]
    private static partial Regex Pattern();
}
