using System.Runtime.CompilerServices;
using Amazon.Runtime;
using FanOut.Abstractions;
using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Deployment;
using FanOut.Errors;

namespace FanOut.Sources;

/// <summary>Finds the functions of a region.</summary>
/// <param name="session">Who looks, in the region.</param>
internal sealed class FindFunctions(AwsSession session)
{
    // An error must not take long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The names of the fan-out functions, as Lambda lists them.</summary>
    public async IAsyncEnumerable<string> ListFanOutAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (FunctionConfiguration function in ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await IsFanOutAsync(function, cancellationToken).ConfigureAwait(false))
            {
                yield return function.FunctionName!;
            }
        }
    }

    /// <summary>The function that somebody may have meant who wrote a name that does not exist; null: none is near, or functions may not be listed.</summary>
    public async Task<string?> FindNearestAsync(string name, CancellationToken cancellationToken)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(Patience);
        List<string> names = [];
        try
        {
            await foreach (FunctionConfiguration function in ListAsync(late.Token).ConfigureAwait(false))
            {
                names.Add(function.FunctionName!);
            }
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or FanOutException or HttpRequestException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return Nearest.Near(name, names);
    }

    private async IAsyncEnumerable<FunctionConfiguration> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? marker = null;
        do
        {
            ListFunctionsResponse page = await session.Lambda().ListFunctionsAsync(new ListFunctionsRequest { Marker = marker }, cancellationToken).ConfigureAwait(false);
            foreach (FunctionConfiguration function in page.Functions ?? [])
            {
                yield return function;
            }

            marker = page.NextMarker;
        }
        while (!string.IsNullOrEmpty(marker));
    }

    // Lambda lists functions without their tags. Nearly all have a variable that tells; the tags are asked for only where the description does, or where
    // variables cannot be read: most functions of an account are others'.
    private async Task<bool> IsFanOutAsync(FunctionConfiguration function, CancellationToken cancellationToken)
    {
        // Without a name all other cmdlets take the function of this name, whatever it is.
        if (function.FunctionName == FunctionCommand.DefaultFunction || new DeployedFunction(function, new Dictionary<string, string>(), null).IsFanOut)
        {
            return true;
        }

        if (function.Description != NewFunction.Description && FunctionConfigurations.AreReadable(function))
        {
            return false;
        }

        try
        {
            ListTagsResponse found = await session.Lambda().ListTagsAsync(new ListTagsRequest { Resource = function.FunctionArn! }, cancellationToken).ConfigureAwait(false);
            return found.Tags?.ContainsKey(DeploymentTags.Function) == true;
        }
        catch (AmazonLambdaException e) when (e.StatusCode is System.Net.HttpStatusCode.Forbidden or System.Net.HttpStatusCode.NotFound)
        {
            return function.Description == NewFunction.Description;
        }
    }
}
