using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Destinations;
using FanOut.Sources;

namespace FanOut.Completion;

/// <summary>Completes ids of the function's event source mappings.</summary>
public sealed class UuidCompleter : AwsCompleter
{
    /// <inheritdoc/>
    private protected override IAsyncEnumerable<Value> FindAsync(AwsSession session, Typed typed, CancellationToken cancellationToken)
    {
        AmazonLambdaClient lambda = session.Client(AmazonLambdaClient.Service, static (c, s) => new AmazonLambdaClient(c, s));
        return Pages.AllAsync(
            next => lambda.ListEventSourceMappingsAsync(new ListEventSourceMappingsRequest { FunctionName = FunctionName(typed), Marker = next }, cancellationToken),
            static p => p.EventSourceMappings?.Where(static m => m.UUID is not null)
                .Select(static m => new Value(m.UUID!, $"{EventSource.Of(m)} to {m.FunctionArn}, {m.State}")),
            static p => p.NextMarker);
    }
}
