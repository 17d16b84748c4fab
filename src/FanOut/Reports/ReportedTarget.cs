namespace FanOut.Reports;

/// <summary>A target, with what became of its records and what is to be thought of that.</summary>
/// <param name="Target">The target.</param>
/// <param name="Traffic">What became of its records; null: that is not known.</param>
/// <param name="Health">How it is.</param>
/// <param name="State">The same in a word or two.</param>
internal sealed record ReportedTarget(FanOutTarget Target, TargetTraffic? Traffic, Health Health, string State)
{
    /// <summary>Whether it should be looked at.</summary>
    public bool IsInTrouble => Health is Health.Bad or Health.Warning;

    /// <summary>The last step in which it did not take a record: one that failed, or, if none did, one that went to its dead letter; null: it took all.</summary>
    public int? LastLoss => !IsInTrouble ? null : Traffic?.Failed.LastCounted ?? Traffic?.DeadLettered.LastCounted;
}
