using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;

namespace FanOut.Sources.Topics;

/// <summary>The topics that a function is connected with.</summary>
/// <param name="session">Who calls, in the function's region.</param>
/// <param name="function">The function, with or without an alias or version: that is what is subscribed.</param>
/// <param name="configuration">Its settings.</param>
/// <param name="suspended">The settings of suspended subscriptions.</param>
internal sealed class TopicConnections(AwsSession session, FunctionDestination function, FunctionConfiguration configuration, SuspendedSubscriptions suspended)
{
    private readonly InvokePermissions _permissions = new(session, Unversioned(function));
    private readonly EventInvokeConfigs _configs = new(session, Unversioned(function));
    private readonly string _functionArn = ArnOf(configuration.FunctionArn ?? function.Text, function.Qualifier);

    private TopicSubscriptions Subscriptions => new(session, _functionArn);

    /// <summary>A topic's connection, whether there is one or not.</summary>
    public async Task<TopicConnection> FindAsync(string topicArn, CancellationToken cancellationToken) => await ReadAsync(
        topicArn,
        await _permissions.ListAsync(cancellationToken).ConfigureAwait(false),
        EventRetries.Of(await _configs.GetAsync(cancellationToken).ConfigureAwait(false)),
        cancellationToken).ConfigureAwait(false);

    /// <summary>The connections of all topics that the function's policy names, and of others.</summary>
    /// <param name="others">Further sources, of any kind.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<IReadOnlyList<TopicConnection>> ListAsync(IEnumerable<string> others, CancellationToken cancellationToken)
    {
        IReadOnlyList<InvokeStatement> statements = await _permissions.ListAsync(cancellationToken).ConfigureAwait(false);
        string[] topics =
        [
            .. statements.SelectMany(static s => s.Sources).Where(static s => !s.Contains('*', StringComparison.Ordinal) && !s.Contains('?', StringComparison.Ordinal))
                .Concat(others).Where(static s => SourceArn.IsOf(SourceKind.Sns, s)).Distinct().Order(StringComparer.Ordinal),
        ];
        if (topics.Length == 0)
        {
            return [];
        }

        EventRetries retries = EventRetries.Of(await _configs.GetAsync(cancellationToken).ConfigureAwait(false));
        List<TopicConnection> found = [];
        foreach (string topic in topics)
        {
            found.Add(await ReadAsync(topic, statements, retries, cancellationToken).ConfigureAwait(false));
        }

        return found;
    }

    /// <summary>Sets how Lambda retries and reports.</summary>
    public async Task<TopicConnection> ConfigureAsync(TopicConnection connection, EventRetries retries, CancellationToken cancellationToken)
    {
        await _configs.PutAsync(retries, cancellationToken).ConfigureAwait(false);
        return connection with { Retries = retries };
    }

    /// <summary>Allows the topic to invoke the function, without subscribing it.</summary>
    public async Task<TopicConnection> PermitAsync(TopicConnection connection, CancellationToken cancellationToken)
    {
        string id = await _permissions.AddAsync(connection.TopicArn, cancellationToken).ConfigureAwait(false);
        return connection with { StatementIds = [.. connection.StatementIds.Append(id).Distinct()], IsPermitted = true };
    }

