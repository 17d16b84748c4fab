namespace FanOut.Deployment.Monitoring;

/// <summary>What is wanted of a function's alarms; what is null stays as it is, or has its default on a new alarm.</summary>
internal sealed record AlarmSettings
{
    /// <summary>ARNs of topics that are told; empty: nobody.</summary>
    public IReadOnlyList<string>? Topics { get; init; }

    /// <summary>By metric, over which value an alarm goes off: records or mappings a minute, or an age in milliseconds.</summary>
    public IReadOnlyDictionary<string, double> Thresholds { get; init; } = new Dictionary<string, double>();

    /// <summary>The user's tags; null: none, and those that are there stay.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>The age of records of a new alarm where none is given, in milliseconds.</summary>
    public required double DefaultAge { get; init; }
}
