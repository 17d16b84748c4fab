using FanOut.Engine.Mappings;

namespace FanOut.Deployment;

/// <summary>What is to be removed.</summary>
internal sealed record RemovalSettings
{
    /// <summary>The function, without an alias or version.</summary>
    public required FunctionDestination Function { get; init; }

    /// <summary>The table's name or ARN; null: the one that the function reads.</summary>
    public string? Table { get; init; }

    /// <summary>Whether the log group is deleted too.</summary>
    public bool IncludeLogs { get; init; }

    /// <summary>Whether the table is deleted too.</summary>
    public bool IncludeTable { get; init; }

    /// <summary>Whether a function that does not look like a fan-out function is deleted.</summary>
    public bool Force { get; init; }

    /// <summary>How long to wait for each change.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);
}
