namespace FanOut.Reports;

/// <summary>All that a report tells of a function: read once, and then written without any call, so that the same report is always the same page.</summary>
internal sealed record Report
{
    /// <summary>The page's heading; null: the function's name.</summary>
    public string? Title { get; init; }

    /// <summary>The period that the figures are of; it ends when the report was made, unless another end was asked for.</summary>
    public required ReportPeriod Period { get; init; }

    /// <summary>The time zone in which times are shown.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>The function.</summary>
    public required FanOutFunction Function { get; init; }

    /// <summary>Its sources: those that are connected, then those that only have targets.</summary>
    public required IReadOnlyList<FanOutSource> Sources { get; init; }

    /// <summary>Its targets, without secrets; null: they could not be read.</summary>
    public required IReadOnlyList<FanOutTarget>? Targets { get; init; }

    /// <summary>What flowed in the period; null: that is not known.</summary>
    public Traffic? Traffic { get; init; }

    /// <summary>Why it is not known what flowed; a sentence. Null: it is known.</summary>
    public string? TrafficProblem { get; init; }

    /// <summary>Why targets did not take records, as the function's log has it, by target; of a target that is not among them that is not known.</summary>
    public IReadOnlyDictionary<TargetKey, string> Reasons { get; init; } = new Dictionary<TargetKey, string>();

    /// <summary>What Lambda charged for the last day of the period; null: that is not known.</summary>
    public LambdaCost? Cost { get; init; }

    /// <summary>Whether it is known how many records came, and what became of them.</summary>
    public bool CountsRecords => Traffic is { CountsRecords: true };

    /// <summary>A time in the time zone of the report.</summary>
    public DateTimeOffset Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, Zone);
}
