using Amazon.Runtime;

namespace FanOut.Aws.IdentityManagement;

/// <summary>What a role's policies allow.</summary>
public sealed class SimulatePrincipalPolicyResponse : AmazonWebServiceResponse
{
    /// <summary>A result for each action and resource.</summary>
    public List<EvaluationResult>? EvaluationResults { get; set; }

    /// <summary>Whether there is a next page.</summary>
    public bool? IsTruncated { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? Marker { get; set; }
}
