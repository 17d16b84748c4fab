using FanOut.Aws.Sns;
using FanOut.Credentials;
using FanOut.Deployment;
using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.Sources.Topics;

/// <summary>A function's subscriptions to topics.</summary>
/// <param name="session">Who calls; the topic's region is called, whichever that is.</param>
/// <param name="functionArn">The function, with its alias or version.</param>
internal sealed class TopicSubscriptions(AwsSession session, string functionArn)
{
    // What belongs to SNS itself is not set, but told.
    private static readonly HashSet<string> Settings = ["DeliveryPolicy", "FilterPolicy", "FilterPolicyScope", "RedrivePolicy"];

    /// <summary>The subscription to a topic; null: there is none.</summary>
    public async Task<string?> FindAsync(string topicArn, CancellationToken cancellationToken)
    {
        try
        {
            return await InAsync(
                async (token, c) => await In(topicArn).ListSubscriptionsByTopicAsync(new() { TopicArn = topicArn, NextToken = token }, c).ConfigureAwait(false) is var page
                    ? (page.Subscriptions, page.NextToken) : default,
                topicArn,
                cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonSimpleNotificationServiceException e) when (IsDenied(e))
        {
            // A topic of another account may not show its subscriptions; the caller's account knows its own.
            return await InAsync(
                async (token, c) => await In(topicArn).ListSubscriptionsAsync(new() { NextToken = token }, c).ConfigureAwait(false) is var page
                    ? (page.Subscriptions, page.NextToken) : default,
                topicArn,
                cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonSimpleNotificationServiceException e) when (IsMissing(e))
        {
            return null;
        }
    }

    /// <summary>Subscribes the function.</summary>
    /// <param name="topicArn">The topic.</param>
    /// <param name="attributes">Settings of the subscription, such as a filter policy.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The subscription.</returns>
    public async Task<string> SubscribeAsync(string topicArn, IReadOnlyDictionary<string, string> attributes, CancellationToken cancellationToken)
    {
        try
        {
            SubscribeResponse made = await In(topicArn).SubscribeAsync(
                new SubscribeRequest { TopicArn = topicArn, Protocol = "lambda", Endpoint = functionArn, Attributes = attributes }, cancellationToken).ConfigureAwait(false);
            return Arn.Looks(made.SubscriptionArn) ? made.SubscriptionArn : throw FanOutError.SubscriptionPending(topicArn, functionArn, session.Identity);
        }
        catch (AmazonSimpleNotificationServiceException e) when (IsDenied(e))
        {
            throw FanOutError.SubscriptionDenied(topicArn, functionArn, session.Identity, e);
        }
        catch (AmazonSimpleNotificationServiceException e) when (IsMissing(e))
        {
            throw FanOutError.TopicNotFound(topicArn, session.Identity, e);
        }
    }

    /// <summary>Removes a subscription.</summary>
    public Task UnsubscribeAsync(string topicArn, string subscriptionArn, CancellationToken cancellationToken) =>
        In(topicArn).UnsubscribeAsync(new UnsubscribeRequest { SubscriptionArn = subscriptionArn }, cancellationToken);

    /// <summary>What somebody has set of a subscription, such as a filter policy.</summary>
    public async Task<IReadOnlyDictionary<string, string>> SettingsAsync(string topicArn, string subscriptionArn, CancellationToken cancellationToken)
    {
        GetSubscriptionAttributesResponse found =
            await In(topicArn).GetSubscriptionAttributesAsync(new GetSubscriptionAttributesRequest { SubscriptionArn = subscriptionArn }, cancellationToken).ConfigureAwait(false);
        return (found.Attributes ?? []).Where(static a => Settings.Contains(a.Key) && a.Value.Length > 0).ToDictionary();
    }

    private static bool IsDenied(AmazonSimpleNotificationServiceException error) => error.ErrorCode is "AuthorizationError" or "AuthorizationErrorException" or "AccessDenied";

    private static bool IsMissing(AmazonSimpleNotificationServiceException error) => error.ErrorCode is "NotFound" or "NotFoundException";

    private AmazonSimpleNotificationServiceClient In(string topicArn) => (Arn.TryParse(topicArn, out Arn? topic) ? session.In(topic.Region) : session).Sns();

    private async Task<string?> InAsync(
        Func<string?, CancellationToken, Task<(List<Subscription>? Subscriptions, string? Next)>> readPage, string topicArn, CancellationToken cancellationToken)
    {
        string? token = null;
        do
        {
            (List<Subscription>? subscriptions, token) = await readPage(token, cancellationToken).ConfigureAwait(false);
            if (subscriptions?.Find(s => s.TopicArn == topicArn && s.Protocol == "lambda" && s.Endpoint == functionArn) is { SubscriptionArn: { } found } && Arn.Looks(found))
            {
                return found;
            }
        }
        while (token is not null);
        return null;
    }
}
