using System.ComponentModel;
using System.Management.Automation;

namespace FanOut;

/// <summary>A policy that a role needs, or its trust policy.</summary>
public sealed class FanOutPolicy
{
    /// <summary>What it is for: ExecutionRole, TargetRole or Trust.</summary>
    public required PolicyType PolicyType { get; init; }

    /// <summary>The earlier name of <see cref="PolicyType"/>, for scripts that have it.</summary>
    [Hidden]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public PolicyType Kind => PolicyType;

    /// <summary>The policy's name; null: it is the role's trust policy.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it is a managed policy that is attached to the role, because it does not fit into the role's inline policy.</summary>
    public bool IsManaged { get; init; }

    /// <summary>The role that it belongs to.</summary>
    public required string RoleArn { get; init; }

    /// <summary>The policy in IAM's JSON. The same targets and sources give the same text.</summary>
    public required string Document { get; init; }

    /// <summary>The statements of the document.</summary>
    public FanOutPolicyStatement[] Statements { get; init; } = [];

    /// <summary>Notes about what the policy cannot know or express.</summary>
    public string[] Notes { get; init; } = [];

    /// <summary>The function's name.</summary>
    public required string FunctionName { get; init; }

    /// <summary>The region of the function and its table.</summary>
    public required string Region { get; init; }

    /// <summary>The table of mappings, name or ARN.</summary>
    public required string TableName { get; init; }

    /// <summary>The document.</summary>
    public override string ToString() => Document;
}
