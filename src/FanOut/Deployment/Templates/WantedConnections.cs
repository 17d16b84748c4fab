using FanOut.Aws.Lambda;
using FanOut.Errors;
using FanOut.Sources.Topics;

namespace FanOut.Deployment.Templates;

/// <summary>The connections that Connect-FanOutSource would make.</summary>
internal static class WantedConnections
{
    /// <summary>The connections with the sources that are named, and with no others.</summary>
    /// <param name="wanted">The sources.</param>
    /// <param name="deployed">The connections that are there: topics share settings that may have been made already.</param>
    /// <param name="alias">The alias that the sources call; null: the function itself.</param>
    /// <exception cref="FanOutException">InvalidParameter: topics are to have different settings, which they share.</exception>
    public static StackConnections Of(IReadOnlyList<WantedSource> wanted, StackConnections deployed, string? alias)
    {
        StackStream[] streams = [.. wanted.Where(static w => w.Stream is not null).DistinctBy(static w => w.EventSourceArn).Select(w => StackStream.Of(w.EventSourceArn, w.Stream!, alias))];
        WantedSource[] topics = [.. wanted.Where(static w => w.Topic is not null).DistinctBy(static w => w.EventSourceArn)];
        EventInvokeConfigSettings? there = deployed.Invocations.FirstOrDefault(i => i.Qualifier == alias)?.Settings;
        EventRetries now = EventRetries.Of(there), retries = now;
        foreach (WantedSource topic in topics)
        {
            EventRetries next = topic.Topic!.Over(now);
            if (next != now && retries != now && next != retries)
            {
                throw FanOutError.InvalidParameter(
                    nameof(TopicSettings.MaximumRetryAttempts), topic.EventSourceArn,
                    $"(or -MaximumRecordAge, or -OnFailureDestination) of {topic.EventSourceArn} is another than that of the topics before, and all topics of a function share it.");
            }

            retries = next == now ? retries : next;
        }

        return new StackConnections(
            streams,
            [.. topics.Select(t => Topic(t, deployed, alias))],
            there is null && retries == new EventRetries() ? [] : [new StackInvocations(retries.Over(there), alias)]);
    }

    // What was set of a subscription stays.
    private static StackTopic Topic(WantedSource topic, StackConnections deployed, string? alias) => new(
        topic.EventSourceArn,
        topic.Topic!.Enabled,
        deployed.Topics.FirstOrDefault(t => t.TopicArn == topic.EventSourceArn && t.Qualifier == alias)?.Settings ?? new Dictionary<string, string>(),
        alias);
}
