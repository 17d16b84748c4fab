using FanOut.Credentials;
using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.Destinations;

/// <summary>Finds the destination that a name stands for; each name is looked up once.</summary>
internal sealed class ResolveDestination
{
    private readonly Dictionary<(AwsSession Session, DestinationQuery Query), FoundDestination> _found = [];

    /// <summary>The destination. One that is given in full is used as it is, without a call.</summary>
    /// <param name="session">Opens the session that looks it up, when one is needed: in the destination's region, as its role.</param>
    /// <param name="query">What the user named.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    /// <exception cref="FanOutException">It does not exist, or the user may not look it up.</exception>
    public async Task<FoundDestination> FindAsync(Func<AwsSession> session, DestinationQuery query, CancellationToken cancellationToken)
    {
        if (query.Index is not null && query.Type != TargetType.Es)
        {
            throw FanOutError.InvalidParameter("Index", query.Index, $"is for the type es; the type is {MappingText.Of(query.Type)}.");
        }

        if (query.IsInFull)
        {
            return query.Index is not null && query.Text.Contains('#', StringComparison.Ordinal)
                ? throw FanOutError.InvalidParameter("Index", query.Index, "is given although the destination names an index behind its '#'; leave one of the two out.")
                : new FoundDestination(query.InFull);
        }

        if (DestinationNames.ProblemOf(query.Type, query.Text) is { } problem)
        {
            throw FanOutError.InvalidDestination(query.Text, problem);
        }

        AwsSession open = session();
        if (!_found.TryGetValue((open, query), out FoundDestination? found))
        {
            _found[(open, query)] = found = await LookUpAsync(open, query, cancellationToken).ConfigureAwait(false);
        }

        return found;
    }

    private static Task<FoundDestination> LookUpAsync(AwsSession session, DestinationQuery query, CancellationToken cancellationToken) => query.Type switch
    {
        TargetType.Sns => FindTopic.ByNameAsync(session, query.Text, cancellationToken),
        TargetType.Sqs => FindQueue.ByNameAsync(session, query.Text, cancellationToken),
        TargetType.Es => FindDomain.ByNameAsync(session, query.Text, query.Index, cancellationToken),
        TargetType.Kinesis => FindStream.ByNameAsync(session, query.Text, cancellationToken),
        TargetType.Firehose => FindDeliveryStream.ByNameAsync(session, query.Text, cancellationToken),
        TargetType.Iot => FindIotEndpoint.ForTopicAsync(session, query.Text, cancellationToken),
        TargetType.Lambda => FindFunction.ByNameAsync(session, query.Text, cancellationToken),
        TargetType.Events => FindEventBus.ByNameAsync(session, query.Text, cancellationToken),
        TargetType.States => FindStateMachine.ByNameAsync(session, query.Text, cancellationToken),
        TargetType.Memcached => FindMemcached.ByNameAsync(session, query.Text, cancellationToken),
        TargetType.Redis => FindRedis.ByNameAsync(session, query.Text, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(query), query.Type, "No such target type."),
    };
}
