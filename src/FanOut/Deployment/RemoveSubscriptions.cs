using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Sources;
using FanOut.Sources.Topics;

namespace FanOut.Deployment;

/// <summary>Removes the function's subscriptions to topics, which would else go on calling a function that is not there.</summary>
internal static class RemoveSubscriptions
{
    /// <summary>Makes the plan; only reads.</summary>
    /// <param name="session">Who calls, in the function's region.</param>
    /// <param name="settings">What is to be removed.</param>
    /// <param name="configuration">The function's settings; null: it is gone, and with it the policy that names its topics.</param>
    /// <param name="table">Its table of mappings.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async Task<IReadOnlyList<Change>> PlanAsync(
        AwsSession session, RemovalSettings settings, FunctionConfiguration? configuration, SuspendedSubscriptions table, CancellationToken cancellationToken)
    {
        if (configuration is null)
        {
            return [];
        }

        var topics = new TopicConnections(session, settings.Function, configuration, table);
        return
        [
            .. (await topics.ListAsync([], cancellationToken).ConfigureAwait(false)).Where(static t => t.State != DescribeSource.NotConnected)
                .Select(topic => new Change($"source {topic.TopicArn}", "Unsubscribe the function", c => topics.DisconnectAsync(topic, c))),
        ];
    }
}
