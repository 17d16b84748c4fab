namespace FanOut.Reports;

/// <summary>What became of records at a target in the period of a report.</summary>
internal sealed record TargetTraffic
{
    /// <summary>Records that the target took.</summary>
    public required Series Delivered { get; init; }

    /// <summary>Records that it did not take, and that did not go to its dead letter: reported to the source, they come again. Each attempt counts.</summary>
    public required Series Failed { get; init; }

    /// <summary>Records that went to its dead letter.</summary>
    public required Series DeadLettered { get; init; }

    /// <summary>Records that were sent again within an invocation.</summary>
    public required Series Retried { get; init; }

    /// <summary>Records that its filter left out.</summary>
    public required Series Filtered { get; init; }

    /// <summary>Ids of other targets of its source with the same destination, with which it is counted together.</summary>
    public IReadOnlyList<string> SharedWith { get; init; } = [];

    /// <summary>Whether anything came to this target.</summary>
    public bool IsSilent => Delivered.Total + Failed.Total + DeadLettered.Total + Filtered.Total == 0;
}
