using System.Runtime.CompilerServices;
using FanOut.Credentials;
using FanOut.Destinations;

namespace FanOut.Completion;

/// <summary>Completes ARNs of topics.</summary>
public sealed class TopicCompleter : AwsCompleter
{
    /// <inheritdoc/>
    private protected override async IAsyncEnumerable<Value> FindAsync(AwsSession session, Typed typed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (ListedDestination topic in new ListDestinations(session, inFull: true, cancellationToken).Topics().ConfigureAwait(false))
        {
            if (topic.Full is { } arn)
            {
                yield return new Value(arn, topic.Note);
            }
        }
    }
}
