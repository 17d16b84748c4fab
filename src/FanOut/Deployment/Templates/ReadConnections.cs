using Amazon.Runtime;
using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Engine.Mappings;
using FanOut.Sources;
using FanOut.Sources.Topics;

namespace FanOut.Deployment.Templates;

/// <summary>Reads how a function is connected with its sources.</summary>
/// <param name="session">Who calls, in the function's region.</param>
/// <param name="settings">The function, and the alias that is wanted.</param>
/// <param name="configuration">The function's settings.</param>
/// <param name="table">Its table, in which the settings of suspended subscriptions stand.</param>
/// <param name="time">The clock of waits.</param>
/// <param name="warn">Writes a warning.</param>
internal sealed class ReadConnections(
    AwsSession session, PublishSettings settings, FunctionConfiguration configuration, string table, TimeProvider time, Action<string> warn)
{
    /// <summary>Reads it.</summary>
    /// <param name="known">The sources that have targets: topics among them are looked for too.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<StackConnections> ReadAsync(IReadOnlyList<string> known, CancellationToken cancellationToken)
    {
        List<EventSourceMappingConfiguration> all =
            await new EventSourceMappings(session, settings.Function with { Qualifier = null }, time).ListAsync(null, cancellationToken).ConfigureAwait(false);
        StackStream[] streams = [.. all.Where(static m => m.State != "Deleting").Select(StackStream.Of)];
        List<StackTopic> topics = [];
        List<StackInvocations> invocations = [];
        try
        {
            foreach (string? qualifier in streams.Select(static s => s.Qualifier).Append(settings.Alias).Append(null).Distinct())
            {
                await ReadTopicsAsync(qualifier, known, topics, invocations, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (AmazonServiceException e) when (e.StatusCode == System.Net.HttpStatusCode.Forbidden)
        {
            warn($"Which topics invoke {settings.Name} cannot be read as {session.Identity}: they are not in the template. {e.Message} "
                + "You need lambda:GetPolicy, lambda:GetFunctionEventInvokeConfig, sns:ListSubscriptionsByTopic and sns:GetSubscriptionAttributes.");
        }

        return new StackConnections(streams, topics, invocations);
    }

    private async Task ReadTopicsAsync(string? qualifier, IReadOnlyList<string> known, List<StackTopic> topics, List<StackInvocations> invocations, CancellationToken cancellationToken)
    {
        FunctionDestination function = settings.Function with { Qualifier = qualifier };
        AwsSession home = Arn.TryParse(table, out Arn? arn) && arn.Region.Length > 0 ? session.In(arn.Region) : session;
        var connections = new TopicConnections(session, function, configuration, new SuspendedSubscriptions(home, table));
        foreach (TopicConnection topic in await connections.ListAsync(known, cancellationToken).ConfigureAwait(false))
        {
            if (topic.State != DescribeSource.NotConnected)
            {
                topics.Add(new StackTopic(topic.TopicArn, topic.SubscriptionArn is not null, await SettingsAsync(topic, cancellationToken).ConfigureAwait(false), qualifier));
            }
        }

        if (await new EventInvokeConfigs(session, function).GetAsync(cancellationToken).ConfigureAwait(false) is { } set)
        {
            invocations.Add(new StackInvocations(set, qualifier));
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> SettingsAsync(TopicConnection topic, CancellationToken cancellationToken) => topic.SubscriptionArn is { } subscription
        ? await new TopicSubscriptions(session, topic.FunctionArn).SettingsAsync(topic.TopicArn, subscription, cancellationToken).ConfigureAwait(false)
        : new Dictionary<string, string>();
}
