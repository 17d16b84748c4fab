using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Destinations;

namespace FanOut.Completion;

/// <summary>Completes aliases of the function.</summary>
public sealed class AliasCompleter : AwsCompleter
{
    /// <inheritdoc/>
    private protected override IAsyncEnumerable<Value> FindAsync(AwsSession session, Typed typed, CancellationToken cancellationToken)
    {
        AmazonLambdaClient lambda = session.Client(AmazonLambdaClient.Service, static (c, s) => new AmazonLambdaClient(c, s));
        return Pages.AllAsync(
            next => lambda.ListAliasesAsync(new ListAliasesRequest { FunctionName = FunctionName(typed), Marker = next }, cancellationToken),
            static p => p.Aliases?.Select(static a => new Value(a.Name!, $"version {a.FunctionVersion}")),
            static p => p.NextMarker);
    }
}
