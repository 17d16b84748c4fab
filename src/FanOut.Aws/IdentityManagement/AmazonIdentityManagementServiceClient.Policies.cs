using System.Globalization;

namespace FanOut.Aws.IdentityManagement;

/// <content>Policies of roles.</content>
public sealed partial class AmazonIdentityManagementServiceClient
{
    /// <summary>Gives a role an inline policy, or replaces it.</summary>
    /// <exception cref="AmazonIdentityManagementServiceException">
    /// The service refused the call; <c>NoSuchEntity</c>: there is no such role, <c>MalformedPolicyDocument</c>: the policy is not valid,
    /// <c>LimitExceeded</c>: the policies are too long, <c>UnmodifiableEntity</c>: the role belongs to a service.
    /// </exception>
    public Task<PutRolePolicyResponse> PutRolePolicyAsync(PutRolePolicyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<PutRolePolicyResponse>(
            "PutRolePolicy",
            [
                ("RoleName", request.RoleName),
                ("PolicyName", request.PolicyName),
                ("PolicyDocument", request.PolicyDocument),
            ],
            cancellationToken);
    }

    /// <summary>An inline policy of a role.</summary>
    /// <exception cref="AmazonIdentityManagementServiceException">The service refused the call; <c>NoSuchEntity</c>: there is no such role or policy.</exception>
    public Task<GetRolePolicyResponse> GetRolePolicyAsync(GetRolePolicyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<GetRolePolicyResponse>("GetRolePolicy", [("RoleName", request.RoleName), ("PolicyName", request.PolicyName)], RoleXml.Read, cancellationToken);
    }

    /// <summary>Deletes an inline policy of a role.</summary>
    /// <exception cref="AmazonIdentityManagementServiceException">
    /// The service refused the call; <c>NoSuchEntity</c>: there is no such role or policy, <c>UnmodifiableEntity</c>: the role belongs to a
    /// service.
    /// </exception>
    public Task<DeleteRolePolicyResponse> DeleteRolePolicyAsync(DeleteRolePolicyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<DeleteRolePolicyResponse>(
            "DeleteRolePolicy", [("RoleName", request.RoleName), ("PolicyName", request.PolicyName)], cancellationToken);
    }

    /// <summary>A page of the names of a role's inline policies.</summary>
    /// <exception cref="AmazonIdentityManagementServiceException">The service refused the call; <c>NoSuchEntity</c>: there is no such role.</exception>
    public Task<ListRolePoliciesResponse> ListRolePoliciesAsync(ListRolePoliciesRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<ListRolePoliciesResponse>(
            "ListRolePolicies",
            [
                ("RoleName", request.RoleName),
                ("Marker", request.Marker),
                ("MaxItems", request.MaxItems?.ToString(CultureInfo.InvariantCulture)),
            ],
            RoleXml.Read,
            cancellationToken);
    }

    /// <summary>Attaches a managed policy to a role.</summary>
    /// <exception cref="AmazonIdentityManagementServiceException">
    /// The service refused the call; <c>NoSuchEntity</c>: there is no such role or policy, <c>LimitExceeded</c>: the role has too many,
    /// <c>UnmodifiableEntity</c>: the role belongs to a service.
    /// </exception>
    public Task<AttachRolePolicyResponse> AttachRolePolicyAsync(AttachRolePolicyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<AttachRolePolicyResponse>(
            "AttachRolePolicy", [("RoleName", request.RoleName), ("PolicyArn", request.PolicyArn)], cancellationToken);
    }

    /// <summary>Detaches a managed policy from a role.</summary>
    /// <exception cref="AmazonIdentityManagementServiceException">
    /// The service refused the call; <c>NoSuchEntity</c>: there is no such role, or it does not have the policy, <c>UnmodifiableEntity</c>: the
    /// role belongs to a service.
    /// </exception>
    public Task<DetachRolePolicyResponse> DetachRolePolicyAsync(DetachRolePolicyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<DetachRolePolicyResponse>(
            "DetachRolePolicy", [("RoleName", request.RoleName), ("PolicyArn", request.PolicyArn)], cancellationToken);
    }

    /// <summary>A page of a role's managed policies.</summary>
    /// <exception cref="AmazonIdentityManagementServiceException">The service refused the call; <c>NoSuchEntity</c>: there is no such role.</exception>
    public Task<ListAttachedRolePoliciesResponse> ListAttachedRolePoliciesAsync(
        ListAttachedRolePoliciesRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<ListAttachedRolePoliciesResponse>(
            "ListAttachedRolePolicies",
            [
                ("RoleName", request.RoleName),
                ("PathPrefix", request.PathPrefix),
                ("Marker", request.Marker),
                ("MaxItems", request.MaxItems?.ToString(CultureInfo.InvariantCulture)),
            ],
            RoleXml.Read,
            cancellationToken);
    }
}
