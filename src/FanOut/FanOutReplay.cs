namespace FanOut;

/// <summary>What a replay has done, or with -WhatIf would do.</summary>
public sealed class FanOutReplay
{
    /// <summary>Complete: all records are settled, of which DeadLettered went to the file of -DeadLetterPath alone; Stopped: something was not delivered or not read, as the errors say; Estimated: nothing was sent (-WhatIf), and the numbers are a rough estimate from a sample of some shards and moments, as Status says.</summary>
    public required string State { get; init; }

    /// <summary>The source whose records were read.</summary>
    public required string SourceArn { get; init; }

    /// <summary>The prefix of the bucket whose files were read instead of the source itself; null: the source was read.</summary>
    public string? Path { get; init; }

    /// <summary>The targets that got them.</summary>
    public required IReadOnlyList<string> Id { get; init; }

    /// <summary>Where it began: a time in UTC, a sequence number, or TrimHorizon.</summary>
    public required string From { get; init; }

    /// <summary>Where it ended: a time in UTC, or a sequence number.</summary>
    public required string To { get; init; }

    /// <summary>Records that are settled at all targets: delivered, left out by filters, or written to -DeadLetterPath. With a checkpoint those of earlier runs too.</summary>
    public long Records { get; init; }

    /// <summary>The bytes of these records, as they lie in the source.</summary>
    public long Bytes { get; init; }

    /// <summary>Records that the targets took, each target's own; of a KPL aggregate each record in it.</summary>
    public long Delivered { get; init; }

    /// <summary>Records that filters left out.</summary>
    public long Filtered { get; init; }

    /// <summary>Records that were written to -DeadLetterPath.</summary>
    public long DeadLettered { get; init; }

    /// <summary>The shards that the source had, as far as they were asked for.</summary>
    public int Shards { get; init; }

    /// <summary>The shards that were replayed to their end.</summary>
    public int ShardsDone { get; init; }

    /// <summary>How long this run took; estimated: how long it will take at least.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Records a second in this run.</summary>
    public double RecordsPerSecond { get; init; }

    /// <summary>Estimated: how many calls the targets get; null: it is no estimate.</summary>
    public long? Calls { get; init; }

    /// <summary>Estimated: what the targets' services ask for these calls, in US dollars, by the list prices of us-east-1; null: it is no estimate.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The same in words.</summary>
    public required string Status { get; init; }

    /// <summary>The file of the checkpoint; null: there is none.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>The function whose targets they are.</summary>
    public required string FunctionName { get; init; }

    /// <summary>The table of mappings.</summary>
    public required string TableName { get; init; }

    /// <summary>The function's region.</summary>
    public required string Region { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{SourceArn}: {Status}";
}
