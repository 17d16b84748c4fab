using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Deployment;
using FanOut.Engine.Mappings;

namespace FanOut.Sources.Topics;

/// <summary>How Lambda retries and reports the asynchronous invocations of a function.</summary>
/// <param name="session">Who calls, in the function's region.</param>
/// <param name="function">The function, with or without an alias or version.</param>
internal sealed class EventInvokeConfigs(AwsSession session, FunctionDestination function)
{
    /// <summary>The settings; null: none were made.</summary>
    public async Task<EventInvokeConfigSettings?> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await session.Lambda().GetFunctionEventInvokeConfigAsync(
                new GetFunctionEventInvokeConfigRequest { FunctionName = function.FunctionName, Qualifier = function.Qualifier }, cancellationToken).ConfigureAwait(false)).Settings;
        }
        catch (AmazonLambdaException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            return null;
        }
    }

    /// <summary>Makes the settings; what Lambda reports of events that succeeded stays as it is.</summary>
    public async Task PutAsync(EventRetries retries, CancellationToken cancellationToken)
    {
        EventInvokeConfigSettings settings = retries.Over(await GetAsync(cancellationToken).ConfigureAwait(false));
        await session.Lambda().PutFunctionEventInvokeConfigAsync(
            new PutFunctionEventInvokeConfigRequest { FunctionName = function.FunctionName, Qualifier = function.Qualifier, Settings = settings }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>ARNs of what Lambda tells of failed invocations of the function and all its aliases and versions: the function's role sends them.</summary>
    public async Task<IReadOnlyList<string>> ListOnFailureAsync(CancellationToken cancellationToken)
    {
        HashSet<string> destinations = [];
        string? marker = null;
        do
        {
            ListFunctionEventInvokeConfigsResponse page = await session.Lambda().ListFunctionEventInvokeConfigsAsync(
                new ListFunctionEventInvokeConfigsRequest { FunctionName = function.FunctionName, Marker = marker }, cancellationToken).ConfigureAwait(false);
            destinations.UnionWith((page.FunctionEventInvokeConfigs ?? []).Select(static s => EventRetries.Of(s).OnFailureDestination).OfType<string>());
            marker = page.NextMarker;
        }
        while (marker is not null);
        return [.. destinations.Order(StringComparer.Ordinal)];
    }
}
