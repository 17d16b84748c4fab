using FanOut.Errors;

namespace FanOut.Sources.Topics;

/// <summary>The plan of connecting a topic.</summary>
/// <param name="Now">The connection as it is.</param>
/// <param name="Retries">How Lambda is to retry and report; null: as it is.</param>
/// <param name="Permit">Whether the topic is to be allowed to invoke the function.</param>
/// <param name="Subscribe">Whether the function is to be subscribed; false: it is to be suspended; null: that stays as it is.</param>
internal sealed record TopicPlan(TopicConnection Now, EventRetries? Retries, bool Permit, bool? Subscribe)
{
    /// <summary>Whether nothing is to be done.</summary>
    public bool IsUnchanged => Retries is null && !Permit && Subscribe is null;

    /// <summary>The change, for -WhatIf and -Confirm.</summary>
    public string Action => string.Join(
        "; ",
        new[]
        {
            Permit && Subscribe is null ? "Allow the topic to invoke the function" : "",
            Subscribe switch { true => "Subscribe the function, and allow the topic to invoke it", false => "Unsubscribe the function", null => "" },
            Retries is null ? "" : $"for all topics of the function: {Retries.MaximumRetryAttempts} more attempts at a message that failed, up to an age of {DurationText.Of(Retries.MaximumRecordAge)}"
                + (Retries.OnFailureDestination is { } destination ? $"; then tell {destination}" : ""),
        }.Where(static s => s.Length > 0));
}
