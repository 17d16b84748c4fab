using System.Globalization;
using System.Xml.Linq;
using Amazon.Runtime;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.IdentityManagement;

/// <summary>AWS Identity and Access Management: roles and their policies.</summary>
/// <remarks>It may take some seconds until other services, and even the next call, see a change.</remarks>
public sealed partial class AmazonIdentityManagementServiceClient : AwsClient
{
    /// <summary>A client for a region's partition.</summary>
    /// <param name="credentials">The credentials to sign with; null: those of the SDK's default chain.</param>
    /// <param name="config">Region and endpoint, made with <see cref="Service"/>; any region of the partition means the same.</param>
    public AmazonIdentityManagementServiceClient(AWSCredentials? credentials, AwsClientConfig config)
        : base(credentials, Service, config)
    {
    }

    /// <summary>The service's names.</summary>
    public static AwsService Service { get; } = new("IAM", "iam", "iam", "2010-05-08") { Global = IamEndpoint.Of };

    /// <summary>A role.</summary>
    /// <exception cref="AmazonIdentityManagementServiceException">The service refused the call; <c>NoSuchEntity</c>: there is no such role.</exception>
    public Task<GetRoleResponse> GetRoleAsync(GetRoleRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<GetRoleResponse>("GetRole", [("RoleName", request.RoleName)], RoleXml.Read, cancellationToken);
    }

    /// <summary>A page of the account's roles.</summary>
    /// <exception cref="AmazonIdentityManagementServiceException">The service refused the call.</exception>
    public Task<ListRolesResponse> ListRolesAsync(ListRolesRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<ListRolesResponse>(
            "ListRoles",
            [("PathPrefix", request.PathPrefix), ("MaxItems", request.MaxItems?.ToString(CultureInfo.InvariantCulture)), ("Marker", request.Marker)],
            RoleXml.Read,
            cancellationToken);
    }

    /// <summary>Makes a role.</summary>
    /// <exception cref="AmazonIdentityManagementServiceException">
    /// The service refused the call; <c>EntityAlreadyExists</c>: the role exists, <c>MalformedPolicyDocument</c>: the policy is not valid,
    /// <c>LimitExceeded</c>: the account has too many.
    /// </exception>
    public Task<CreateRoleResponse> CreateRoleAsync(CreateRoleRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<CreateRoleResponse>(
            "CreateRole",
            [
                ("RoleName", request.RoleName),
                ("AssumeRolePolicyDocument", request.AssumeRolePolicyDocument),
                ("Path", request.Path),
                ("Description", request.Description),
                ("MaxSessionDuration", request.MaxSessionDuration?.ToString(CultureInfo.InvariantCulture)),
                ("PermissionsBoundary", request.PermissionsBoundary),
                .. RoleXml.Parameters(request.Tags),
            ],
            RoleXml.Read,
            cancellationToken);
    }

    /// <summary>Deletes a role.</summary>
    /// <exception cref="AmazonIdentityManagementServiceException">
    /// The service refused the call; <c>NoSuchEntity</c>: there is no such role, <c>DeleteConflict</c>: it still has policies,
    /// <c>UnmodifiableEntity</c>: the role belongs to a service.
    /// </exception>
    public Task<DeleteRoleResponse> DeleteRoleAsync(DeleteRoleRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<DeleteRoleResponse>("DeleteRole", [("RoleName", request.RoleName)], cancellationToken);
    }

    /// <summary>Replaces the trust policy of a role: who may assume it.</summary>
    /// <exception cref="AmazonIdentityManagementServiceException">
    /// The service refused the call; <c>NoSuchEntity</c>: there is no such role, <c>MalformedPolicyDocument</c>: the policy is not valid,
    /// <c>UnmodifiableEntity</c>: the role belongs to a service.
    /// </exception>
    public Task<UpdateAssumeRolePolicyResponse> UpdateAssumeRolePolicyAsync(
        UpdateAssumeRolePolicyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<UpdateAssumeRolePolicyResponse>(
            "UpdateAssumeRolePolicy", [("RoleName", request.RoleName), ("PolicyDocument", request.PolicyDocument)], cancellationToken);
    }

    /// <summary>Gives a role tags.</summary>
    /// <exception cref="AmazonIdentityManagementServiceException">
    /// The service refused the call; <c>NoSuchEntity</c>: there is no such role, <c>LimitExceeded</c>: more than 50.
    /// </exception>
    public Task<TagRoleResponse> TagRoleAsync(TagRoleRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<TagRoleResponse>("TagRole", [("RoleName", request.RoleName), .. RoleXml.Parameters(request.Tags)], cancellationToken);
    }

    /// <summary>A page of a role's tags.</summary>
    /// <exception cref="AmazonIdentityManagementServiceException">The service refused the call; <c>NoSuchEntity</c>: there is no such role.</exception>
    public Task<ListRoleTagsResponse> ListRoleTagsAsync(ListRoleTagsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<ListRoleTagsResponse>(
            "ListRoleTags",
            [
                ("RoleName", request.RoleName),
                ("Marker", request.Marker),
                ("MaxItems", request.MaxItems?.ToString(CultureInfo.InvariantCulture)),
            ],
            RoleXml.Read,
            cancellationToken);
    }

    private Task<TResponse> CallAsync<TResponse>(string operation, (string Name, string? Value)[] parameters, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new() =>
        CallAsync(operation, parameters, AwsQuery.Done<TResponse>(AmazonIdentityManagementServiceException.Of), cancellationToken);

    private Task<TResponse> CallAsync<TResponse>(
        string operation, (string Name, string? Value)[] parameters, Action<XElement, TResponse> read, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new() =>
        CallAsync(operation, parameters, AwsQuery.Answers(operation, read, AmazonIdentityManagementServiceException.Of), cancellationToken);

    private async Task<TResponse> CallAsync<TResponse>(
        string operation, (string Name, string? Value)[] parameters, AnswerReader<TResponse> answers, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new()
    {
        using RequestBody body = AwsQuery.Body(operation, Service.ApiVersion, parameters);
        return await SendAsync(AwsQuery.Request(operation, body), answers, cancellationToken).ConfigureAwait(false);
    }
}