    /// <summary>Subscribes the function, and allows the topic to invoke it before. If the subscription fails, no permission is left.</summary>
    public async Task<TopicConnection> ResumeAsync(TopicConnection connection, CancellationToken cancellationToken)
    {
        TopicConnection permitted = connection.IsPermitted ? connection : await PermitAsync(connection, cancellationToken).ConfigureAwait(false);
        if (permitted.SubscriptionArn is not null)
        {
            return permitted;
        }

        try
        {
            IReadOnlyDictionary<string, string> settings = await RecallAsync(connection, cancellationToken).ConfigureAwait(false);
            permitted = permitted with { SubscriptionArn = await Subscriptions.SubscribeAsync(connection.TopicArn, settings, cancellationToken).ConfigureAwait(false) };
            await ForgetAsync(connection, settings, cancellationToken).ConfigureAwait(false);
            return permitted;
        }
        catch when (connection.StatementIds.Count == 0 && permitted.SubscriptionArn is null)
        {
            await RemoveAsync(permitted.StatementIds, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Removes the subscription. The permission, and what was set of the subscription, are kept for <see cref="ResumeAsync"/>.</summary>
    public async Task<TopicConnection> SuspendAsync(TopicConnection connection, CancellationToken cancellationToken)
    {
        TopicConnection remembered = connection.StatementIds.Count > 0 ? connection : await PermitAsync(connection, cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<string, string> settings = await Subscriptions.SettingsAsync(connection.TopicArn, connection.SubscriptionArn!, cancellationToken).ConfigureAwait(false);
        if (settings.Count > 0)
        {
            await suspended.RememberAsync(connection.TopicArn, _functionArn, settings, cancellationToken).ConfigureAwait(false);
        }

        await Subscriptions.UnsubscribeAsync(connection.TopicArn, connection.SubscriptionArn!, cancellationToken).ConfigureAwait(false);
        return remembered with { SubscriptionArn = null };
    }

    /// <summary>Removes the subscription and the permission.</summary>
    public async Task<TopicConnection> DisconnectAsync(TopicConnection connection, CancellationToken cancellationToken)
    {
        if (connection.SubscriptionArn is { } subscription)
        {
            await Subscriptions.UnsubscribeAsync(connection.TopicArn, subscription, cancellationToken).ConfigureAwait(false);
        }

        await ForgetAsync(connection, await RecallAsync(connection, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        await RemoveAsync(connection.StatementIds, cancellationToken).ConfigureAwait(false);
        return connection with { SubscriptionArn = null, StatementIds = [], IsPermitted = false };
    }

    // Only of a suspended one: whoever suspends and resumes no sources needs no right to the table.
    private async Task<IReadOnlyDictionary<string, string>> RecallAsync(TopicConnection connection, CancellationToken cancellationToken) =>
        connection is { SubscriptionArn: null, StatementIds.Count: > 0 }
            ? await suspended.RecallAsync(connection.TopicArn, _functionArn, cancellationToken).ConfigureAwait(false)
            : new Dictionary<string, string>();

    private Task ForgetAsync(TopicConnection connection, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken) =>
        settings.Count == 0 ? Task.CompletedTask : suspended.ForgetAsync(connection.TopicArn, _functionArn, cancellationToken);

    private async Task RemoveAsync(IEnumerable<string> statementIds, CancellationToken cancellationToken)
    {
        foreach (string id in statementIds)
        {
            await _permissions.RemoveAsync(id, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<TopicConnection> ReadAsync(
        string topicArn, IReadOnlyList<InvokeStatement> statements, EventRetries retries, CancellationToken cancellationToken) => new()
    {
        TopicArn = topicArn,
        FunctionArn = _functionArn,
        SubscriptionArn = await Subscriptions.FindAsync(topicArn, cancellationToken).ConfigureAwait(false),
        StatementIds = [.. statements.Where(s => s.IsOnlyOf(topicArn)).Select(static s => s.Id).OfType<string>()],
        IsPermitted = statements.Any(s => s.Allows(topicArn)),
        Retries = retries,
    };

    // $LATEST is the function itself: Lambda keeps no policy of its own for it.
    private static FunctionDestination Unversioned(FunctionDestination function) => function with { Qualifier = InvokedFunction.Qualifier(function.Qualifier) };

    // Some answers name $LATEST; a subscription to the function itself has no qualifier.
    private static string ArnOf(string functionArn, string? qualifier) =>
        string.Join(':', functionArn.Split(':').Take(7)) + (InvokedFunction.Qualifier(qualifier) is { } alias ? $":{alias}" : "");
}
