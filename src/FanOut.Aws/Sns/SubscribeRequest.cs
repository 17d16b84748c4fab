namespace FanOut.Aws.Sns;

/// <summary>Subscribes an endpoint to a topic.</summary>
/// <remarks>https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html</remarks>
public sealed class SubscribeRequest
{
    /// <summary>The topic.</summary>
    public required string TopicArn { get; set; }

    /// <summary><c>lambda</c>, <c>sqs</c> …</summary>
    public required string Protocol { get; set; }

    /// <summary>What gets the messages: the ARN of a function or queue.</summary>
    public required string Endpoint { get; set; }

    /// <summary><c>FilterPolicy</c>, <c>RedrivePolicy</c> …; null: none.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; set; }

    /// <summary>Whether the answer has the subscription's ARN also while it is not confirmed.</summary>
    public bool ReturnSubscriptionArn { get; set; }
}
