using System.Text.Json;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Lambda;

/// <content>How asynchronous invocations are retried and reported.</content>
public sealed partial class AmazonLambdaClient
{
    private const string EventInvokeConfig = "/2019-09-25/functions/{FunctionName}/event-invoke-config";

    /// <summary>Sets how asynchronous invocations are retried and reported.</summary>
    /// <exception cref="AmazonLambdaException">
    /// The service refused the call; <c>ResourceNotFoundException</c>: there is no such function, <c>InvalidParameterValueException</c>: the function's role
    /// may not send to a destination.
    /// </exception>
    public async Task<PutFunctionEventInvokeConfigResponse> PutFunctionEventInvokeConfigAsync(
        PutFunctionEventInvokeConfigRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsJson.Body(json =>
        {
            json.Optional("MaximumRetryAttempts", request.Settings.MaximumRetryAttempts);
            json.Optional("MaximumEventAgeInSeconds", request.Settings.MaximumEventAgeInSeconds);
            json.Structure("DestinationConfig", request.Settings.DestinationConfig, static (json, config) =>
            {
                json.Structure("OnSuccess", config.OnSuccess, static (json, success) => json.Optional("Destination", success.Destination));
                json.Structure("OnFailure", config.OnFailure, static (json, failure) => json.Optional("Destination", failure.Destination));
            });
        });
        WireRequest wire = About(request.FunctionName, "PutFunctionEventInvokeConfig", "PUT", EventInvokeConfig, body, ("Qualifier", request.Qualifier));
        return await ReadAsync<PutFunctionEventInvokeConfigResponse>(wire, static (_, _) => { }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How asynchronous invocations are retried and reported.</summary>
    /// <exception cref="AmazonLambdaException">
    /// The service refused the call; <c>ResourceNotFoundException</c>: there is no such function, or nothing was set for it.
    /// </exception>
    public Task<GetFunctionEventInvokeConfigResponse> GetFunctionEventInvokeConfigAsync(
        GetFunctionEventInvokeConfigRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        WireRequest wire = About(request.FunctionName, "GetFunctionEventInvokeConfig", "GET", EventInvokeConfig, null, ("Qualifier", request.Qualifier));
        return ReadAsync<GetFunctionEventInvokeConfigResponse>(wire, static (json, response) => Read(json, response.Settings), cancellationToken);
    }

    /// <summary>A page of the settings of a function and of its aliases and versions.</summary>
    /// <exception cref="AmazonLambdaException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such function.</exception>
    public Task<ListFunctionEventInvokeConfigsResponse> ListFunctionEventInvokeConfigsAsync(
        ListFunctionEventInvokeConfigsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        WireRequest wire = About(request.FunctionName, "ListFunctionEventInvokeConfigs", "GET", EventInvokeConfig + "/list", null, ("Marker", request.Marker));
        return ReadAsync<ListFunctionEventInvokeConfigsResponse>(wire, static (json, response) =>
        {
            response.FunctionEventInvokeConfigs = json.Each("FunctionEventInvokeConfigs", static item =>
            {
                var settings = new EventInvokeConfigSettings();
                Read(item, settings);
                return settings;
            });
            response.NextMarker = json.Token("NextMarker");
        }, cancellationToken);
    }

    private static void Read(JsonElement json, EventInvokeConfigSettings settings)
    {
        settings.MaximumRetryAttempts = json.Number("MaximumRetryAttempts");
        settings.MaximumEventAgeInSeconds = json.Number("MaximumEventAgeInSeconds");
        settings.DestinationConfig = json.Structure("DestinationConfig", static config => new DestinationConfig
        {
            OnSuccess = config.Structure("OnSuccess", static success => new OnSuccessDestination { Destination = success.Text("Destination") }),
            OnFailure = config.Structure("OnFailure", static failure => new OnFailureDestination { Destination = failure.Text("Destination") }),
        });
    }
}
