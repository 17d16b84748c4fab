using FanOut.Aws.Protocols;

namespace FanOut.Aws.Lambda;

/// <content>Who may invoke a function.</content>
public sealed partial class AmazonLambdaClient
{
    private const string Policy = Function + "/policy";

    /// <summary>Allows somebody to invoke a function.</summary>
    /// <exception cref="AmazonLambdaException">
    /// The service refused the call; <c>ResourceNotFoundException</c>: there is no such function, <c>ResourceConflictException</c>: the policy
    /// has a statement of that id, <c>PreconditionFailedException</c>: the revision is another.
    /// </exception>
    public async Task<AddPermissionResponse> AddPermissionAsync(AddPermissionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsJson.Body(json =>
        {
            json.WriteString("StatementId", request.StatementId);
            json.WriteString("Action", request.Action);
            json.WriteString("Principal", request.Principal);
            json.Optional("SourceArn", request.SourceArn);
            json.Optional("SourceAccount", request.SourceAccount);
            json.Optional("RevisionId", request.RevisionId);
        });
        WireRequest wire = About(request.FunctionName, "AddPermission", "POST", Policy, body, ("Qualifier", request.Qualifier));
        return await ReadAsync<AddPermissionResponse>(wire, static (json, response) => response.Statement = json.Text("Statement"), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Who may invoke a function.</summary>
    /// <exception cref="AmazonLambdaException">
    /// The service refused the call; <c>ResourceNotFoundException</c>: there is no such function, or nobody is allowed.
    /// </exception>
    public Task<GetFunctionPolicyResponse> GetPolicyAsync(GetFunctionPolicyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        WireRequest wire = About(request.FunctionName, "GetPolicy", "GET", Policy, null, ("Qualifier", request.Qualifier));
        return ReadAsync<GetFunctionPolicyResponse>(wire, static (json, response) =>
        {
            response.Policy = json.Text("Policy");
            response.RevisionId = json.Text("RevisionId");
        }, cancellationToken);
    }

    /// <summary>Removes a statement of a function's policy.</summary>
    /// <exception cref="AmazonLambdaException">
    /// The service refused the call; <c>ResourceNotFoundException</c>: there is no such function or statement, <c>PreconditionFailedException</c>: the
    /// revision is another.
    /// </exception>
    public Task<RemovePermissionResponse> RemovePermissionAsync(RemovePermissionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        WireRequest wire = About(
            request.FunctionName, "RemovePermission", "DELETE", Policy + "/{StatementId}", null, ("Qualifier", request.Qualifier), ("RevisionId", request.RevisionId));
        wire.Subresource = new("{StatementId}", request.StatementId);
        return ReadAsync<RemovePermissionResponse>(wire, static (_, _) => { }, cancellationToken);
    }
}
