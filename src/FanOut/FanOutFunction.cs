namespace FanOut;

/// <summary>A fan-out function: what Lambda says of it, its settings, and what is connected to it.</summary>
public sealed class FanOutFunction
{
    /// <summary>The function's name.</summary>
    public required string FunctionName { get; init; }

    /// <summary>Its ARN, with the alias or version that was asked for.</summary>
    public string? FunctionArn { get; init; }

    /// <summary>Pending, Active, Inactive or Failed.</summary>
    public string? State { get; init; }

    /// <summary>Why it is in its state.</summary>
    public string? StateReason { get; init; }

    /// <summary>How the last change went: Successful, InProgress or Failed.</summary>
    public string? LastUpdateStatus { get; init; }

    /// <summary>Why the last change went so.</summary>
    public string? LastUpdateStatusReason { get; init; }

    /// <summary>The runtime: provided.al2023 is FanOut's, nodejs… that of the original.</summary>
    public string? Runtime { get; init; }

    /// <summary>x86_64 or arm64.</summary>
    public string? Architecture { get; init; }

    /// <summary>Memory in MB.</summary>
    public int? MemorySize { get; init; }

    /// <summary>How long an invocation may last.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>SHA-256 of the deployment package, in base64.</summary>
    public string? CodeSha256 { get; init; }

    /// <summary>Whether the module holds another package for the function than the one that is deployed, which Publish-FanOutFunction would deploy; none: it holds none for its runtime and processor.</summary>
    public bool? UpdateAvailable { get; init; }

    /// <summary>When it was last changed; UTC.</summary>
    public DateTime? LastModified { get; init; }

    /// <summary>ARN of the role that it runs with.</summary>
    public string? Role { get; init; }

    /// <summary>Its environment variables that start with FANOUT_; those of others are not shown.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new SortedDictionary<string, string>();

    /// <summary>How many sources are connected and enabled.</summary>
    public int? EnabledSources { get; init; }

    /// <summary>How many sources are connected, enabled or not.</summary>
    public int? ConnectedSources { get; init; }

    /// <summary>How many targets get records; none: the table could not be read.</summary>
    public int? ActiveTargets { get; init; }

    /// <summary>How many targets are registered; none: the table could not be read.</summary>
    public int? AllTargets { get; init; }

    /// <summary>What is missing or wrong, the worst first; each with the command that mends it, where there is one.</summary>
    public string[] Problems { get; init; } = [];

    /// <summary>OK, or the first problem and how many there are.</summary>
    public string Status => Problems switch
    {
        [] => "OK",
        [var only] => only,
        [var first, ..] => $"({Problems.Length}) {first}",
    };

    /// <summary>Enabled sources of all sources, for the table view.</summary>
    public string Sources => ConnectedSources is { } all ? $"{EnabledSources} of {all}" : "";

    /// <summary>Active targets of all targets, for the table view.</summary>
    public string Targets => AllTargets is { } all ? $"{ActiveTargets} of {all}" : "";

    /// <summary>The function's region.</summary>
    public required string Region { get; init; }

    /// <summary>The table of mappings, name or ARN.</summary>
    public required string TableName { get; init; }

    /// <summary>The function's name.</summary>
    public override string ToString() => FunctionName;
}
