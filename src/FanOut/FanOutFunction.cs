using System.ComponentModel;
using System.Management.Automation;
using FanOut.Views;

namespace FanOut;

/// <summary>A fan-out function: what Lambda says of it, its settings, and what is connected to it.</summary>
public sealed class FanOutFunction
{
    /// <summary>The function's name.</summary>
    public required string FunctionName { get; init; }

    /// <summary>Its ARN, with the alias or version if one was given.</summary>
    public string? FunctionArn { get; init; }

    /// <summary>Pending, Active, Inactive or Failed.</summary>
    public string? State { get; init; }

    /// <summary>Why it is in its state.</summary>
    public string? StateReason { get; init; }

    /// <summary>The result of the last change: Successful, InProgress or Failed.</summary>
    public string? LastUpdateStatus { get; init; }

    /// <summary>The reason for that result.</summary>
    public string? LastUpdateStatusReason { get; init; }

    /// <summary>The runtime: provided.al2023 for FanOut's programs, dotnet10 for its portable package, nodejs… for the original aws-lambda-fanout.</summary>
    public string? Runtime { get; init; }

    /// <summary>x86_64 or arm64.</summary>
    public string? Architecture { get; init; }

    /// <summary>Memory in MB.</summary>
    public int? MemorySize { get; init; }

    /// <summary>How long an invocation may last.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>SHA-256 of the deployment package, in base64.</summary>
    public string? CodeSha256 { get; init; }

    /// <summary>Whether the module holds another package than the deployed one, which Publish-FanOutFunction would deploy; null: it holds none for the function's runtime and processor.</summary>
    public bool? UpdateAvailable { get; init; }

    /// <summary>The version of FanOut that is deployed; null: not known, because it is not a package of the module's, or its tag fanout:version could not be read.</summary>
    public string? Version { get; init; }

    /// <summary>Same, Older or Newer: the deployed version beside the module's; null: not known.</summary>
    public string? VersionComparison { get; init; }

    /// <summary>When it was last changed; UTC.</summary>
    public DateTime? LastModified { get; init; }

    /// <summary>ARN of the role that it runs with.</summary>
    public string? Role { get; init; }

    /// <summary>Its environment variables that start with FANOUT_; other variables are not shown.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new SortedDictionary<string, string>();

    /// <summary>How many sources are connected and enabled.</summary>
    public int? EnabledSources { get; init; }

    /// <summary>How many sources are connected, enabled or not.</summary>
    public int? ConnectedSources { get; init; }

    /// <summary>How many targets get records; null: the table could not be read.</summary>
    public int? EnabledTargets { get; init; }

    /// <summary>How many targets are registered; null: the table could not be read.</summary>
    public int? AllTargets { get; init; }

    /// <summary>What is missing or wrong, the worst first; each with the command that repairs it, if there is one.</summary>
    public string[] Problems { get; init; } = [];

    /// <summary>OK, or the first problem in short and how many there are, without the commands that repair them; "Targets not known" where nothing is wrong but they could not be read.</summary>
    public string Status => ProblemText.Status(Problems, AllTargets is not null);

    /// <summary>Enabled sources of all sources, for the table view.</summary>
    public string Sources => ConnectedSources is { } all ? $"{EnabledSources} of {all}" : "";

    /// <summary>The earlier name of <see cref="EnabledTargets"/>, for scripts that have it.</summary>
    [Hidden]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public int? ActiveTargets => EnabledTargets;

    /// <summary>Enabled targets of all targets, for the table view.</summary>
    public string Targets => AllTargets is { } all ? $"{EnabledTargets} of {all}" : "";

    /// <summary>The function's region.</summary>
    public required string Region { get; init; }

    /// <summary>The table of mappings, name or ARN.</summary>
    public required string TableName { get; init; }

    /// <summary>The function's name.</summary>
    public override string ToString() => FunctionName;
}
