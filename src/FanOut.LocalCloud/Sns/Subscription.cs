namespace FanOut.LocalCloud.Sns;

/// <summary>A queue's subscription to a topic.</summary>
/// <param name="Arn">The subscription's ARN.</param>
/// <param name="QueueArn">The queue.</param>
/// <param name="Raw">Whether the queue gets the message as it is, or inside SNS's JSON envelope.</param>
public sealed record Subscription(string Arn, string QueueArn, bool Raw);
