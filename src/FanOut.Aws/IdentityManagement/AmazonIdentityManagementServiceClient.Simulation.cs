using System.Xml.Linq;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.IdentityManagement;

/// <content>What policies allow.</content>
public sealed partial class AmazonIdentityManagementServiceClient
{
    /// <summary>A page of what a role's policies allow: its own, its boundary and, in an organization's member account, those of the organization. Policies of resources are not asked.</summary>
    /// <exception cref="AmazonIdentityManagementServiceException">The service refused the call; <c>NoSuchEntity</c>: there is no such role.</exception>
    public Task<SimulatePrincipalPolicyResponse> SimulatePrincipalPolicyAsync(SimulatePrincipalPolicyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<SimulatePrincipalPolicyResponse>(
            "SimulatePrincipalPolicy",
            [
                ("PolicySourceArn", request.PolicySourceArn),
                .. Numbered("ActionNames", request.ActionNames),
                .. Numbered("ResourceArns", request.ResourceArns),
                .. (request.ContextEntries ?? []).SelectMany(static (entry, i) => Parameters($"ContextEntries.member.{i + 1}", entry)),
                ("Marker", request.Marker),
            ],
            Read,
            cancellationToken);
    }

    private static IEnumerable<(string Name, string? Value)> Numbered(string name, List<string>? values) =>
        (values ?? []).Select((value, i) => ($"{name}.member.{i + 1}", (string?)value));

    private static IEnumerable<(string Name, string? Value)> Parameters(string name, ContextEntry entry) =>
    [
        ($"{name}.ContextKeyName", entry.ContextKeyName),
        .. Numbered($"{name}.ContextKeyValues", entry.ContextKeyValues),
        ($"{name}.ContextKeyType", entry.ContextKeyType),
    ];

    private static void Read(XElement xml, SimulatePrincipalPolicyResponse response)
    {
        response.EvaluationResults = xml.Each("EvaluationResults", static result => new EvaluationResult
        {
            EvalActionName = result.Text("EvalActionName"),
            EvalResourceName = result.Text("EvalResourceName"),
            EvalDecision = result.Text("EvalDecision"),
            MatchedPolicies = result.Each("MatchedStatements", static statement => statement.Text("SourcePolicyId") ?? ""),
            MissingContextValues = result.Each("MissingContextValues", static key => key.Value),
            AllowedByOrganizations = result.Member("OrganizationsDecisionDetail")?.Truth("AllowedByOrganizations"),
            AllowedByPermissionsBoundary = result.Member("PermissionsBoundaryDecisionDetail")?.Truth("AllowedByPermissionsBoundary"),
        });
        response.IsTruncated = xml.Truth("IsTruncated");
        response.Marker = xml.Token("Marker");
    }
}
