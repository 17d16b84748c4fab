using FanOut.Aws.Lambda;

namespace FanOut.Sources.Topics;

/// <summary>
/// How Lambda retries an invocation that a topic asked for, and where it reports one that it gave up. The settings belong to the function, alias or version:
/// all topics share them. Defaults: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
/// </summary>
/// <param name="MaximumRetryAttempts">How often an event that failed is tried again, 0 to 2.</param>
/// <param name="MaximumRecordAge">How old an event may become, 1 minute to 6 hours.</param>
/// <param name="OnFailureDestination">ARN of what is told of an event that was given up; null: nothing is.</param>
internal sealed record EventRetries(int MaximumRetryAttempts, TimeSpan MaximumRecordAge, string? OnFailureDestination)
{
    /// <summary>Lambda's defaults.</summary>
    public EventRetries()
        : this(2, TimeSpan.FromHours(6), null)
    {
    }

    /// <summary>The settings as Lambda has them; null: none are set.</summary>
    public static EventRetries Of(EventInvokeConfigSettings? settings)
    {
        var defaults = new EventRetries();
        return new EventRetries(
            settings?.MaximumRetryAttempts ?? defaults.MaximumRetryAttempts,
            settings?.MaximumEventAgeInSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : defaults.MaximumRecordAge,
            settings?.DestinationConfig?.OnFailure?.Destination is { Length: > 0 } destination ? destination : null);
    }

    /// <summary>The settings as Lambda takes them; what is told of events that succeeded stays as it is.</summary>
    /// <param name="now">The settings that are made already; null: none are.</param>
    public EventInvokeConfigSettings Over(EventInvokeConfigSettings? now)
    {
        OnSuccessDestination? success = now?.DestinationConfig?.OnSuccess is { Destination.Length: > 0 } told ? told : null;
        OnFailureDestination? failure = OnFailureDestination is { } destination ? new OnFailureDestination { Destination = destination } : null;
        return new EventInvokeConfigSettings
        {
            MaximumRetryAttempts = MaximumRetryAttempts,
            MaximumEventAgeInSeconds = (int)MaximumRecordAge.TotalSeconds,
            DestinationConfig = success is null && failure is null ? null : new DestinationConfig { OnSuccess = success, OnFailure = failure },
        };
    }
}
