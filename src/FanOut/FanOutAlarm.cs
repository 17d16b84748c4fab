namespace FanOut;

/// <summary>An alarm of a fan-out function in CloudWatch.</summary>
public sealed class FanOutAlarm
{
    /// <summary>Its name: FanOut-, the function's name, and the metric.</summary>
    public required string Name { get; init; }

    /// <summary>What it is on: Failed, DeadLettered, InvalidMappings or IteratorAge.</summary>
    public required string Metric { get; init; }

    /// <summary>OK, ALARM, or INSUFFICIENT_DATA as long as CloudWatch has not looked yet.</summary>
    public string? State { get; init; }

    /// <summary>The value over which it goes off: records or mappings a minute, or of IteratorAge milliseconds.</summary>
    public double Threshold { get; init; }

    /// <summary>The threshold of IteratorAge as a time; null of the others, which count records or mappings.</summary>
    public TimeSpan? ThresholdAge { get; init; }

    /// <summary>ARNs of the topics that are told; empty: nobody is.</summary>
    public string[] Topic { get; init; } = [];

    /// <summary>What it means that it goes off.</summary>
    public string? Description { get; init; }

    /// <summary>Its ARN.</summary>
    public string? AlarmArn { get; init; }

    /// <summary>The function's name.</summary>
    public required string FunctionName { get; init; }

    /// <summary>The function's region.</summary>
    public required string Region { get; init; }

    /// <summary>The name and the state.</summary>
    public override string ToString() => $"{Name}: {State}";
}
