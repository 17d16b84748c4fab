using System.Text.Json.Nodes;
using FanOut.Deployment.Policies;
using static FanOut.Deployment.Templates.TemplateJson;

namespace FanOut.Deployment.Templates;

/// <summary>The function's role, with the policies that Publish-FanOutFunction writes.</summary>
/// <remarks>
/// The inline policy is a resource of its own (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-iam-policy.html), not a property of
/// the role: the module keeps it in step with targets and sources, and a stack's update that changes the role does not touch it then.
/// </remarks>
internal static class RoleResources
{
    /// <summary>The resources; none if the role is there.</summary>
    public static IEnumerable<TemplateResource> Of(FunctionStack stack)
    {
        if (stack.Policies is not { } policies)
        {
            yield break;
        }

        string arn = stack.Facts.RoleArn, name = PublishRole.NameOf(arn);
        yield return new(LogicalId.Role, "AWS::IAM::Role", Object(
            ("RoleName", name),
            ("Path", PathOf(arn) is { Length: > 1 } path ? path : null),
            ("Description", PublishRole.DescriptionOf(stack.Name)),
            ("AssumeRolePolicyDocument", JsonNode.Parse(TrustPolicy.ForFunction.Json)),
            ("Tags", Tags(stack.Tags))));
        foreach ((RolePolicy policy, string id) in policies.Zip(PolicyIds(stack)))
        {
            JsonArray roles = new(Ref(LogicalId.Role));
            yield return policy.IsManaged
                ? new(id, "AWS::IAM::ManagedPolicy", Object(
                    ("ManagedPolicyName", policy.Name), ("Path", ManagedPolicies.Path), ("Description", ManagedPolicies.DescriptionOf(stack.Name)),
                    ("PolicyDocument", JsonNode.Parse(policy.Document.Json)), ("Roles", roles)))
                : new(id, "AWS::IAM::Policy", Object(("PolicyName", policy.Name), ("PolicyDocument", JsonNode.Parse(policy.Document.Json)), ("Roles", roles)));
        }
    }

    /// <summary>The logical ids of the policies.</summary>
    public static IEnumerable<string> PolicyIds(FunctionStack stack) => Enumerable.Range(1, stack.Policies?.Count ?? 0).Select(static n => n == 1 ? "Policy" : $"Policy{n}");

    // arn:aws:iam::123456789012:role/path/name
    private static string PathOf(string roleArn) => roleArn.Split(":role")[^1] is var path && path.LastIndexOf('/') is >= 0 and var end ? path[..(end + 1)] : "/";
}
