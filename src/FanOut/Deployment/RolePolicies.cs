using System.Text.Json;
using System.Text.Json.Nodes;
using FanOut.Aws.IdentityManagement;
using FanOut.Credentials;
using FanOut.Deployment.Policies;

namespace FanOut.Deployment;

/// <summary>The module's own inline policy of a function's role; others of the role are never touched, so that functions may share it.</summary>
/// <param name="session">Who calls.</param>
/// <param name="roleName">The role's name.</param>
/// <param name="function">The function's name.</param>
internal sealed class RolePolicies(AwsSession session, string roleName, string function)
{
    /// <summary>The policy's name.</summary>
    public string Name { get; } = $"{SplitPolicy.Name}-{function}";

    private AmazonIdentityManagementServiceClient Client => session.Iam();

    /// <summary>The policy as it is now; none: the role does not have it, or there is no such role.</summary>
    public async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await Client.GetRolePolicyAsync(
                new GetRolePolicyRequest { RoleName = roleName, PolicyName = Name }, cancellationToken).ConfigureAwait(false)).PolicyDocument;
        }
        catch (AmazonIdentityManagementServiceException e) when (e.ErrorCode == "NoSuchEntity")
        {
            return null;
        }
    }

    /// <summary>Gives the role the policy, or replaces it.</summary>
    public Task PutAsync(string document, CancellationToken cancellationToken) => Client.PutRolePolicyAsync(
        new PutRolePolicyRequest { RoleName = roleName, PolicyName = Name, PolicyDocument = document }, cancellationToken);

    /// <summary>Takes the policy from the role, if it is there.</summary>
    public Task DeleteAsync(CancellationToken cancellationToken) => Client.DeleteRolePolicyAsync(
        new DeleteRolePolicyRequest { RoleName = roleName, PolicyName = Name }, cancellationToken);

    /// <summary>Whether two policies say the same, however they are laid out.</summary>
    public static bool AreSame(string? one, string other)
    {
        try
        {
            return one is not null && JsonNode.DeepEquals(JsonNode.Parse(one), JsonNode.Parse(other));
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
