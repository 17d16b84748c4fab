using FanOut.Deployment.Policies;
using FanOut.Engine.Mappings;
using FanOut.Inspection.Policies;

namespace FanOut.Inspection;

/// <summary>Finds out whether the policy of what records come from or go to lets a role in.</summary>
internal static class InspectResourcePolicy
{
    private const string Check = "ResourcePolicy";

    /// <summary>Finds it out.</summary>
    /// <param name="resource">What is sent to, or read.</param>
    /// <param name="roleArn">Who sends or reads.</param>
    /// <param name="needed">What is asked for there.</param>
    /// <param name="verb">What the role does there: send, read.</param>
    /// <returns>Null: nothing needs to be said, as the role's own policies decide.</returns>
    public static Finding? Of(ResourceFacts resource, string roleArn, PolicyDocument needed, string verb = "send")
    {
        if (resource.Arn is not { } arn || !needed.Statements.Any(s => s.Resources.Any(r => IsOf(r, arn))))
        {
            return null;
        }

        bool isOther = resource.IsOfOtherAccount ?? !EvaluatePolicies.AreOfOneAccount(roleArn, arn);
        if (resource is { Policy: null, IsPolicySeen: false })
        {
            string permission = resource.PolicyPermission is { } name ? $"You need {name} on it; or ask" : "Ask";
            string ask = $"{permission} its owner for this statement: {StatementOf(roleArn, needed, arn)}";
            return isOther ? Finding.Skipped(Check, $"{arn} is another account's than the role {roleArn}: its own policy must let that role {verb}, and could not be looked at.", ask)
                : resource.IsOwnerUnknown ? Finding.Skipped(Check, $"Whether {arn} is another account's, so that its own policy must let the role {roleArn} {verb}, could not be found out.", ask)
                : null;
        }

        foreach ((Statement statement, string action, string its) in from s in needed.Statements from r in s.Resources from a in s.Actions select (s, a, r))
        {
            if (!IsOf(its, arn))
            {
                continue;
            }

            IamAnswer answer = EvaluatePolicies.Of(resource.Policy is { } policy ? [policy] : [], InspectPermissions.RequestOf(roleArn, statement, action, its));
            if (answer.Decision == IamDecision.Denied)
            {
                return Finding.Fail(Check, $"{Name(resource.Policy!)} keeps the role {roleArn} from {action}: {answer.Because}.", "Change that statement; no other policy can allow it.");
            }

            if (answer.Decision == IamDecision.Unknown)
            {
                return Finding.Warn(Check, $"Whether the role {roleArn} may {action} could not be told: {answer.Because}.", "Look whether that condition holds for the function.");
            }

            if (isOther && answer.Decision != IamDecision.Allowed)
            {
                return Finding.Fail(Check, $"{arn} is another account's than the role {roleArn}, and its own policy does not allow that role {action}.", Allow(arn, roleArn, needed));
            }
        }

        return isOther ? Finding.Pass(Check, $"{Name(resource.Policy!)} lets the role {roleArn} {verb}, from its account.") : null;
    }

    private static bool IsOf(string resource, string arn) => resource == arn || resource.StartsWith($"{arn}/", StringComparison.Ordinal);

    private static string Name(IamDocument document) => char.ToUpperInvariant(document.Name[0]) + document.Name[1..];

    // Whole accounts are all that these commands take, where a policy can name the role; the account's own policies then decide who of it may.
    private static string Allow(string arn, string roleArn, PolicyDocument needed) => (Arn.TryParse(arn, out Arn? resource), resource?.Service) switch
    {
        (true, "sqs") => $"aws sqs add-permission --queue-url https://sqs.{resource!.Region}.{Partition.OfRegion(resource.Region).DnsSuffix}/{resource.Account}/{resource.Resource} --label fanout --aws-account-ids {AccountOf(roleArn)} --actions SendMessage --region {resource.Region}",
        (true, "sns") => $"aws sns add-permission --topic-arn {arn} --label fanout --aws-account-id {AccountOf(roleArn)} --action-name Publish --region {resource!.Region}",
        (true, "lambda") => $"aws lambda add-permission --function-name {arn} --statement-id fanout --action lambda:InvokeFunction --principal {roleArn} --region {resource!.Region}",
        _ => $"Ask its owner for this statement: {StatementOf(roleArn, needed, arn)}",
    };

    private static string AccountOf(string roleArn) => Arn.TryParse(roleArn, out Arn? role) ? role.Account : "";

    private static string StatementOf(string roleArn, PolicyDocument needed, string arn)
    {
        Statement[] those = [.. needed.Statements.Where(s => s.Resources.Any(r => IsOf(r, arn)))];
        string actions = string.Join(",", those.SelectMany(static s => s.Actions).Distinct().Select(static a => $"\"{a}\""));
        string its = string.Join("\",\"", those.SelectMany(static s => s.Resources).Where(r => IsOf(r, arn)).Distinct().DefaultIfEmpty(arn));
        return $"{{\"Effect\":\"Allow\",\"Principal\":{{\"AWS\":\"{roleArn}\"}},\"Action\":[{actions}],\"Resource\":{(its.Contains(',', StringComparison.Ordinal) ? $"[\"{its}\"]" : $"\"{its}\"")}}}";
    }
}
