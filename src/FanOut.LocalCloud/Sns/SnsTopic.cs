using System.Collections.Concurrent;
using System.Globalization;
using FanOut.LocalCloud.Messages;
using FanOut.LocalCloud.Sqs;

namespace FanOut.LocalCloud.Sns;

/// <summary>A topic, standard or FIFO (its name ends in <c>.fifo</c>).</summary>
public sealed class SnsTopic
{
    private readonly object _gate = new();
    private readonly List<TopicSubscription> _subscriptions = [];
    private readonly Deduplication _deduplication = new();
    private long _sequence;

    internal SnsTopic(string arn, IReadOnlyDictionary<string, string> attributes)
    {
        Arn = arn;
        Attributes = new ConcurrentDictionary<string, string>(attributes, StringComparer.Ordinal);
    }

    /// <summary>The topic's ARN.</summary>
    public string Arn { get; }

    /// <summary>The topic's name.</summary>
    public string Name => DestinationName.Short(Arn);

    /// <summary>Whether it is a FIFO topic.</summary>
    public bool IsFifo => Name.EndsWith(".fifo", StringComparison.Ordinal);

    /// <summary>The attributes that were set, for example <c>MaximumMessageSize</c>.</summary>
    public ConcurrentDictionary<string, string> Attributes { get; }

    /// <summary>The largest size of one call in bytes, with attributes and subjects.</summary>
    /// <value>262,144 unless the attribute <c>MaximumMessageSize</c> was set.</value>
    public int MaximumMessageSize =>
        Attributes.TryGetValue("MaximumMessageSize", out string? value) ? int.Parse(value, CultureInfo.InvariantCulture) : 256 * 1024;

    /// <summary>The subscriptions.</summary>
    public IReadOnlyList<TopicSubscription> Subscriptions
    {
        get { lock (_gate) { return [.. _subscriptions]; } }
    }

    internal bool DeduplicatesByContent =>
        Attributes.TryGetValue("ContentBasedDeduplication", out string? value) && value.Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Subscribes a queue of the same cloud; one that is subscribed already stays as it is.</summary>
    /// <param name="queue">The queue; it may be FIFO only when the topic is.</param>
    /// <param name="raw">Whether the queue gets the message as it is; false, the default, for SNS's JSON envelope.</param>
    /// <exception cref="ServiceException">InvalidParameter: a FIFO queue cannot subscribe to a standard topic.</exception>
    public TopicSubscription Subscribe(SqsQueue queue, bool raw = false)
    {
        ArgumentNullException.ThrowIfNull(queue);
        return queue.IsFifo && !IsFifo
            ? throw SnsService.Invalid("Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics")
            : Subscribe("sqs", queue.Arn, ArnText.Part(Arn, 4), raw ? [new("RawMessageDelivery", "true")] : []);
    }

    /// <summary>Subscribes a function by its ARN, with or without an alias; one that is subscribed already stays as it is.</summary>
    /// <param name="functionArn">The function. Its policy must allow the topic to invoke it, else nothing is delivered.</param>
    public TopicSubscription Subscribe(string functionArn) => Subscribe("lambda", functionArn, ArnText.Part(Arn, 4), []);

    /// <summary>Removes a subscription; nothing happens when there is none with this ARN.</summary>
    public void Unsubscribe(string subscriptionArn)
    {
        lock (_gate)
        {
            _subscriptions.RemoveAll(subscription => subscription.Arn == subscriptionArn);
        }
    }

    internal TopicSubscription Subscribe(string protocol, string endpoint, string owner, IEnumerable<KeyValuePair<string, string>> attributes)
    {
        lock (_gate)
        {
            if (_subscriptions.Find(subscription => subscription.Protocol == protocol && subscription.Endpoint == endpoint) is { } there)
            {
                return there;
            }

            TopicSubscription subscription = new(Arn, protocol, endpoint, owner, attributes);
            _subscriptions.Add(subscription);
            return subscription;
        }
    }

    /// <summary>Gives a message its id and number. One with a repeated deduplication id is answered like the first, but not accepted (<c>Taken</c> false).</summary>
    internal (string Id, string? Sequence, bool Taken) Number(Message message, DateTimeOffset now)
    {
        lock (_gate)
        {
            string id = Guid.NewGuid().ToString();
            if (!IsFifo)
            {
                return (id, null, true);
            }

            if (_deduplication.Find(message.DeduplicationId!, now) is { } first)
            {
                return (first.MessageId, first.Sequence, false);
            }

            string sequence = string.Create(CultureInfo.InvariantCulture, $"{10_000_000_000_000_000_000m + (++_sequence * 1000):F0}");
            _deduplication.Remember(message.DeduplicationId!, now, id, sequence);
            return (id, sequence, true);
        }
    }
}
