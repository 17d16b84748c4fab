using FanOut.Engine.Mappings;
using FanOut.Engine.Metrics;
using FanOut.Engine.Progress;

namespace FanOut.Deployment.Policies;

/// <summary>What the function's own role must be allowed, and nothing else.</summary>
internal static class ExecutionPolicy
{
    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
    private static readonly string[] ManageInterfaces =
        ["ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:UnassignPrivateIpAddresses"];

    private static readonly string[] DescribeInterfaces = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"];

    /// <summary>The document.</summary>
    public static PolicyDocument Of(FunctionFacts facts) => PolicyDocument.Of(Grants(facts));

    private static IEnumerable<Grant> Grants(FunctionFacts facts) =>
        Own(facts).Concat(facts.Sources.SelectMany(SourceGrants.Of)).Concat(facts.Mappings.SelectMany(m => Target(m, facts.Home)))
            .Concat(facts.Mappings.SelectMany(m => DeadLetterGrants.Of(m, facts.Home))).Concat(KeyGrants.ForFunction(facts));

    // Whoever is assumed sends: the function needs nothing at the destination itself.
    private static IEnumerable<Grant> Target(Mapping mapping, AwsLocation home) =>
        TargetRolePolicy.RoleOf(mapping) is { } role ? [new Grant("AssumeTargetRoles", ["sts:AssumeRole"], IamText.Literal(role))] : DestinationGrants.Of(mapping, home);

    private static IEnumerable<Grant> Own(FunctionFacts facts)
    {
        // Lambda names the streams of a log group, so only the group is known. The group itself is made when the function is published.
        yield return new Grant(
            "WriteLogs", ["logs:CreateLogStream", "logs:PutLogEvents"], facts.Home.ArnOf("logs", $"log-group:{facts.LogGroup ?? $"/aws/lambda/{facts.Name}"}:*"));
        yield return new Grant("ReadMappings", ["dynamodb:Query"], facts.TableArn);

        // Its notes lie in the same table; with this it can change no mapping. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
        yield return new Grant("RememberProgress", ["dynamodb:GetItem", "dynamodb:PutItem"], facts.TableArn, Condition.AllLike("dynamodb:LeadingKeys", $"{ProgressTable.KeyPrefix}*"));
        if (facts.PublishesMetrics)
        {
            // Metrics have no ARNs: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-namespace.html
            yield return new Grant("PublishMetrics", ["cloudwatch:PutMetricData"], "*", Condition.Of("cloudwatch:namespace", MeasureBatch.Namespace));
        }

        if (facts.IsInVpc)
        {
            // Lambda's guide asks for all resource ids: with fewer, DeleteNetworkInterface may keep the function from its VPC.
            yield return new Grant("ManageNetworkInterfaces", ManageInterfaces, facts.Home.ArnOf("ec2", "*/*"));
            yield return new Grant("DescribeNetworkInterfaces", DescribeInterfaces, "*");
        }
    }
}
