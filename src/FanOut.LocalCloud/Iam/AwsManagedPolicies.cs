using FanOut.LocalCloud.Policies;

namespace FanOut.LocalCloud.Iam;

/// <summary>The AWS managed policies that the stand-in knows (https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html).</summary>
internal static class AwsManagedPolicies
{
    private const string Logs = "\"logs:CreateLogGroup\",\"logs:CreateLogStream\",\"logs:PutLogEvents\"";

    private static readonly Dictionary<string, ParsedPolicy> Documents = new(StringComparer.Ordinal)
    {
        ["AWSLambdaBasicExecutionRole"] = Allow(Logs),
        ["AWSLambdaVPCAccessExecutionRole"] = Allow(
            $"{Logs},\"ec2:CreateNetworkInterface\",\"ec2:DescribeNetworkInterfaces\",\"ec2:DescribeSubnets\",\"ec2:DeleteNetworkInterface\",\"ec2:AssignPrivateIpAddresses\",\"ec2:UnassignPrivateIpAddresses\""),
        ["AWSLambdaKinesisExecutionRole"] = Allow(
            $"\"kinesis:DescribeStream\",\"kinesis:DescribeStreamSummary\",\"kinesis:GetRecords\",\"kinesis:GetShardIterator\",\"kinesis:ListShards\",\"kinesis:ListStreams\",\"kinesis:SubscribeToShard\",{Logs}"),
        ["AWSLambdaDynamoDBExecutionRole"] = Allow(
            $"\"dynamodb:DescribeStream\",\"dynamodb:GetRecords\",\"dynamodb:GetShardIterator\",\"dynamodb:ListStreams\",{Logs}"),
    };

    /// <summary>The document of a policy, given by its ARN in any partition; null for one that the stand-in does not know.</summary>
    public static ParsedPolicy? Find(string arn) =>
        ArnText.Part(arn, 2) == "iam" && ArnText.Part(arn, 4) == "aws" && ArnText.Part(arn, 5).StartsWith("policy/service-role/", StringComparison.Ordinal)
            ? Documents.GetValueOrDefault(DestinationName.Short(arn))
            : null;

    private static ParsedPolicy Allow(string actions) =>
        ParsedPolicy.OfIdentity($$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":[{{actions}}],"Resource":"*"}]}""");
}
