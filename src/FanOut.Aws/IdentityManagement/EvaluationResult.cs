namespace FanOut.Aws.IdentityManagement;

/// <summary>What a simulation says of an action on a resource.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html</remarks>
public sealed class EvaluationResult
{
    /// <summary>The action: <c>sqs:SendMessage</c>.</summary>
    public string? EvalActionName { get; set; }

    /// <summary>The resource.</summary>
    public string? EvalResourceName { get; set; }

    /// <summary><c>allowed</c>, <c>explicitDeny</c> or <c>implicitDeny</c>.</summary>
    public string? EvalDecision { get; set; }

    /// <summary>The policies whose statements decided it: names, or ids of managed ones.</summary>
    public List<string>? MatchedPolicies { get; set; }

    /// <summary>Keys of conditions of which the simulation was told no value.</summary>
    public List<string>? MissingContextValues { get; set; }

    /// <summary>Whether the organization's policies allow it; null: they were not asked.</summary>
    public bool? AllowedByOrganizations { get; set; }

    /// <summary>Whether the role's permissions boundary allows it; null: there is none.</summary>
    public bool? AllowedByPermissionsBoundary { get; set; }
}
