namespace FanOut.Aws.IdentityManagement;

/// <summary>Asks what a role's policies allow.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html</remarks>
public sealed class SimulatePrincipalPolicyRequest
{
    /// <summary>ARN of the role, which must be of the caller's account.</summary>
    public required string PolicySourceArn { get; set; }

    /// <summary>The actions.</summary>
    public required List<string> ActionNames { get; set; }

    /// <summary>The resources; null: all.</summary>
    public List<string>? ResourceArns { get; set; }

    /// <summary>Values of conditions' keys; null: none.</summary>
    public List<ContextEntry>? ContextEntries { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="SimulatePrincipalPolicyResponse.Marker"/>.</summary>
    public string? Marker { get; set; }
}
