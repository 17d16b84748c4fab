using System.Runtime.CompilerServices;
using FanOut.Credentials;
using FanOut.Destinations;

namespace FanOut.Completion;

/// <summary>Completes ARNs of the queues and topics to which records can go that are not delivered.</summary>
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
