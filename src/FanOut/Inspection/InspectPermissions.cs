using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using FanOut.Deployment;
using FanOut.Deployment.Policies;
using FanOut.Errors;
using FanOut.Inspection.Policies;
using FanOut.Sources;

namespace FanOut.Inspection;

/// <summary>Finds out whether a role may do what it has to.</summary>
/// <param name="function">The function's name.</param>
/// <param name="region">Its region.</param>
internal sealed class InspectPermissions(string function, string region)
{
    private const int MostNamed = 4;
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Finds it out.</summary>
    /// <param name="check">The check.</param>
    /// <param name="role">What the role may do.</param>
    /// <param name="roleArn">The role.</param>
    /// <param name="needed">What it has to do.</param>
    /// <param name="policyOf">The policy of a resource; null: it has none, or it was not seen.</param>
    /// <param name="isModules">Whether the module keeps the role's policy in step, so that publishing puts it right.</param>
    /// <param name="who">Who looks, as messages show it.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    public async Task<Finding> OfAsync(
        string check, RolePermissions role, string roleArn, PolicyDocument needed, Func<string, IamDocument?> policyOf, bool isModules, string who, CancellationToken cancellationToken)
    {
        List<(Statement Missing, string Text, IamDecision Decision)> refused = [];
        List<string> unknown = [];
        int count = 0;
        try
        {
            foreach ((Statement statement, string action, string resource) in from s in needed.Statements from r in s.Resources from a in s.Actions select (s, a, r))
            {
                count++;
                IamRequest request = RequestOf(roleArn, statement, action, resource);
                IamAnswer answer = await role.OfAsync(request, cancellationToken).ConfigureAwait(false);
                if (answer.Decision != IamDecision.Allowed && EvaluatePolicies.AreOfOneAccount(roleArn, resource) && policyOf(resource) is { } policy)
                {
                    answer = EvaluatePolicies.Together(answer, EvaluatePolicies.Of([policy], request), isSameAccount: true);
                }

                string text = $"{action} on {resource}{(answer.Because is { } because ? $" ({because})" : "")}";
                if (answer.Decision == IamDecision.Unknown)
                {
                    unknown.Add(text);
                }
                else if (answer.Decision != IamDecision.Allowed)
                {
                    refused.Add((statement with { Actions = [action], Resources = [resource] }, text, answer.Decision));
                }
            }
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "NoSuchEntity")
        {
            return Finding.Fail(
                check, $"The role {roleArn} does not exist: {FanOutError.Sentence(e.Message)}", isModules || check == "ExecutionRole" ? $"Publish-FanOutFunction{RepairCommand.FunctionOf(function, region)}" : new RoleCommands(function, region).Create(roleArn));
        }
        catch (AmazonServiceException e)
        {
            return Finding.Skipped(
                check, $"What the role {roleArn} may do could not be found out as {who}: {FanOutError.Sentence(e.Message)}",
                "You need iam:SimulatePrincipalPolicy on it; or iam:GetRole, iam:ListRolePolicies, iam:GetRolePolicy, iam:ListAttachedRolePolicies, iam:GetPolicy and iam:GetPolicyVersion.");
        }

        return refused.Count > 0 ? Finding.Fail(check, $"The role {roleArn} may not do what this target takes: {Some([.. refused.Select(static r => r.Text)])}.", Remedy(refused, roleArn, isModules))
            : unknown.Count > 0 ? Finding.Warn(check, $"Whether the role {roleArn} may do what this target takes could not be told: {Some(unknown)}.", "Look whether that condition holds for the function.")
            : Finding.Pass(check, $"The role {roleArn} may do what this target takes: {count} permission{(count == 1 ? "" : "s")}, by {role.How}.");
    }

    /// <summary>A request as a role would make it for a statement that allows it.</summary>
    public static IamRequest RequestOf(string roleArn, Statement statement, string action, string resource) => new(roleArn, action, IamPattern.Example(resource))
    {
        Context = statement.Condition is { } condition
            ? new Dictionary<string, string[]> { [condition.Key] = [.. condition.Values.Select(IamPattern.Example)] }
            : new Dictionary<string, string[]>(),
    };

    private static string Some(List<string> texts) => string.Join(", ", texts.Take(MostNamed)) + (texts.Count > MostNamed ? $" and {texts.Count - MostNamed} more" : "");

    private string Remedy(List<(Statement Missing, string Text, IamDecision Decision)> refused, string roleArn, bool isModules)
    {
        if (refused.TrueForAll(static r => r.Decision == IamDecision.Denied))
        {
            return "Change what denies it; no other policy can allow it.";
        }

        if (isModules)
        {
            return $"Publish-FanOutFunction{RepairCommand.FunctionOf(function, region)}";
        }

        Statement[] missing = [.. refused.Where(static r => r.Decision != IamDecision.Denied).Select(static r => r.Missing).GroupBy(static m => (m.Sid, Resource: m.Resources[0]))
            .Select(static same => same.First() with { Sid = "", Actions = [.. same.SelectMany(static m => m.Actions)] })];
        string json = JsonNode.Parse(new PolicyDocument([.. missing.Select(static (m, i) => m with { Sid = $"Missing{i + 1}" })]).Json)!.ToJsonString(OneLine);
        return $"aws iam put-role-policy --role-name {PublishRole.NameOf(roleArn)} --policy-name FanOut-missing --policy-document {RepairCommand.Quoted(json)}";
    }
}
