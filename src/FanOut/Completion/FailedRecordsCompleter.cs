using System.Runtime.CompilerServices;
using FanOut.Credentials;
using FanOut.Destinations;
using FanOut.Engine.Mappings;

namespace FanOut.Completion;

/// <summary>Completes what records can go to that are not delivered: ARNs of queues and topics, and buckets, as s3://bucket for a dead letter and as ARNs for Lambda.</summary>
public sealed class FailedRecordsCompleter : AwsCompleter
{
    /// <inheritdoc/>
    private protected override async IAsyncEnumerable<Value> FindAsync(AwsSession session, Typed typed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var destinations = new ListDestinations(session, inFull: true, cancellationToken);
        foreach (IAsyncEnumerable<ListedDestination> part in new[] { destinations.Queues(), destinations.Topics() })
        {
            await foreach (Value value in Allowed(Texts(part)).ConfigureAwait(false))
            {
                yield return value;
            }
        }

        bool isOfLambda = typed.Parameter == nameof(FanOutSource.OnFailureDestination);
        await foreach (Value value in Allowed(Buckets(destinations.Buckets(), isOfLambda ? $"arn:{Partition.OfRegion(session.Region).Id}:s3:::" : null)).ConfigureAwait(false))
        {
            yield return value;
        }
    }

    private static async IAsyncEnumerable<Value> Buckets(IAsyncEnumerable<ListedDestination> buckets, string? arn)
    {
        await foreach (ListedDestination bucket in buckets.ConfigureAwait(false))
        {
            yield return new Value(arn is null ? bucket.Full! : arn + bucket.Name, bucket.Note);
        }
    }

    private static async IAsyncEnumerable<Value> Texts(IAsyncEnumerable<ListedDestination> destinations)
    {
        await foreach (ListedDestination one in destinations.ConfigureAwait(false))
        {
            if (one.Full is { } arn)
            {
                yield return new Value(arn, one.Note);
            }
        }
    }
}
