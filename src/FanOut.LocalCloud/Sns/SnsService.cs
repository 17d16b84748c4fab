using System.Collections.Concurrent;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Sqs;

namespace FanOut.LocalCloud.Sns;

/// <summary>The Simple Notification Service; it delivers to queues and functions of the same cloud.</summary>
public sealed class SnsService : IService
{
    internal const string Namespace = "http://sns.amazonaws.com/doc/2010-03-31/";

    private readonly ConcurrentDictionary<string, SnsTopic> _topics = new(StringComparer.Ordinal);
    private readonly CloudOptions _options;
    private readonly MessagePublishing _publishing;
    private readonly OperationTable _operations;

    internal SnsService(CloudOptions options, SqsService sqs)
    {
        _options = options;
        Queues = sqs;
        TopicDescriptions descriptions = new(this);
        SubscriptionOperations subscriptions = new(this);
        _publishing = new MessagePublishing(this);
        _operations = new()
        {
            ["CreateTopic"] = descriptions.Create,
            ["DeleteTopic"] = descriptions.Delete,
            ["ListTopics"] = descriptions.List,
            ["GetTopicAttributes"] = descriptions.GetAttributes,
            ["SetTopicAttributes"] = descriptions.SetAttribute,
            ["Subscribe"] = subscriptions.Subscribe,
            ["Unsubscribe"] = subscriptions.Unsubscribe,
            ["ListSubscriptions"] = subscriptions.List,
            ["ListSubscriptionsByTopic"] = subscriptions.ListByTopic,
            ["GetSubscriptionAttributes"] = subscriptions.GetAttributes,
            ["SetSubscriptionAttributes"] = subscriptions.SetAttribute,
            ["Publish"] = _publishing.PublishOne,
            ["PublishBatch"] = _publishing.PublishMany,
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> SigningNames { get; } = ["sns"];

    /// <summary>
    /// Every message that topics accepted; the destination is the topic's ARN. What subscribed queues got is in <see cref="SqsService.Received"/>.
    /// </summary>
    public Journal<Arrival> Received { get; } = new();

    /// <summary>All topics.</summary>
    public IReadOnlyCollection<SnsTopic> Topics => [.. _topics.Values];

    internal SqsService Queues { get; }

    /// <summary>
    /// Invokes a function, given by its ARN, for a topic; false: it may not be invoked, or is not there. Null: the cloud has no Lambda.
    /// </summary>
    internal Func<string, SnsTopic, ReadOnlyMemory<byte>, bool>? Invoke { get; set; }

    /// <summary>Makes a topic, or returns the existing one.</summary>
    /// <param name="name">Its name; that of a FIFO topic ends in <c>.fifo</c>.</param>
    /// <param name="attributes">Its attributes, as in CreateTopic; null, the default, for none.</param>
    /// <param name="region">Its region; null, the default, for the cloud's.</param>
    /// <param name="accountId">Its account; null, the default, for the cloud's.</param>
    public SnsTopic CreateTopic(string name, IReadOnlyDictionary<string, string>? attributes = null, string? region = null, string? accountId = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        string arn = ArnText.Of("sns", region ?? _options.Region, accountId ?? _options.AccountId, name);
        return _topics.GetOrAdd(arn, new SnsTopic(arn, attributes ?? new Dictionary<string, string>()));
    }

    /// <summary>Removes a topic; nothing happens when there is none with this ARN.</summary>
    public void DeleteTopic(string arn) => _topics.TryRemove(arn, out _);

    /// <summary>The topic with this ARN, or with this name in the cloud's own account and region; null when there is none.</summary>
    public SnsTopic? Find(string nameOrArn)
    {
        ArgumentNullException.ThrowIfNull(nameOrArn);
        return _topics.GetValueOrDefault(nameOrArn.StartsWith("arn:", StringComparison.Ordinal)
            ? nameOrArn
            : ArnText.Of("sns", _options.Region, _options.AccountId, nameOrArn));
    }

    /// <inheritdoc/>
    public CallSubject Identify(ServiceCall serviceCall)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);
        string? name = serviceCall.Form.Text("Name");
        return new CallSubject(
            serviceCall.NamedOperation(),
            serviceCall.Form.Text("TopicArn") ?? serviceCall.Form.Text("TargetArn") ?? serviceCall.Form.Text("SubscriptionArn")
                ?? (name is null ? null : ArnText.Of("sns", serviceCall.Region, serviceCall.AccountId, name)));
    }

    /// <inheritdoc/>
    public Task<HttpResponse> AnswerAsync(ServiceCall serviceCall, CancellationToken cancellationToken) =>
        _operations.AnswerAsync(serviceCall, cancellationToken);

    /// <summary>Publishes a message of another service; it is lost if there is no such topic.</summary>
    internal void Deliver(string topicArn, Messages.Message message, int call, DateTimeOffset time)
    {
        if (_topics.GetValueOrDefault(topicArn) is { } topic)
        {
            _publishing.Take(topic, message, call, time);
        }
    }

    internal SnsTopic Resolve(ServiceCall call)
    {
        string arn = call.Destination ?? throw Invalid("TopicArn or TargetArn Reason: no value for required parameter");
        if (ArnText.Part(arn, 2) != "sns")
        {
            throw Invalid($"TopicArn Reason: An ARN must have at least 6 elements, not {arn.Split(':').Length}");
        }

        // A topic of another region is not found at this region's endpoint.
        return ArnText.Part(arn, 3) != call.Region
            ? throw Invalid("TopicArn")
            : _topics.GetValueOrDefault(arn) ?? throw new ServiceException("NotFound", "Topic does not exist", 404);
    }

    internal static ServiceException Invalid(string what) => new("InvalidParameter", $"Invalid parameter: {what}");
}
