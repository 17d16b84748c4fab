namespace FanOut.Deployment.Templates;

/// <summary>A topic that may invoke the function.</summary>
/// <param name="TopicArn">The topic.</param>
/// <param name="IsSubscribed">Whether the function is subscribed; else the source is suspended.</param>
/// <param name="Settings">What was set of the subscription, such as a filter policy, by SNS's names; policies are JSON.</param>
/// <param name="Qualifier">The alias or version that is invoked; null: the function itself.</param>
internal sealed record StackTopic(string TopicArn, bool IsSubscribed, IReadOnlyDictionary<string, string> Settings, string? Qualifier);
