namespace FanOut;

/// <summary>What became of the dead letters of a target that were sent again.</summary>
public sealed class FanOutDeadLetterResult
{
    /// <summary>The target that they were sent to; null: all targets of the source, or the letters could not be read.</summary>
    public string? Id { get; init; }

    /// <summary>The source; null: the letters could not be read.</summary>
    public string? SourceArn { get; init; }

    /// <summary>How many letters were looked at.</summary>
    public int Letters { get; internal set; }

    /// <summary>Letters whose records the target has now.</summary>
    public int Delivered { get; internal set; }

    /// <summary>Letters whose records the target's filter leaves out now. They stay, unless -RemoveFiltered is given.</summary>
    public int Filtered { get; internal set; }

    /// <summary>Letters whose records failed again. They stay; Failures says why, and errors do: of those that are alike one in full.</summary>
    public int Failed { get; internal set; }

    /// <summary>Each letter that was not delivered or not removed, and why: the first 10,000.</summary>
    public IReadOnlyList<FanOutFailedLetter> Failures => AllFailures;

    internal List<FanOutFailedLetter> AllFailures { get; } = [];

    /// <summary>
    /// Letters that still lie there: those that failed again, were filtered, could not be removed, or were not tried, because they cannot be read, have no enabled
    /// target, or because the target refused all before them.
    /// </summary>
    public int Left => Letters - Removed;

    /// <summary>Letters that were removed from where they lay.</summary>
    public int Removed { get; internal set; }

    /// <summary>How many records were delivered; a letter of Lambda holds several.</summary>
    public int Records { get; internal set; }

    /// <summary>Where the letters lie: the queue's URL, or s3://bucket/prefix.</summary>
    public required string DeadLetter { get; init; }

    /// <summary>The region of the queue or bucket.</summary>
    public required string Region { get; init; }

    /// <summary>How many of how many.</summary>
    public override string ToString() => $"{Id ?? SourceArn}: {Delivered} of {Letters} delivered";
}
