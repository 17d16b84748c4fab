using FanOut.Engine.Mappings;
using FanOut.Engine.Metrics;
using FanOut.Engine.Progress;

namespace FanOut.Deployment.Policies;

/// <summary>The policy of the function's own role: what the function does, and nothing else.</summary>
internal static class ExecutionPolicy
{
    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
    private static readonly string[] ManageInterfaces =
        ["ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:UnassignPrivateIpAddresses"];

    // Where the function lies changes nothing in whether two targets need the same.
    private static readonly AwsLocation AnyHome = new("aws", "us-east-1", "000000000000");

    private static readonly string[] DescribeInterfaces = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"];

    /// <summary>The document.</summary>
    public static PolicyDocument Of(FunctionFacts facts) => PolicyDocument.Of(Grants(facts));

    /// <summary>What is needed for some of the function's targets and sources alone, whatever the rest of the policy is.</summary>
    /// <param name="mappings">The targets.</param>
    /// <param name="sources">The sources.</param>
    /// <param name="home">The function's location.</param>
    public static PolicyDocument OfSome(IEnumerable<Mapping> mappings, IEnumerable<ConnectedSource> sources, AwsLocation home) =>
        PolicyDocument.Of(sources.SelectMany(SourceGrants.Of).Concat(mappings.SelectMany(m => Grants(m, home))));

    /// <summary>Whether a change of a target changes what the function's role must be allowed. It is told by the statements themselves, so that no setting is forgotten that they come to look at.</summary>
    /// <param name="before">The target as it is; null: none, or one that is not valid.</param>
    /// <param name="after">The target as it will be; null: likewise.</param>
    public static bool Differs(Mapping? before, Mapping? after) => Needs(before) != Needs(after);

    // Which keys are used depends on the destination also where another role sends to it.
    private static string Needs(Mapping? mapping) => mapping is null ? ""
        : PolicyDocument.Of(Grants(mapping, AnyHome).Concat(DestinationGrants.Of(mapping, AnyHome))).Json;

    private static IEnumerable<Grant> Grants(FunctionFacts facts) =>
        Own(facts).Concat(facts.Sources.SelectMany(SourceGrants.Of)).Concat(facts.EventDestinations.SelectMany(SourceGrants.OnFailure))
            .Concat(facts.Mappings.SelectMany(m => Grants(m, facts.Home))).Concat(KeyGrants.ForFunction(facts));

    private static IEnumerable<Grant> Grants(Mapping mapping, AwsLocation home) => Target(mapping, home).Concat(DeadLetterGrants.Of(mapping, home));

    // If a mapping names a role, that role sends: the function's own role only needs to assume it.
    private static IEnumerable<Grant> Target(Mapping mapping, AwsLocation home) =>
        TargetRolePolicy.RoleOf(mapping) is { } role ? [new Grant("AssumeTargetRoles", ["sts:AssumeRole"], IamText.Literal(role))] : DestinationGrants.Of(mapping, home);

    private static IEnumerable<Grant> Own(FunctionFacts facts)
    {
        // Lambda chooses the names of the log streams, so only the group is known. The group itself is created when the function is published.
        yield return new Grant(
            "WriteLogs", ["logs:CreateLogStream", "logs:PutLogEvents"], facts.Home.ArnOf("logs", $"log-group:{facts.LogGroup ?? $"/aws/lambda/{facts.Name}"}:*"));
        yield return new Grant("ReadMappings", ["dynamodb:Query"], facts.TableArn);

        // Notes on progress are in the same table; the condition keeps the function from changing mappings:
        // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
        yield return new Grant("RememberProgress", ["dynamodb:DeleteItem", "dynamodb:PutItem"], facts.TableArn, Condition.AllLike("dynamodb:LeadingKeys", $"{ProgressTable.KeyPrefix}*"));
        if (facts.PublishesMetrics)
        {
            // Metrics have no ARNs: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-namespace.html
            yield return new Grant("PublishMetrics", ["cloudwatch:PutMetricData"], "*", Condition.Of("cloudwatch:namespace", MeasureBatch.Namespace));
        }

        if (facts.IsInVpc)
        {
            // Lambda's guide wants all resource ids: with fewer, DeleteNetworkInterface may fail and keep the function from connecting to its VPC.
            yield return new Grant("ManageNetworkInterfaces", ManageInterfaces, facts.Home.ArnOf("ec2", "*/*"));
            yield return new Grant("DescribeNetworkInterfaces", DescribeInterfaces, "*");
        }
    }
}
