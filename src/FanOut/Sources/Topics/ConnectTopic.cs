using FanOut.Deployment;
using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.Sources.Topics;

/// <summary>Connects a topic. The function is subscribed last, so that no message can be lost at any moment.</summary>
/// <param name="topics">The function's topics.</param>
/// <param name="function">The function.</param>
/// <param name="time">The clock of waits.</param>
internal sealed class ConnectTopic(TopicConnections topics, FunctionDestination function, TimeProvider time)
{
    /// <summary>How long to try again while Lambda does not know yet that the role may report failures; zero, if the role's policy was not changed.</summary>
    public TimeSpan RolePatience { get; set; }

    /// <summary>Brings the policy of the function's role in step, where Lambda says that the role may not report failures; says whether it had to be changed.</summary>
    public required Func<CancellationToken, Task<bool>> KeepPolicy { get; init; }

    /// <summary>Makes the plan; only reads.</summary>
    /// <param name="topicArn">The topic.</param>
    /// <param name="given">What was given.</param>
    /// <param name="replace">Whether an existing connection gets other settings; else they are an error.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="FanOutException">SourceAlreadyConnected.</exception>
    public async Task<TopicPlan> PlanAsync(string topicArn, TopicSettings given, bool replace, CancellationToken cancellationToken)
    {
        TopicConnection now = await topics.FindAsync(topicArn, cancellationToken).ConfigureAwait(false);
        EventRetries wanted = given.Over(now.Retries);
        string[] differences = [.. Differences(now, given)];
        if (differences.Length > 0 && !replace)
        {
            throw FanOutError.SourceDiffers(topicArn, function.Text, now.SubscriptionArn is { } subscription ? $"subscription {subscription}" : "not subscribed", now.State, differences);
        }

        bool? subscribe = (now.State, given.Enabled) switch
        {
            (DescribeSource.NotConnected, true) => true,
            ("Enabled", false) => false,
            _ => null,
        };
        return new TopicPlan(now, wanted == now.Retries ? null : wanted, subscribe is null && (!now.IsPermitted || now.State == DescribeSource.NotConnected), subscribe);
    }

    /// <summary>Carries out the plan.</summary>
    public async Task<TopicConnection> RunAsync(TopicPlan plan, CancellationToken cancellationToken)
    {
        TopicConnection connection = plan.Now;
        if (plan.Retries is { } retries)
        {
            connection = await Retry.WhileRoleIsNewAsync(c => topics.ConfigureAsync(connection, retries, c), KeepPolicy, RolePatience, time, cancellationToken).ConfigureAwait(false);
        }

        if (plan.Permit)
        {
            connection = await topics.PermitAsync(connection, cancellationToken).ConfigureAwait(false);
        }

        return plan.Subscribe switch
        {
            true => await topics.ResumeAsync(connection, cancellationToken).ConfigureAwait(false),
            false => await topics.SuspendAsync(connection, cancellationToken).ConfigureAwait(false),
            null => connection,
        };
    }

    // The retries of a function are shared by its topics: what another topic needs is not changed in passing either.
    private static IEnumerable<string> Differences(TopicConnection now, TopicSettings given)
    {
        bool isConnected = now.State != DescribeSource.NotConnected;
        if (given.MaximumRetryAttempts is { } attempts && attempts != now.Retries.MaximumRetryAttempts && isConnected)
        {
            yield return $"{nameof(given.MaximumRetryAttempts)} is {now.Retries.MaximumRetryAttempts}, not {attempts}";
        }

        if (given.MaximumRecordAge is { } age && age != now.Retries.MaximumRecordAge && isConnected)
        {
            yield return $"{nameof(given.MaximumRecordAge)} is {DurationText.Of(now.Retries.MaximumRecordAge)}, not {DurationText.Of(age)}";
        }

        if (given.OnFailureDestination is { } destination && destination != now.Retries.OnFailureDestination && (isConnected || now.Retries.OnFailureDestination is not null))
        {
            yield return $"{nameof(given.OnFailureDestination)}, which all topics of the function share, is {now.Retries.OnFailureDestination ?? "none"}, not {destination}";
        }

        if (!given.Enabled && now.State == "Enabled")
        {
            yield return "it is Enabled, not Disabled";
        }
    }
}
