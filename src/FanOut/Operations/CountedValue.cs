namespace FanOut.Operations;

/// <summary>A property of <see cref="FanOutMetricPoint"/> that comes from CloudWatch.</summary>
internal enum CountedValue
{
    Records,
    Batches,
    Delivered,
    Failed,
    Retried,
    DeadLettered,
    Filtered,
    Unmapped,
    InvalidMappings,
    Invocations,
    Errors,
    Throttles,
    TotalDuration,
    IteratorAge,
}
