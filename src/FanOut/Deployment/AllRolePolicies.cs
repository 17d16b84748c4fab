using FanOut.Aws.IdentityManagement;
using FanOut.Credentials;

namespace FanOut.Deployment;

/// <summary>All policies of a role, whoever made them.</summary>
/// <param name="session">Who calls.</param>
/// <param name="roleName">The role's name.</param>
internal sealed class AllRolePolicies(AwsSession session, string roleName)
{
    private AmazonIdentityManagementServiceClient Client => session.Iam();

    /// <summary>The names of its inline policies.</summary>
    public async Task<IReadOnlyList<string>> InlineAsync(CancellationToken cancellationToken)
    {
        List<string> names = [];
        string? marker = null;
        do
        {
            ListRolePoliciesResponse page = await Client.ListRolePoliciesAsync(
                new ListRolePoliciesRequest { RoleName = roleName, Marker = marker }, cancellationToken).ConfigureAwait(false);
            names.AddRange(page.PolicyNames ?? []);
            marker = page.Marker;
        }
        while (marker is not null);
        return names;
    }

    /// <summary>The ARNs of its managed policies.</summary>
    public async Task<IReadOnlyList<string>> AttachedAsync(CancellationToken cancellationToken)
    {
        List<string> arns = [];
        string? marker = null;
        do
        {
            ListAttachedRolePoliciesResponse page = await Client.ListAttachedRolePoliciesAsync(
                new ListAttachedRolePoliciesRequest { RoleName = roleName, Marker = marker }, cancellationToken).ConfigureAwait(false);
            arns.AddRange((page.AttachedPolicies ?? []).Select(static p => p.PolicyArn!));
            marker = page.Marker;
        }
        while (marker is not null);
        return arns;
    }

    /// <summary>Deletes an inline policy.</summary>
    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        Client.DeleteRolePolicyAsync(new DeleteRolePolicyRequest { RoleName = roleName, PolicyName = name }, cancellationToken);

    /// <summary>Detaches a managed policy.</summary>
    public Task DetachAsync(string arn, CancellationToken cancellationToken) =>
        Client.DetachRolePolicyAsync(new DetachRolePolicyRequest { RoleName = roleName, PolicyArn = arn }, cancellationToken);
}
