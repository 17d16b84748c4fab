using System.Globalization;

namespace FanOut.Aws.IdentityManagement;

/// <content>Managed policies of the account.</content>
public sealed partial class AmazonIdentityManagementServiceClient
{
    /// <summary>Makes a managed policy.</summary>
    /// <exception cref="AmazonIdentityManagementServiceException">
    /// The service refused the call; <c>EntityAlreadyExists</c>: there is one of that name, <c>MalformedPolicyDocument</c>: the policy is not valid,
    /// <c>LimitExceeded</c>: it is too long, or the account has too many.
    /// </exception>
    public Task<CreatePolicyResponse> CreatePolicyAsync(CreatePolicyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<CreatePolicyResponse>(
            "CreatePolicy",
            [
                ("PolicyName", request.PolicyName),
                ("Path", request.Path),
                ("PolicyDocument", request.PolicyDocument),
                ("Description", request.Description),
                .. RoleXml.Parameters(request.Tags),
            ],
            PolicyXml.Read,
            cancellationToken);
    }

    /// <summary>A managed policy.</summary>
    /// <exception cref="AmazonIdentityManagementServiceException">The service refused the call; <c>NoSuchEntity</c>: there is no such policy.</exception>
    public Task<GetPolicyResponse> GetPolicyAsync(GetPolicyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<GetPolicyResponse>("GetPolicy", [("PolicyArn", request.PolicyArn)], PolicyXml.Read, cancellationToken);
    }

    /// <summary>A page of managed policies.</summary>
    /// <exception cref="AmazonIdentityManagementServiceException">The service refused the call.</exception>
    public Task<ListPoliciesResponse> ListPoliciesAsync(ListPoliciesRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<ListPoliciesResponse>(
            "ListPolicies",
            [
                ("Scope", request.Scope),
                ("PathPrefix", request.PathPrefix),
                ("Marker", request.Marker),
                ("MaxItems", request.MaxItems?.ToString(CultureInfo.InvariantCulture)),
            ],
            PolicyXml.Read,
            cancellationToken);
    }

    /// <summary>Deletes a managed policy.</summary>
    /// <exception cref="AmazonIdentityManagementServiceException">
    /// The service refused the call; <c>NoSuchEntity</c>: there is no such policy, <c>DeleteConflict</c>: it is attached, or has other versions.
    /// </exception>
    public Task<DeletePolicyResponse> DeletePolicyAsync(DeletePolicyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<DeletePolicyResponse>("DeletePolicy", [("PolicyArn", request.PolicyArn)], cancellationToken);
    }

    /// <summary>Gives a managed policy another document.</summary>
    /// <exception cref="AmazonIdentityManagementServiceException">
    /// The service refused the call; <c>NoSuchEntity</c>: there is no such policy, <c>MalformedPolicyDocument</c>: the document is not valid,
    /// <c>LimitExceeded</c>: it is too long, or the policy has five versions.
    /// </exception>
    public Task<CreatePolicyVersionResponse> CreatePolicyVersionAsync(CreatePolicyVersionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<CreatePolicyVersionResponse>(
            "CreatePolicyVersion",
            [
                ("PolicyArn", request.PolicyArn),
                ("PolicyDocument", request.PolicyDocument),
                ("SetAsDefault", request.SetAsDefault is { } isDefault ? isDefault ? "true" : "false" : null),
            ],
            PolicyXml.Read,
            cancellationToken);
    }

    /// <summary>A version of a managed policy, with its document.</summary>
    /// <exception cref="AmazonIdentityManagementServiceException">The service refused the call; <c>NoSuchEntity</c>: there is no such policy or version.</exception>
    public Task<GetPolicyVersionResponse> GetPolicyVersionAsync(GetPolicyVersionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<GetPolicyVersionResponse>(
            "GetPolicyVersion", [("PolicyArn", request.PolicyArn), ("VersionId", request.VersionId)], PolicyXml.Read, cancellationToken);
    }

    /// <summary>A page of a managed policy's versions.</summary>
    /// <exception cref="AmazonIdentityManagementServiceException">The service refused the call; <c>NoSuchEntity</c>: there is no such policy.</exception>
    public Task<ListPolicyVersionsResponse> ListPolicyVersionsAsync(ListPolicyVersionsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<ListPolicyVersionsResponse>(
            "ListPolicyVersions",
            [
                ("PolicyArn", request.PolicyArn),
                ("Marker", request.Marker),
                ("MaxItems", request.MaxItems?.ToString(CultureInfo.InvariantCulture)),
            ],
            PolicyXml.Read,
            cancellationToken);
    }

    /// <summary>Deletes a version of a managed policy.</summary>
    /// <exception cref="AmazonIdentityManagementServiceException">
    /// The service refused the call; <c>NoSuchEntity</c>: there is no such policy or version, <c>DeleteConflict</c>: it is the default version.
    /// </exception>
    public Task<DeletePolicyVersionResponse> DeletePolicyVersionAsync(DeletePolicyVersionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<DeletePolicyVersionResponse>(
            "DeletePolicyVersion", [("PolicyArn", request.PolicyArn), ("VersionId", request.VersionId)], cancellationToken);
    }
}
