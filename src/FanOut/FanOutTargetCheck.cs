namespace FanOut;

/// <summary>What Test-FanOutTarget found out about one thing of a target.</summary>
public sealed class FanOutTargetCheck
{
    /// <summary>The target's id.</summary>
    public required string Id { get; init; }

    /// <summary>Its source.</summary>
    public required string SourceArn { get; init; }

    /// <summary>What was looked at: Settings, Enabled, Options, Filter, Plan; of a piped row whose property names are nearly those of settings, Properties; with -Environment also Source, Connection, Function, Destination, Key, DeadLetter, Trust (of the target's role), ExecutionRole (what the function's role may do), TargetRole (what the target's role may do), ResourcePolicy (of source, destination or dead letter), DataAccess and NetworkPolicy (of OpenSearch Serverless), Network, SecurityGroup (of a cache); with -Send what came of the record; and last Verdict, which sums them up.</summary>
    public required string Check { get; init; }

    /// <summary>Pass; Warn: it works, or may work, but look at it; Fail: it cannot work; Skipped: there was nothing to look at, or it may not be looked at.</summary>
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
