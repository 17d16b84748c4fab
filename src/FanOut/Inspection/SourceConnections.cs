using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Sources;
using FanOut.Sources.Topics;

namespace FanOut.Inspection;

/// <summary>How a source is connected with the function.</summary>
/// <param name="EventSourceMappings">Its event source mappings.</param>
/// <param name="Topic">The connection of a topic; null: it is none.</param>
/// <param name="Described">The source, for each event source mapping.</param>
/// <param name="NotSeen">Why that could not be looked at; null: it was.</param>
internal sealed record SourceConnections(
    IReadOnlyList<EventSourceMappingConfiguration> EventSourceMappings, TopicConnection? Topic, IReadOnlyList<FanOutSource> Described, Finding? NotSeen)
{
    /// <summary>Looks.</summary>
    public static async Task<SourceConnections> ReadAsync(
        AwsSession session, FunctionDestination function, ReadSources read, string sourceArn, TopicConnections topics, TimeProvider time, CancellationToken cancellationToken)
    {
        if (SourceArn.IsOf(SourceKind.Sns, sourceArn))
        {
            Seen<IReadOnlyList<TopicConnection>> seen = await Look.AtAsync(session, async () => (IReadOnlyList<TopicConnection>?)await topics.ListAsync([sourceArn], cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            return seen.Value is not { } found
                ? new([], null, [], seen.NotSeen("Connection", "Whether the topic is connected", "lambda:GetPolicy, lambda:GetFunctionEventInvokeConfig and sns:ListSubscriptionsByTopic"))
                : new([], found.FirstOrDefault(t => t.TopicArn == sourceArn), await read.PutTogetherAsync(sourceArn, [], found, null, cancellationToken).ConfigureAwait(false), null);
        }

        Seen<List<EventSourceMappingConfiguration>> mappings = await Look.AtAsync(
            session, async () => (List<EventSourceMappingConfiguration>?)await new EventSourceMappings(session, function, time).ListAsync(sourceArn, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return mappings.Value is not { } all
            ? new([], null, [], mappings.NotSeen("Connection", "Whether the source is connected", "lambda:ListEventSourceMappings"))
            : new(all, null, await read.PutTogetherAsync(sourceArn, all, [], null, cancellationToken).ConfigureAwait(false), null);
    }
}
