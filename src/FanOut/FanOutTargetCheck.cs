namespace FanOut;

/// <summary>What Test-FanOutTarget found out about one thing of a target.</summary>
public sealed class FanOutTargetCheck
{
    /// <summary>The target's id.</summary>
    public required string Id { get; init; }

    /// <summary>Its source.</summary>
    public required string SourceArn { get; init; }

    /// <summary>What was looked at: Settings, Enabled, Options, Filter, Plan; and last Verdict, which sums them up.</summary>
    public required string Check { get; init; }

    /// <summary>Pass, Warn, Fail, or Skipped where there was nothing to look at.</summary>
    public required string Status { get; init; }

    /// <summary>What was found; a sentence.</summary>
    public required string Detail { get; init; }

    /// <summary>What to do about it, a command where there is one; null: nothing.</summary>
    public string? Remedy { get; init; }

    /// <summary>Of the plan: the calls that the function would make; empty for all other checks.</summary>
    public IReadOnlyList<FanOutPlannedCall> Calls { get; init; } = [];

    /// <summary>The check, its status and what was found.</summary>
    public override string ToString() => $"{Check}: {Status}. {Detail}";
}
