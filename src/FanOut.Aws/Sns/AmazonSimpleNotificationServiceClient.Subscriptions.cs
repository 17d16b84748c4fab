using System.Xml.Linq;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Sns;

/// <content>Subscriptions.</content>
public sealed partial class AmazonSimpleNotificationServiceClient
{
    /// <summary>Subscribes an endpoint to a topic. One that is subscribed already with the same attributes stays as it is.</summary>
    /// <exception cref="AmazonSimpleNotificationServiceException">
    /// The service refused the call; <c>NotFound</c>: there is no such topic, <c>AuthorizationError</c>: the caller may not subscribe to it.
    /// </exception>
    public async Task<SubscribeResponse> SubscribeAsync(SubscribeRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        List<(string Name, string? Value)> parameters =
            [("TopicArn", request.TopicArn), ("Protocol", request.Protocol), ("Endpoint", request.Endpoint), ("ReturnSubscriptionArn", request.ReturnSubscriptionArn ? "true" : null)];
        foreach ((string name, string value) in request.Attributes ?? new Dictionary<string, string>())
        {
            string entry = $"Attributes.entry.{(parameters.Count / 2) - 1}";
            parameters.Add(($"{entry}.key", name));
            parameters.Add(($"{entry}.value", value));
        }

        using RequestBody body = AwsQuery.Body("Subscribe", Service.ApiVersion, [.. parameters]);
        return await SendAsync(
            AwsQuery.Request("Subscribe", body),
            AwsQuery.Answers<SubscribeResponse>(
                "Subscribe", static (result, response) => response.SubscriptionArn = result.Text("SubscriptionArn"), AmazonSimpleNotificationServiceException.Of),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a subscription.</summary>
    /// <exception cref="AmazonSimpleNotificationServiceException">The service refused the call.</exception>
    public async Task<UnsubscribeResponse> UnsubscribeAsync(UnsubscribeRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsQuery.Body("Unsubscribe", Service.ApiVersion, ("SubscriptionArn", request.SubscriptionArn));
        return await SendAsync(
            AwsQuery.Request("Unsubscribe", body), AwsQuery.Done<UnsubscribeResponse>(AmazonSimpleNotificationServiceException.Of), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A page of the caller's subscriptions in the region.</summary>
    /// <exception cref="AmazonSimpleNotificationServiceException">The service refused the call.</exception>
    public async Task<ListSubscriptionsResponse> ListSubscriptionsAsync(ListSubscriptionsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsQuery.Body("ListSubscriptions", Service.ApiVersion, ("NextToken", request.NextToken));
        return await SendAsync(
            AwsQuery.Request("ListSubscriptions", body),
            AwsQuery.Answers<ListSubscriptionsResponse>("ListSubscriptions", static (result, response) =>
            {
                response.Subscriptions = result.Each("Subscriptions", ReadSubscription);
                response.NextToken = result.Token("NextToken");
            }, AmazonSimpleNotificationServiceException.Of),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A page of a topic's subscriptions.</summary>
    /// <exception cref="AmazonSimpleNotificationServiceException">The service refused the call; <c>NotFound</c>: there is no such topic.</exception>
    public async Task<ListSubscriptionsByTopicResponse> ListSubscriptionsByTopicAsync(
        ListSubscriptionsByTopicRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsQuery.Body("ListSubscriptionsByTopic", Service.ApiVersion, ("TopicArn", request.TopicArn), ("NextToken", request.NextToken));
        return await SendAsync(
            AwsQuery.Request("ListSubscriptionsByTopic", body),
            AwsQuery.Answers<ListSubscriptionsByTopicResponse>("ListSubscriptionsByTopic", static (result, response) =>
            {
                response.Subscriptions = result.Each("Subscriptions", ReadSubscription);
                response.NextToken = result.Token("NextToken");
            }, AmazonSimpleNotificationServiceException.Of),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A subscription's attributes.</summary>
    /// <exception cref="AmazonSimpleNotificationServiceException">The service refused the call; <c>NotFound</c>: there is no such subscription.</exception>
    public async Task<GetSubscriptionAttributesResponse> GetSubscriptionAttributesAsync(
        GetSubscriptionAttributesRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using RequestBody body = AwsQuery.Body("GetSubscriptionAttributes", Service.ApiVersion, ("SubscriptionArn", request.SubscriptionArn));
        return await SendAsync(
            AwsQuery.Request("GetSubscriptionAttributes", body),
            AwsQuery.Answers<GetSubscriptionAttributesResponse>(
                "GetSubscriptionAttributes", static (result, response) => response.Attributes = ReadMap(result), AmazonSimpleNotificationServiceException.Of),
            cancellationToken).ConfigureAwait(false);
    }

    // <Attributes><entry><key>Owner</key><value>123456789012</value></entry>…</Attributes>
    private static Dictionary<string, string>? ReadMap(XElement result) => result.Member("Attributes")?.Elements()
        .ToDictionary(static entry => entry.Text("key") ?? "", static entry => entry.Text("value") ?? "", StringComparer.Ordinal);

    private static Subscription ReadSubscription(XElement member) => new()
    {
        SubscriptionArn = member.Text("SubscriptionArn"),
        Owner = member.Text("Owner"),
        Protocol = member.Text("Protocol"),
        Endpoint = member.Text("Endpoint"),
        TopicArn = member.Text("TopicArn"),
    };
}
