namespace FanOut.Reports;

/// <summary>What flowed through a function in the period of a report. Each series has a value for each step.</summary>
internal sealed record Traffic
{
    /// <summary>How often the function was invoked.</summary>
    public required Series Invocations { get; init; }

    /// <summary>Invocations that failed as a whole: the function threw, or its time was up.</summary>
    public required Series Errors { get; init; }

    /// <summary>How long the invocations took, in milliseconds, all together.</summary>
    public required Series Duration { get; init; }

    /// <summary>The greatest age that the last record of a batch had, in milliseconds.</summary>
    public required Series IteratorAge { get; init; }

    /// <summary>Whether the function counts its records: without metrics of its own, only what Lambda counts is known.</summary>
    public bool CountsRecords { get; init; } = true;

    /// <summary>What became of all records; not the sum over the targets, as some may be counted together.</summary>
    public required TargetTraffic All { get; init; }

    /// <summary>Records that came, by the source's ARN; of a source that is not among them none came.</summary>
    public required IReadOnlyDictionary<string, Series> Records { get; init; }

    /// <summary>What became of them, by source and target; of a target that is not among them nothing is known.</summary>
    public required IReadOnlyDictionary<TargetKey, TargetTraffic> Targets { get; init; }

    /// <summary>What became of records at destinations that no target has any more; only where there were any.</summary>
    public IReadOnlyList<(string Destination, TargetTraffic Traffic)> Past { get; init; } = [];
}
