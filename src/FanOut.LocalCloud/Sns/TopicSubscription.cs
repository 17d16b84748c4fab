using System.Collections.Concurrent;

namespace FanOut.LocalCloud.Sns;

/// <summary>A subscription of a queue or of a function to a topic.</summary>
public sealed class TopicSubscription
{
    internal TopicSubscription(string topicArn, string protocol, string endpoint, string owner, IEnumerable<KeyValuePair<string, string>> attributes)
    {
        (TopicArn, Arn, Protocol, Endpoint, Owner) = (topicArn, $"{topicArn}:{Guid.NewGuid()}", protocol, endpoint, owner);
        Attributes = new ConcurrentDictionary<string, string>(attributes, StringComparer.Ordinal);
    }

    /// <summary>The subscription's ARN.</summary>
    public string Arn { get; }

    /// <summary>The topic.</summary>
    public string TopicArn { get; }

    /// <summary><c>sqs</c> or <c>lambda</c>.</summary>
    public string Protocol { get; }

    /// <summary>ARN of the queue or of the function, that of a function with its alias or version.</summary>
    public string Endpoint { get; }

    /// <summary>The account that subscribed.</summary>
    public string Owner { get; }

    /// <summary>
    /// Its settings: <c>RawMessageDelivery</c> and <c>RedrivePolicy</c> have their effects; others, such as <c>FilterPolicy</c>, are only kept.
    /// </summary>
    public ConcurrentDictionary<string, string> Attributes { get; }

    /// <summary>Whether the queue gets the message as it is, or inside SNS's JSON envelope.</summary>
    public bool Raw => Attributes.TryGetValue("RawMessageDelivery", out string? flag) && flag.Equals("true", StringComparison.OrdinalIgnoreCase);
}
