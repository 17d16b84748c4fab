namespace FanOut.LocalCloud.Lambda;

/// <summary>How the asynchronous invocations of a function, alias or version are retried and reported.</summary>
/// <param name="LastModified">When it was set.</param>
internal sealed record EventInvokeConfig(DateTimeOffset LastModified)
{
    /// <summary>How often an event that failed is tried again, 0 to 2; null: twice.</summary>
    public int? MaximumRetryAttempts { get; init; }

    /// <summary>How old an event may become, 60 to 21,600 s; null: six hours.</summary>
    public int? MaximumEventAgeInSeconds { get; init; }

    /// <summary>ARN of what is told of events that failed for good; null: nothing is.</summary>
    public string? OnFailure { get; init; }

    /// <summary>ARN of what is told of events that succeeded; kept, and not told.</summary>
    public string? OnSuccess { get; init; }
}
