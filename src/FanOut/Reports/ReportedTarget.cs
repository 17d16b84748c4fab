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
}
