using System.Globalization;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Lambda;

/// <content>Functions and their packages.</content>
public sealed partial class AmazonLambdaClient
{
    private const string Functions = "/2015-03-31/functions";

    /// <summary>A function: its settings, its tags and where its package can be fetched.</summary>
    /// <exception cref="AmazonLambdaException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such function.</exception>
    public Task<GetFunctionResponse> GetFunctionAsync(GetFunctionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        WireRequest wire = About(request.FunctionName, "GetFunction", "GET", Function, null, ("Qualifier", request.Qualifier));
        return ReadAsync<GetFunctionResponse>(wire, FunctionJson.Read, cancellationToken);
    }

    /// <summary>A function's settings.</summary>
    /// <exception cref="AmazonLambdaException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such function.</exception>
    public Task<GetFunctionConfigurationResponse> GetFunctionConfigurationAsync(
        GetFunctionConfigurationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wire = new WireRequest("GetFunctionConfiguration")
        {
            Method = "GET",
            Path = Function + "/configuration",
            PathParameter = new("{FunctionName}", request.FunctionName),
            Query = WireRequest.Parameters(("Qualifier", request.Qualifier)),
        };
        return SendAsync(wire, AwsJson.Answers<GetFunctionConfigurationResponse>(FunctionConfigurationJson.Read, AmazonLambdaException.Of), cancellationToken);
    }

    /// <summary>A page of the region's functions.</summary>
    /// <exception cref="AmazonLambdaException">The service refused the call.</exception>
    public Task<ListFunctionsResponse> ListFunctionsAsync(ListFunctionsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wire = new WireRequest("ListFunctions")
        {
            Method = "GET",
            Path = Functions,
            Query = WireRequest.Parameters(
                ("FunctionVersion", request.FunctionVersion), ("Marker", request.Marker), ("MaxItems", request.MaxItems?.ToString(CultureInfo.InvariantCulture))),
        };
        return SendAsync(wire, AwsJson.Answers<ListFunctionsResponse>(FunctionConfigurationJson.Read, AmazonLambdaException.Of), cancellationToken);
    }

    /// <summary>Makes a function.</summary>
    /// <exception cref="AmazonLambdaException">
    /// The service refused the call; <c>ResourceConflictException</c>: the function exists, <c>InvalidParameterValueException</c>: also if the
    /// role cannot be assumed yet.
    /// </exception>
    public async Task<CreateFunctionResponse> CreateFunctionAsync(CreateFunctionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsJson.Body(json => FunctionJson.Write(json, request), FunctionJson.SizeOf(request.Code.ZipFile));
        var wire = new WireRequest("CreateFunction", body) { Path = Functions, ContentType = "application/json" };
        return await ReadAsync<CreateFunctionResponse>(wire, FunctionConfigurationJson.Read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes a function's settings.</summary>
    /// <exception cref="AmazonLambdaException">
    /// The service refused the call; <c>ResourceConflictException</c>: another change is in progress, <c>PreconditionFailedException</c>: the
    /// revision is another.
    /// </exception>
    public async Task<UpdateFunctionConfigurationResponse> UpdateFunctionConfigurationAsync(
        UpdateFunctionConfigurationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsJson.Body(json => FunctionConfigurationJson.Write(json, request));
        var wire = new WireRequest("UpdateFunctionConfiguration", body)
        {
            Method = "PUT",
            Path = Function + "/configuration",
            PathParameter = new("{FunctionName}", request.FunctionName),
            ContentType = "application/json",
        };
        return await SendAsync(wire, AwsJson.Answers<UpdateFunctionConfigurationResponse>(FunctionConfigurationJson.Read, AmazonLambdaException.Of), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Replaces a function's deployment package.</summary>
    /// <exception cref="AmazonLambdaException">
    /// The service refused the call; <c>ResourceNotFoundException</c>: there is no such function, <c>ResourceConflictException</c>: another
    /// change is in progress, <c>PreconditionFailedException</c>: the revision is another.
    /// </exception>
    public async Task<UpdateFunctionCodeResponse> UpdateFunctionCodeAsync(UpdateFunctionCodeRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsJson.Body(json => FunctionJson.Write(json, request), FunctionJson.SizeOf(request.ZipFile));
        WireRequest wire = About(request.FunctionName, "UpdateFunctionCode", "PUT", Function + "/code", body);
        return await ReadAsync<UpdateFunctionCodeResponse>(wire, FunctionConfigurationJson.Read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes a function or one of its versions.</summary>
    /// <exception cref="AmazonLambdaException">
    /// The service refused the call; <c>ResourceNotFoundException</c>: there is no such function, <c>ResourceConflictException</c>: an alias
    /// names the version.
    /// </exception>
    public Task<DeleteFunctionResponse> DeleteFunctionAsync(DeleteFunctionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        WireRequest wire = About(request.FunctionName, "DeleteFunction", "DELETE", Function, null, ("Qualifier", request.Qualifier));
        return ReadAsync<DeleteFunctionResponse>(wire, static (_, _) => { }, cancellationToken);
    }
}
