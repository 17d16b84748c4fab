using System.Runtime.CompilerServices;
using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Registry;

namespace FanOut.Completion;

/// <summary>Completes ARNs of the sources that the function knows: those of its event source mappings, and those that have targets.</summary>
public sealed class SourceArnCompleter : AwsCompleter
{
    /// <inheritdoc/>
    private protected override async IAsyncEnumerable<Value> FindAsync(AwsSession session, Typed typed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (Value value in Allowed(ConnectedAsync(session, typed, cancellationToken)).ConfigureAwait(false))
        {
            yield return value;
        }

        await foreach (Value value in Allowed(RegisteredAsync(session, typed, cancellationToken)).ConfigureAwait(false))
        {
            yield return value;
        }
    }

    private static async IAsyncEnumerable<Value> ConnectedAsync(AwsSession session, Typed typed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AmazonLambdaClient lambda = session.Client(AmazonLambdaClient.Service, static (c, s) => new AmazonLambdaClient(c, s));
        string? marker = null;
        do
        {
            ListEventSourceMappingsResponse page = await lambda.ListEventSourceMappingsAsync(
                new ListEventSourceMappingsRequest { FunctionName = FunctionName(typed), Marker = marker }, cancellationToken).ConfigureAwait(false);
            foreach (EventSourceMappingConfiguration eventSourceMapping in page.EventSourceMappings ?? [])
            {
                if (eventSourceMapping.EventSourceArn is { } arn)
                {
                    yield return new Value(arn, $"connected to {FunctionName(typed)}, {eventSourceMapping.State}");
                }
            }

            marker = page.NextMarker;
        }
        while (!string.IsNullOrEmpty(marker));
    }

    // A source with several targets has several rows.
    private static async IAsyncEnumerable<Value> RegisteredAsync(AwsSession session, Typed typed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> seen = [];
        await foreach (TargetRow row in Mappings(session, typed).ReadAsync(null, cancellationToken).ConfigureAwait(false))
        {
            if (row.SourceArn.Length > 0 && seen.Add(row.SourceArn))
            {
                yield return new Value(row.SourceArn, $"has targets of {FunctionName(typed)}");
            }
        }
    }
}
