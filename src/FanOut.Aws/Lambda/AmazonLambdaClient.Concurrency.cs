using FanOut.Aws.Protocols;

namespace FanOut.Aws.Lambda;

/// <content>Reserved concurrency.</content>
public sealed partial class AmazonLambdaClient
{
    private const string Concurrency = "/functions/{FunctionName}/concurrency";

    /// <summary>Reserves a part of the account's concurrency for a function.</summary>
    /// <exception cref="AmazonLambdaException">
    /// The service refused the call; <c>ResourceNotFoundException</c>: there is no such function, <c>InvalidParameterValueException</c>: too
    /// little would be left for the others.
    /// </exception>
    public async Task<PutFunctionConcurrencyResponse> PutFunctionConcurrencyAsync(
        PutFunctionConcurrencyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsJson.Body(json => json.WriteNumber("ReservedConcurrentExecutions", request.ReservedConcurrentExecutions));
        WireRequest wire = About(request.FunctionName, "PutFunctionConcurrency", "PUT", "/2017-10-31" + Concurrency, body);
        return await ReadAsync<PutFunctionConcurrencyResponse>(
            wire, static (json, response) => response.ReservedConcurrentExecutions = json.Number("ReservedConcurrentExecutions"), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a function's reserved concurrency.</summary>
    /// <exception cref="AmazonLambdaException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such function.</exception>
    public Task<DeleteFunctionConcurrencyResponse> DeleteFunctionConcurrencyAsync(
        DeleteFunctionConcurrencyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        WireRequest wire = About(request.FunctionName, "DeleteFunctionConcurrency", "DELETE", "/2017-10-31" + Concurrency);
        return ReadAsync<DeleteFunctionConcurrencyResponse>(wire, static (_, _) => { }, cancellationToken);
    }

    /// <summary>A function's reserved concurrency.</summary>
    /// <exception cref="AmazonLambdaException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such function.</exception>
    public Task<GetFunctionConcurrencyResponse> GetFunctionConcurrencyAsync(
        GetFunctionConcurrencyRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        WireRequest wire = About(request.FunctionName, "GetFunctionConcurrency", "GET", "/2019-09-30" + Concurrency);
        return ReadAsync<GetFunctionConcurrencyResponse>(
            wire, static (json, response) => response.ReservedConcurrentExecutions = json.Number("ReservedConcurrentExecutions"), cancellationToken);
    }
}
