using System.Globalization;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Lambda;

/// <content>Versions and their aliases.</content>
public sealed partial class AmazonLambdaClient
{
    private const string Aliases = Function + "/aliases";
    private const string Alias = Aliases + "/{Name}";

    /// <summary>Publishes the <c>$LATEST</c> of a function as a version.</summary>
    /// <exception cref="AmazonLambdaException">
    /// The service refused the call; <c>ResourceNotFoundException</c>: there is no such function, <c>ResourceConflictException</c>: another
    /// change is in progress, <c>PreconditionFailedException</c>: the revision is another.
    /// </exception>
    public async Task<PublishVersionResponse> PublishVersionAsync(PublishVersionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsJson.Body(json =>
        {
            json.Optional("CodeSha256", request.CodeSha256);
            json.Optional("Description", request.Description);
            json.Optional("RevisionId", request.RevisionId);
        });
        WireRequest wire = About(request.FunctionName, "PublishVersion", "POST", Function + "/versions", body);
        return await ReadAsync<PublishVersionResponse>(wire, FunctionConfigurationJson.Read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A page of a function's versions.</summary>
    /// <exception cref="AmazonLambdaException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such function.</exception>
    public Task<ListVersionsByFunctionResponse> ListVersionsByFunctionAsync(
        ListVersionsByFunctionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        WireRequest wire = About(
            request.FunctionName, "ListVersionsByFunction", "GET", Function + "/versions", null,
            ("Marker", request.Marker), ("MaxItems", request.MaxItems?.ToString(CultureInfo.InvariantCulture)));
        return ReadAsync<ListVersionsByFunctionResponse>(wire, FunctionConfigurationJson.Read, cancellationToken);
    }

    /// <summary>An alias.</summary>
    /// <exception cref="AmazonLambdaException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such function or alias.</exception>
    public Task<GetAliasResponse> GetAliasAsync(GetAliasRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        WireRequest wire = About(request.FunctionName, "GetAlias", "GET", Alias);
        wire.Subresource = new("{Name}", request.Name);
        return ReadAsync<GetAliasResponse>(wire, AliasJson.Read, cancellationToken);
    }

    /// <summary>Gives a version a name.</summary>
    /// <exception cref="AmazonLambdaException">
    /// The service refused the call; <c>ResourceNotFoundException</c>: there is no such function or version, <c>ResourceConflictException</c>:
    /// the alias exists.
    /// </exception>
    public async Task<CreateAliasResponse> CreateAliasAsync(CreateAliasRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsJson.Body(json => AliasJson.Write(json, request));
        WireRequest wire = About(request.FunctionName, "CreateAlias", "POST", Aliases, body);
        return await ReadAsync<CreateAliasResponse>(wire, AliasJson.Read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes an alias.</summary>
    /// <exception cref="AmazonLambdaException">
    /// The service refused the call; <c>ResourceNotFoundException</c>: there is no such function or alias, <c>PreconditionFailedException</c>:
    /// the revision is another.
    /// </exception>
    public async Task<UpdateAliasResponse> UpdateAliasAsync(UpdateAliasRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsJson.Body(json => AliasJson.Write(json, request));
        WireRequest wire = About(request.FunctionName, "UpdateAlias", "PUT", Alias, body);
        wire.Subresource = new("{Name}", request.Name);
        return await ReadAsync<UpdateAliasResponse>(wire, AliasJson.Read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes an alias.</summary>
    /// <exception cref="AmazonLambdaException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such function.</exception>
    public Task<DeleteAliasResponse> DeleteAliasAsync(DeleteAliasRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        WireRequest wire = About(request.FunctionName, "DeleteAlias", "DELETE", Alias);
        wire.Subresource = new("{Name}", request.Name);
        return ReadAsync<DeleteAliasResponse>(wire, static (_, _) => { }, cancellationToken);
    }

    /// <summary>A page of a function's aliases.</summary>
    /// <exception cref="AmazonLambdaException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such function.</exception>
    public Task<ListAliasesResponse> ListAliasesAsync(ListAliasesRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        WireRequest wire = About(
            request.FunctionName, "ListAliases", "GET", Aliases, null,
            ("FunctionVersion", request.FunctionVersion), ("Marker", request.Marker), ("MaxItems", request.MaxItems?.ToString(CultureInfo.InvariantCulture)));
        return ReadAsync<ListAliasesResponse>(wire, AliasJson.Read, cancellationToken);
    }
}
