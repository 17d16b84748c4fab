namespace FanOut.Aws.Lambda;

/// <summary>How asynchronous invocations of a function are retried, and where failures are reported.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html</remarks>
public sealed class EventInvokeConfigSettings
{
    /// <summary>How often an event that failed is tried again, 0 to 2; null: Lambda's default, 2.</summary>
    public int? MaximumRetryAttempts { get; set; }

    /// <summary>How old an event may become before it is given up, 60 to 21,600 s; null: Lambda's default, 21,600.</summary>
    public int? MaximumEventAgeInSeconds { get; set; }

    /// <summary>Where Lambda reports events that were given up, and those that succeeded; null: nowhere.</summary>
    public DestinationConfig? DestinationConfig { get; set; }
}
