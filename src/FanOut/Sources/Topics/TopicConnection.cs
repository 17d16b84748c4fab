namespace FanOut.Sources.Topics;

/// <summary>How a topic and a function are connected: the function is subscribed, and its own policy allows the topic to invoke it.</summary>
internal sealed record TopicConnection
{
    /// <summary>The topic.</summary>
    public required string TopicArn { get; init; }

    /// <summary>The function, with the alias or version that is subscribed.</summary>
    public required string FunctionArn { get; init; }

    /// <summary>The subscription; null: there is none.</summary>
    public string? SubscriptionArn { get; init; }

    /// <summary>Ids of the policy's statements that allow this topic and no other to invoke the function.</summary>
    public IReadOnlyList<string> StatementIds { get; init; } = [];

    /// <summary>Whether the topic may invoke the function, by these statements or by wider ones.</summary>
    public bool IsPermitted { get; init; }

    /// <summary>How Lambda retries and reports invocations that failed.</summary>
    public EventRetries Retries { get; init; } = new();

    /// <summary>
    /// Enabled, Disabled or NotConnected. The permission without a subscription is how a suspended source is remembered: nobody else needs it.
    /// </summary>
    public string State => SubscriptionArn is not null ? "Enabled" : StatementIds.Count > 0 ? "Disabled" : DescribeSource.NotConnected;
}
